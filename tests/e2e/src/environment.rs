//! Everything outside the browser: the stand-in for Spotify, the host of the app, and the app's `config.json`. Knows nothing of
//! the browser.

use serde_json::{Map, Value, json};
use standin::{Options, Standin};

use crate::{Host, Site};

/// The client ID of the app under test.
pub const CLIENT_ID: &str = "stagedoor-e2e";

/// The servers that a scenario runs against.
pub struct Environment {
    /// Stands in for Spotify.
    pub standin: Standin,
    /// Serves the app.
    pub site: Site,
    config: Map<String, Value>,
}

impl Environment {
    /// Starts both servers, registers the app with the stand-in, and configures the app for the stand-in.
    pub(crate) async fn start(options: Options, config: Map<String, Value>, host: Host) -> Self {
        let standin = Standin::start(options).expect("the stand-in starts");
        let site = Site::start(host).await;
        standin
            .register(CLIENT_ID, &redirect_uri(&site))
            .expect("a redirect URI that can be registered");
        let mut environment = Self {
            standin,
            site,
            config: Map::new(),
        };
        environment.config = environment.default_config();
        environment.config.extend(config);
        environment.restore_config();
        environment
    }

    fn default_config(&self) -> Map<String, Value> {
        let entries = [
            ("client_id", CLIENT_ID.to_owned()),
            ("authorize_url", self.standin.authorize_url()),
            ("token_url", self.standin.token_url()),
            ("api_url", self.standin.api_url()),
        ];
        entries
            .map(|(key, value)| (key.to_owned(), json!(value)))
            .into_iter()
            .collect()
    }

    /// Changes one key of `config.json` for the rest of the scenario.
    pub fn configure(&mut self, key: &str, value: impl Into<Value>) {
        self.config.insert(key.to_owned(), value.into());
        self.restore_config();
    }

    /// Serves the valid `config.json` again, after [`Site::set_raw_config`].
    pub fn restore_config(&self) {
        self.site.set_config(&Value::Object(self.config.clone()));
    }

    /// The registered redirect URI.
    pub fn redirect_uri(&self) -> String {
        redirect_uri(&self.site)
    }

    /// All authorization requests so far, each as its decoded parameters in order.
    pub fn authorization_requests(&self) -> Vec<Vec<(String, String)>> {
        let requests = self.standin.requests();
        let authorization_requests = requests
            .iter()
            .filter(|request| request.method == "GET" && request.path == "/authorize");
        authorization_requests
            .map(|request| {
                url::form_urlencoded::parse(request.query.as_bytes())
                    .into_owned()
                    .collect()
            })
            .collect()
    }

    /// The URL of the last authorization request.
    pub fn last_authorization_url(&self) -> String {
        let requests = self.standin.requests();
        let last = requests.iter().rev().find(|request| request.path == "/authorize");
        let query = &last.expect("an authorization request").query;
        format!("{}?{query}", self.standin.authorize_url())
    }

    /// The `state` of the last authorization request.
    pub fn last_state(&self) -> String {
        let requests = self.authorization_requests();
        let last = requests.last().expect("an authorization request");
        let state = last.iter().find(|(name, _)| name == "state");
        state.expect("a state").1.clone()
    }

    /// A valid implicit authorization response, as a fragment: the last secret issued, which must be an access token, and the
    /// given `state`.
    pub fn implicit_response(&self, state: &str) -> String {
        let secrets = self.standin.secrets();
        let token = secrets.last().expect("an issued token");
        format!("#access_token={token}&token_type=Bearer&expires_in=3600&state={state}")
    }

    /// The last implicit authorization response, as a fragment.
    pub fn last_response(&self) -> String {
        self.implicit_response(&self.last_state())
    }

    /// The number of requests to the token endpoint with this `grant_type`.
    pub fn token_calls(&self, grant_type: &str) -> usize {
        let requests = self.standin.requests();
        let is_call = |request: &&standin::RecordedRequest| {
            let mut form = url::form_urlencoded::parse(request.body.as_bytes());
            request.path == "/api/token" && form.any(|(name, value)| name == "grant_type" && value == grant_type)
        };
        requests.iter().filter(is_call).count()
    }

    /// The authorization response of the last code that was exchanged, as a query.
    pub fn last_code_response(&self) -> String {
        let requests = self.standin.requests();
        let exchange = requests.iter().rev().find(|request| request.path == "/api/token");
        let form = url::form_urlencoded::parse(exchange.expect("a code that was exchanged").body.as_bytes());
        let code = form.into_owned().find(|(name, _)| name == "code").expect("a code").1;
        format!("?code={code}&state={}", self.last_state())
    }

    /// The number of requests for the profile.
    pub fn profile_calls(&self) -> usize {
        let requests = self.standin.requests();
        let is_call = |request: &&standin::RecordedRequest| request.path == "/v1/me" && request.method == "GET";
        requests.iter().filter(is_call).count()
    }
}

fn redirect_uri(site: &Site) -> String {
    site.origin() + site.host().redirect_path()
}
