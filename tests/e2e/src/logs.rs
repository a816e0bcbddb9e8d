//! The browser's own logs: console messages, and every outgoing request.

use serde_json::{Map, Value};

use crate::browser::{Browser, Engine};
use crate::cdp;

/// A console message.
#[derive(Clone, Debug)]
pub(crate) struct ConsoleMessage {
    pub(crate) level: String,
    pub(crate) text: String,
}

/// A request that the browser sent.
#[derive(Clone, Debug)]
pub(crate) struct OutgoingRequest {
    /// Without the fragment, which is never sent.
    pub(crate) url: String,
    /// The DevTools resource type, such as `Document` or `Fetch`; empty for headers reported separately from their request.
    pub(crate) kind: String,
    pub(crate) headers: Map<String, Value>,
    pub(crate) body: String,
}

/// Both logs so far.
#[derive(Default)]
pub(crate) struct Logs {
    pub(crate) console: Vec<ConsoleMessage>,
    pub(crate) requests: Vec<OutgoingRequest>,
}

impl Logs {
    /// Appends the entries added since the last call. Other browsers than Chromium tell none.
    pub(crate) async fn collect(&mut self, browser: &Browser) {
        if browser.engine != Engine::Chromium {
            return;
        }
        let client = &browser.client;
        for entry in cdp::log(client, "browser").await {
            self.console.push(ConsoleMessage {
                level: text(&entry["level"]),
                text: text(&entry["message"]),
            });
        }
        for entry in cdp::log(client, "performance").await {
            self.requests.extend(outgoing(&entry));
        }
    }

    /// The console messages as text, one a line.
    pub(crate) fn console_text(&self) -> String {
        let lines = self
            .console
            .iter()
            .map(|line| format!("{} {}\n", line.level, line.text));
        lines.collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn outgoing(entry: &Value) -> Option<OutgoingRequest> {
    let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
    let params = &event["message"]["params"];
    match event["message"]["method"].as_str()? {
        "Network.requestWillBeSent" => Some(OutgoingRequest {
            url: text(&params["request"]["url"]),
            kind: text(&params["type"]),
            headers: params["request"]["headers"].as_object().cloned().unwrap_or_default(),
            body: text(&params["request"]["postData"]),
        }),
        "Network.requestWillBeSentExtraInfo" => {
            let headers = params["headers"].as_object().cloned().unwrap_or_default();
            let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
            Some(OutgoingRequest {
                url: format!("http://{}/", host.map(|(_, host)| text(host)).unwrap_or_default()),
                kind: String::new(),
                headers,
                body: String::new(),
            })
        }
        _ => None,
    }
}
