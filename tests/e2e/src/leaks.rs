//! The check after every scenario: secrets where they do not belong, requests to third parties, unexpected console messages, and
//! protocol violations that the stand-in reports.

use serde_json::{Value, json};

use crate::logs::{ConsoleMessage, OutgoingRequest};
use crate::{Engine, User, cdp};

/// A token for forged responses. The leak check treats it like a real one.
pub const FORGED_TOKEN: &str = "forged-token-that-nobody-issued-0123456789";

/// What stands before a token in a response and in the session's record, also where that is quoted in JSON or in HTML.
const TOKEN_MARKS: [&str; 4] = [
    "access_token=",
    r#"access_token":"#,
    r#"access_token\":"#,
    "access_token&quot;:",
];

/// Every place that a script of the page could read. Getters that throw count as empty.
const PLACES: &str = r#"
    const attempt = (read) => { try { return read() } catch { return [] } };
    const collected = attempt(() => JSON.parse(sessionStorage.getItem("collected")) ?? []);
    const entries = (store) => Object.keys(store).map((key) => [key, store.getItem(key)]);
    return {
        collected,
        places: [
            ["the address", location.href],
            ["the title", document.title],
            ["the document", document.documentElement.outerHTML],
            ["the referrer", document.referrer],
            ["the name of the window", window.name],
            ["the state of the history entry", JSON.stringify(history.state)],
            ["the cookies", String(attempt(() => document.cookie))],
            ...attempt(() => entries(localStorage).map(([key, text]) => ["localStorage " + key, key + text])),
            ...attempt(() => entries(sessionStorage)
                .filter(([key]) => !key.endsWith(":session"))
                .map(([key, text]) => ["sessionStorage " + key, key + text])),
        ],
    };
"#;

/// The name of a place, and the text found there.
pub type Place = (String, String);

impl User {
    /// Checks that no secret is where it does not belong, that no request went to a third party, that the console shows expected
    /// messages only, and that the stand-in reports no protocol violation.
    ///
    /// # Panics
    /// When one of these fails.
    pub async fn leaks_nothing(&mut self) {
        let faults = self.faults().await;
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    /// What [`User::leaks_nothing`] finds, each with its place.
    pub async fn faults(&mut self) -> Vec<String> {
        let leaks = self.leaks().await.into_iter();
        let leaks = leaks.map(|(place, text)| format!("a secret leaked into {place}: {text}"));
        let stray = self.requests_with_stray_authorization();
        let stray = stray.map(|request| format!("an Authorization header went to another origin: {request:?}"));
        let foreign = self.requests_to_third_parties();
        let foreign = foreign.map(|request| format!("a request went to a third party: {request:?}"));
        let unexpected = self.unexpected_messages();
        let unexpected = unexpected.map(|message| format!("an unexpected console message: {message:?}"));
        let violations = self.env.standin.violations().into_iter();
        let violations = violations.map(|violation| format!("a violation of the protocol: {violation:?}"));
        leaks
            .chain(stray)
            .chain(foreign)
            .chain(unexpected)
            .chain(violations)
            .collect()
    }

    /// Every place that contains a secret and must not.
    pub async fn leaks(&mut self) -> Vec<Place> {
        let mut places = self.places_of_all_tabs().await;
        self.logs.collect(&self.browser).await;
        let messages = self.logs.console.iter();
        places.extend(messages.map(|message| ("the console".to_owned(), message.text.clone())));
        places.extend(self.outgoing_places());
        places.extend(self.received_places());
        self.with_secrets(places)
    }

    /// Checks that this tab's storage contains no token.
    ///
    /// # Panics
    /// When it does.
    pub async fn has_no_token_in_storage(&mut self) {
        let storage = self
            .script(
                "return JSON.stringify([{...sessionStorage}, {...localStorage}])",
                vec![],
            )
            .await;
        let leaks = self.with_secrets(vec![("the storage of this tab".to_owned(), storage.to_string())]);
        assert!(leaks.is_empty(), "a secret leaked into: {leaks:#?}");
    }

    fn with_secrets(&self, places: Vec<Place>) -> Vec<Place> {
        let mut secrets = self.env.standin.secrets();
        secrets.push(FORGED_TOKEN.to_owned());
        secrets.extend(TOKEN_MARKS.map(str::to_owned));
        let contains_secret = |(_, text): &Place| secrets.iter().any(|secret| text.contains(secret.as_str()));
        places.into_iter().filter(contains_secret).collect()
    }

    fn requests_with_stray_authorization(&self) -> impl Iterator<Item = &OutgoingRequest> {
        let api = format!("{}/", self.env.standin.origin());
        let is_authorization = |name: &String| name.eq_ignore_ascii_case("authorization");
        let requests = self.logs.requests.iter();
        requests.filter(move |request| request.headers.keys().any(is_authorization) && !request.url.starts_with(&api))
    }

    fn requests_to_third_parties(&self) -> impl Iterator<Item = &OutgoingRequest> {
        let is_foreign = |url: &str| {
            let ours = ["http://127.0.0.1:", "http://localhost:"];
            let is_web = url.starts_with("http") || url.starts_with("ws");
            is_web && !ours.iter().any(|start| url.starts_with(start))
        };
        let requests = self.logs.requests.iter();
        requests.filter(move |request| is_foreign(&request.url))
    }

    fn unexpected_messages(&self) -> impl Iterator<Item = &ConsoleMessage> {
        let is_expected = |message: &ConsoleMessage| {
            let mut expected = self.expected_messages.iter();
            expected.any(|text| message.text.contains(text.as_str()))
        };
        self.logs.console.iter().filter(move |message| !is_expected(message))
    }

    async fn places_of_all_tabs(&mut self) -> Vec<Place> {
        let client = self.browser.client.clone();
        let here = client.window().await.expect("a tab");
        let mut places = Vec::new();
        for tab in self.tabs.clone() {
            client.switch_to_window(tab).await.expect("an open tab");
            places.extend(self.places_of_this_tab().await);
        }
        client.switch_to_window(here).await.expect("the previous tab");
        places
    }

    async fn places_of_this_tab(&mut self) -> Vec<Place> {
        let answer = self.script(PLACES, vec![]).await;
        let history = match self.browser.engine {
            Engine::Chromium => cdp::run(&self.browser.client, "Page.getNavigationHistory", json!({})).await,
            _ => Value::Null,
        };
        let collected = answer["collected"].as_array().into_iter().flatten();
        self.logs.console.extend(collected.map(|line| ConsoleMessage {
            level: "collected".to_owned(),
            text: text(line),
        }));
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
        let callback = self.env.redirect_uri();
        let place = |request: &OutgoingRequest| {
            let is_response = request.kind == "Document" && request.url.starts_with(&callback);
            let is_token_call = request.url == self.env.standin.token_url();
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
        let by_standin = self.env.standin.requests().into_iter().map(|request| {
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
        let redirect_path = self.env.site.host().redirect_path().trim_end_matches('/');
        let by_site = self.env.site.requests().into_iter().map(|request| {
            let is_response = request.path.trim_end_matches('/') == redirect_path;
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
