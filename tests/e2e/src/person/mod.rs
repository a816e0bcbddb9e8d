//! A person at a browser: what they do is in `acts`, what they see in `sees`, what would bar the
//! way for some in `barriers`, and what happens to their machine in `machine`.

mod acts;
mod barriers;
mod machine;
mod sees;

use std::time::Duration;

use fantoccini::Client;
use fantoccini::wd::WindowHandle;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::World;
use crate::browser::Browser;
use crate::logs::Logs;

/// How long a person waits for something to appear. Time-outs of the app itself fit into it.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often they look.
const GLANCE: Duration = Duration::from_millis(40);

/// A person at a browser.
pub struct Person {
    /// What lies outside the browser.
    pub world: World,
    pub(crate) browser: Browser,
    pub(crate) logs: Logs,
    pub(crate) expected: Vec<String>,
    /// The tabs whose clock can be set, each with the script that sets it.
    clocks: Vec<(WindowHandle, Value)>,
    pub(crate) tabs: Vec<WindowHandle>,
}

impl Person {
    pub(crate) async fn new(world: World, browser: Browser) -> Self {
        let tab = browser.client.window().await.expect("a first tab");
        Self {
            world,
            browser,
            logs: Logs::default(),
            expected: Vec::new(),
            clocks: Vec::new(),
            tabs: vec![tab],
        }
    }

    pub(crate) async fn goes_away(self) {
        self.browser.close().await;
    }

    /// From now on an error with `text` in the console is no surprise.
    pub fn expects_console(&mut self, text: &str) {
        self.expected.push(text.to_owned());
    }

    /// Runs a script in the page and returns its result.
    pub async fn script(&mut self, script: &str, args: Vec<Value>) -> Value {
        match self.browser.client.execute(script, args).await {
            Ok(value) => value,
            Err(error) => self.fails(&format!("a script failed: {error}")).await,
        }
    }

    /// Runs a script that answers through a callback, its last argument.
    pub async fn script_with_callback(&mut self, script: &str, args: Vec<Value>) -> Value {
        match self.browser.client.execute_async(script, args).await {
            Ok(value) => value,
            Err(error) => self.fails(&format!("a script failed: {error}")).await,
        }
    }

    /// Waits until `probe` finds something. While a page gives way to the next one, nothing is found.
    pub(crate) async fn waits_for<T>(&mut self, what: &str, probe: impl AsyncFn(&Client) -> Option<T>) -> T {
        let client = self.browser.client.clone();
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = probe(&client).await {
                return found;
            }
            if Instant::now() > deadline {
                self.fails(&format!("did not see {what}")).await;
            }
            sleep(GLANCE).await;
        }
    }

    /// Fails the test, and tells what the person had before their eyes.
    pub(crate) async fn fails(&mut self, why: &str) -> ! {
        let client = self.browser.client.clone();
        let url = client.current_url().await.map(String::from).unwrap_or_default();
        let page = client.execute("return document.body.innerText", vec![]).await;
        let page = page.ok().and_then(|text| text.as_str().map(str::to_owned));
        self.logs.collect(&client).await;
        let (page, console) = (page.unwrap_or_default(), self.logs.console_text());
        panic!("{why}\n--- at {url}\n{page}\n--- console\n{console}---");
    }
}
