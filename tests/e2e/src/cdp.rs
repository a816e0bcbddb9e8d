//! The two chromedriver extensions of WebDriver used here: DevTools commands and log retrieval.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Runs one DevTools command in the current tab.
pub(crate) async fn run(client: &Client, command: &str, params: Value) -> Value {
    let body = json!({ "cmd": command, "params": params });
    let path = "goog/cdp/execute";
    let answer = client.issue_cmd(Extension { path, body }).await;
    answer.unwrap_or_else(|error| panic!("{command} failed: {error}"))
}

/// The entries of a log since the previous call.
pub(crate) async fn log(client: &Client, kind: &str) -> Vec<Value> {
    let body = json!({ "type": kind });
    let path = "se/log";
    let answer = client.issue_cmd(Extension { path, body }).await;
    match answer {
        Ok(Value::Array(entries)) => entries,
        other => panic!("the {kind} log could not be read: {other:?}"),
    }
}
