//! What the browser writes down by itself: the console, and every request that goes out.

use fantoccini::Client;
use serde_json::{Map, Value};

use crate::cdp;

/// A line of the console.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) level: String,
    pub(crate) text: String,
}

/// A request as it left the browser.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    /// Without its fragment, which never goes out.
    pub(crate) url: String,
    /// `Document`, `Fetch` and so on; empty for headers that are reported apart from their request.
    pub(crate) kind: String,
    pub(crate) headers: Map<String, Value>,
    pub(crate) body: String,
}

/// Both logs so far.
#[derive(Default)]
pub(crate) struct Logs {
    pub(crate) console: Vec<Line>,
    pub(crate) requests: Vec<Outgoing>,
}

impl Logs {
    /// Adds what is new.
    pub(crate) async fn collect(&mut self, client: &Client) {
        for entry in cdp::log(client, "browser").await {
            self.console.push(Line {
                level: text(&entry["level"]),
                text: text(&entry["message"]),
            });
        }
        for entry in cdp::log(client, "performance").await {
            self.requests.extend(outgoing(&entry));
        }
    }

    /// The console, for people.
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

fn outgoing(entry: &Value) -> Option<Outgoing> {
    let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
    let params = &event["message"]["params"];
    match event["message"]["method"].as_str()? {
        "Network.requestWillBeSent" => Some(Outgoing {
            url: text(&params["request"]["url"]),
            kind: text(&params["type"]),
            headers: params["request"]["headers"].as_object().cloned().unwrap_or_default(),
            body: text(&params["request"]["postData"]),
        }),
        "Network.requestWillBeSentExtraInfo" => {
            let headers = params["headers"].as_object().cloned().unwrap_or_default();
            let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
            Some(Outgoing {
                url: format!("http://{}/", host.map(|(_, host)| text(host)).unwrap_or_default()),
                kind: String::new(),
                headers,
                body: String::new(),
            })
        }
        _ => None,
    }
}
