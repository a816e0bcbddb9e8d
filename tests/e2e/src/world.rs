//! Everything outside the browser: the stand-in for Spotify, the host of the app, and the settings of the app.

use serde_json::{Map, Value, json};
use standin::{Options, Standin};

use crate::{Host, Site};

/// The client ID of the app under test.
pub const CLIENT_ID: &str = "stagedoor-e2e";

/// The world that a person lives in.
pub struct World {
    /// Plays Spotify.
    pub standin: Standin,
    /// Serves the app.
    pub site: Site,
    config: Map<String, Value>,
}

impl World {
    /// Starts both servers, and introduces them to each other.
    pub(crate) async fn start(options: Options, config: Map<String, Value>, host: Host) -> Self {
        let standin = Standin::start(options).expect("the stand-in starts");
        let site = Site::start(host).await;
        standin
            .register(CLIENT_ID, &format!("{}/callback", site.origin()))
            .expect("a redirect URI that can be registered");
        let mut world = Self {
            standin,
            site,
            config: Map::new(),
        };
        world.config = world.usual_config();
        world.config.extend(config);
        world.mend_config();
        world
    }

    fn usual_config(&self) -> Map<String, Value> {
        let usual = [
            ("client_id", CLIENT_ID.to_owned()),
            ("authorize_url", self.standin.authorize_url()),
            ("token_url", self.standin.token_url()),
            ("api_url", self.standin.api_url()),
        ];
        usual
            .map(|(key, value)| (key.to_owned(), json!(value)))
            .into_iter()
            .collect()
    }

    /// Changes one key of `config.json` for good.
    pub fn configure(&mut self, key: &str, value: impl Into<Value>) {
        self.config.insert(key.to_owned(), value.into());
        self.mend_config();
    }

    /// Serves the right `config.json` again, after [`Site::set_raw_config`].
    pub fn mend_config(&self) {
        self.site.set_config(&Value::Object(self.config.clone()));
    }

    /// The redirect URI, as it is registered.
    pub fn redirect_uri(&self) -> String {
        format!("{}/callback", self.site.origin())
    }

    /// The queries of all authorization requests so far, each as its decoded parameters in order.
    pub fn authorize_requests(&self) -> Vec<Vec<(String, String)>> {
        let requests = self.standin.requests();
        let asked = requests
            .iter()
            .filter(|request| request.method == "GET" && request.path == "/authorize");
        asked
            .map(|request| {
                url::form_urlencoded::parse(request.query.as_bytes())
                    .into_owned()
                    .collect()
            })
            .collect()
    }

    /// The `state` of the newest authorization request.
    pub fn last_state(&self) -> String {
        let requests = self.authorize_requests();
        let newest = requests.last().expect("an authorization request");
        let state = newest.iter().find(|(name, _)| name == "state");
        state.expect("a state").1.clone()
    }

    /// What stood behind `/callback` when the newest token was handed out.
    pub fn last_response(&self) -> String {
        let secrets = self.standin.secrets();
        let token = secrets.last().expect("a token that was handed out");
        let state = self.last_state();
        format!("#access_token={token}&token_type=Bearer&expires_in=3600&state={state}")
    }

    /// How often the token endpoint was asked with this `grant_type`.
    pub fn token_calls(&self, grant_type: &str) -> usize {
        let requests = self.standin.requests();
        let is_call = |request: &&standin::Recorded| {
            let mut form = url::form_urlencoded::parse(request.body.as_bytes());
            request.path == "/api/token" && form.any(|(name, value)| name == "grant_type" && value == grant_type)
        };
        requests.iter().filter(is_call).count()
    }

    /// What stood behind `/callback` when the newest code was handed out, if codes are all that was.
    pub fn last_code_response(&self) -> String {
        let requests = self.standin.requests();
        let redeemed = requests.iter().rev().find(|request| request.path == "/api/token");
        let form = url::form_urlencoded::parse(redeemed.expect("a code that was redeemed").body.as_bytes());
        let code = form.into_owned().find(|(name, _)| name == "code").expect("a code").1;
        format!("?code={code}&state={}", self.last_state())
    }

    /// How often the profile was asked for.
    pub fn profile_calls(&self) -> usize {
        let requests = self.standin.requests();
        let is_call = |request: &&standin::Recorded| request.path == "/v1/me" && request.method == "GET";
        requests.iter().filter(is_call).count()
    }
}
