//! The look for what a scene left behind: secrets where none may be, errors in the console that nobody expected, and
//! complaints of the stand-in.

use serde_json::{Value, json};

use crate::logs::Outgoing;
use crate::{Person, cdp};

/// A made-up token for forged responses. It is looked for like a real one.
pub const FORGED_TOKEN: &str = "forged-token-that-nobody-issued-0123456789";

/// How a token is written in a response and in the one record that may hold it.
const MARK: &str = "access_token=";

/// Everything that a script of the page could read. Getters that throw hold nothing.
const PLACES: &str = r#"
    const tries = (read) => { try { return read() } catch { return [] } };
    const entries = (store) => Object.keys(store).map((key) => [key, store.getItem(key)]);
    return {
        places: [
            ["the address", location.href],
            ["the title", document.title],
            ["the document", document.documentElement.outerHTML],
            ["the referrer", document.referrer],
            ["the name of the window", window.name],
            ["the state of the history entry", JSON.stringify(history.state)],
            ["the cookies", String(tries(() => document.cookie))],
            ...tries(() => entries(localStorage).map(([key, text]) => ["localStorage " + key, key + text])),
            ...tries(() => entries(sessionStorage)
                .filter(([key]) => !key.endsWith(":session"))
                .map(([key, text]) => ["sessionStorage " + key, key + text])),
        ],
    };
"#;

/// Somewhere, and the text found there.
pub type Place = (String, String);

impl Person {
    /// No secret lies anywhere that it does not belong, the console shows no error but those that were expected, and the
    /// stand-in has nothing to complain of.
    ///
    /// # Panics
    /// When that is not so.
    pub async fn leaves_nothing(&mut self) {
        let leaks = self.leaks().await;
        assert!(leaks.is_empty(), "a secret was left in: {leaks:#?}");
        self.look_for_stray_authorization();
        self.look_for_third_parties();
        self.look_at_the_console();
        let complaints = self.world.standin.complaints();
        assert!(complaints.is_empty(), "the stand-in complains: {complaints:#?}");
    }

    /// Every place that holds a secret and may not: its name, and what stands there.
    pub async fn leaks(&mut self) -> Vec<Place> {
        let mut places = self.places_of_all_tabs().await;
        self.logs.collect(&self.browser.client).await;
        let lines = self.logs.console.iter();
        places.extend(lines.map(|line| ("the console".to_owned(), line.text.clone())));
        places.extend(self.outgoing_places());
        places.extend(self.received_places());
        self.with_secrets(places)
    }

    /// Nothing at all of a token is in this tab's storage.
    ///
    /// # Panics
    /// When there is.
    pub async fn keeps_no_token(&mut self) {
        let kept = self
            .script(
                "return JSON.stringify([{...sessionStorage}, {...localStorage}])",
                vec![],
            )
            .await;
        let leaks = self.with_secrets(vec![("the storage of this tab".to_owned(), kept.to_string())]);
        assert!(leaks.is_empty(), "a secret was left in: {leaks:#?}");
    }

    fn with_secrets(&self, places: Vec<Place>) -> Vec<Place> {
        let mut secrets = self.world.standin.secrets();
        secrets.extend([FORGED_TOKEN.to_owned(), MARK.to_owned()]);
        let holds_one = |(_, text): &Place| secrets.iter().any(|secret| text.contains(secret.as_str()));
        places.into_iter().filter(holds_one).collect()
    }

    fn look_for_stray_authorization(&self) {
        let api = format!("{}/", self.world.standin.origin());
        let is_stray = |request: &&Outgoing| {
            let carries = request
                .headers
                .keys()
                .any(|name| name.eq_ignore_ascii_case("authorization"));
            carries && !request.url.starts_with(&api)
        };
        let stray: Vec<_> = self.logs.requests.iter().filter(is_stray).collect();
        assert!(stray.is_empty(), "an Authorization header went elsewhere: {stray:#?}");
    }

    fn look_for_third_parties(&self) {
        let is_foreign = |url: &str| {
            let ours = ["http://127.0.0.1:", "http://localhost:"];
            let is_web = url.starts_with("http") || url.starts_with("ws");
            is_web && !ours.iter().any(|start| url.starts_with(start))
        };
        let requests = self.logs.requests.iter().map(|request| request.url.as_str());
        let foreign: Vec<_> = requests.filter(|url| is_foreign(url)).collect();
        assert!(foreign.is_empty(), "requests went to third parties: {foreign:#?}");
    }

    fn look_at_the_console(&self) {
        let unexpected: Vec<_> = self
            .logs
            .console
            .iter()
            .filter(|line| {
                !self
                    .expected
                    .iter()
                    .any(|expected| line.text.contains(expected.as_str()))
            })
            .collect();
        assert!(unexpected.is_empty(), "messages in the console: {unexpected:#?}");
    }

    async fn places_of_all_tabs(&mut self) -> Vec<Place> {
        let client = self.browser.client.clone();
        let here = client.window().await.expect("a tab");
        let mut places = Vec::new();
        for tab in self.tabs.clone() {
            client.switch_to_window(tab).await.expect("a tab that is open");
            places.extend(self.places_of_this_tab().await);
        }
        client.switch_to_window(here).await.expect("the tab from before");
        places
    }

    async fn places_of_this_tab(&mut self) -> Vec<Place> {
        let answer = self.script(PLACES, vec![]).await;
        let history = cdp::run(&self.browser.client, "Page.getNavigationHistory", json!({})).await;
        let read = answer["places"].as_array().into_iter().flatten();
        let pages = history["entries"].as_array().into_iter().flatten();
        read.map(|pair| (text(&pair[0]), text(&pair[1])))
            .chain(pages.map(|page| {
                (
                    "the history of the tab".to_owned(),
                    format!("{} {}", page["url"], page["title"]),
                )
            }))
            .collect()
    }

    fn outgoing_places(&self) -> Vec<Place> {
        let callback = self.world.redirect_uri();
        let place = |request: &Outgoing| {
            let is_response = request.kind == "Document" && request.url.starts_with(&callback);
            let is_token_call = request.url == self.world.standin.token_url();
            let headers = request.headers.iter();
            let headers: String = headers
                .filter(|(name, _)| !name.eq_ignore_ascii_case("authorization"))
                .map(|(name, value)| format!("{name}: {value}\n"))
                .collect();
            let url = if is_response { "" } else { request.url.as_str() };
            let body = if is_token_call { "" } else { request.body.as_str() };
            (
                format!("a request to {}", request.url),
                format!("{url}\n{headers}{body}"),
            )
        };
        self.logs.requests.iter().map(place).collect()
    }

    fn received_places(&self) -> Vec<Place> {
        let by_standin = self.world.standin.requests().into_iter().map(|request| {
            let is_api = request.path.starts_with("/v1/");
            let headers = request.headers.iter();
            let headers: String = headers
                .filter(|(name, _)| !(is_api && name == "authorization"))
                .map(|(name, value)| format!("{name}: {value}\n"))
                .collect();
            let body = if request.path == "/api/token" {
                ""
            } else {
                request.body.as_str()
            };
            let text = format!("{}?{}\n{headers}{body}", request.path, request.query);
            (format!("what the stand-in received at {}", request.path), text)
        });
        let by_site = self.world.site.seen().into_iter().map(|request| {
            let is_response = request.path.trim_end_matches('/') == "/callback";
            let query = if is_response { "" } else { request.query.as_str() };
            let text = format!("{}?{query}\n{}", request.path, request.headers);
            (format!("what the host received at {}", request.path), text)
        });
        by_standin.chain(by_site).collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
