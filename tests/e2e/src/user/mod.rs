//! A user at a browser: what they do (`actions`), what they see (`observations`), what they see before the app has started
//! (`static_page`), the accessibility checks (`accessibility`), and the state of their device (`device`).

mod accessibility;
mod actions;
mod device;
mod memory;
mod observations;
mod process;
mod queries;
mod static_page;

use std::time::Duration;

use fantoccini::Client;
use fantoccini::wd::WindowHandle;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::browser::Browser;
use crate::logs::Logs;
use crate::{Environment, Need};

pub(crate) use device::FAKE_CLOCK;
pub use memory::Memory;

/// How long a user waits for something to appear. Longer than every timeout of the app.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The interval between two looks at the page.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

/// A user at a browser.
pub struct User {
    /// Everything outside the browser.
    pub env: Environment,
    pub(crate) browser: Browser,
    pub(crate) logs: Logs,
    pub(crate) expected_messages: Vec<String>,
    /// The tabs with a fake clock, each with the identifier of the script that sets it.
    clocks: Vec<(WindowHandle, Value)>,
    patience: Duration,
    pub(crate) tabs: Vec<WindowHandle>,
}

impl User {
    pub(crate) async fn new(env: Environment, browser: Browser) -> Self {
        let tab = browser.client.window().await.expect("a first tab");
        Self {
            env,
            browser,
            logs: Logs::default(),
            expected_messages: Vec::new(),
            clocks: Vec::new(),
            patience: TIMEOUT,
            tabs: vec![tab],
        }
    }

    /// Ends the test as not applicable where the engine does not give what it needs.
    pub fn needs(&self, need: Need) {
        need.required_of(self.browser.engine);
    }

    /// Waits for up to this long from now on, where the app may take longer than usual.
    pub fn is_patient(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// Allows console messages that contain `text` from now on.
    pub fn expects_console_message(&mut self, text: &str) {
        self.expected_messages.push(text.to_owned());
    }

    /// Runs a script in the page and returns its result.
    pub async fn script(&mut self, script: &str, args: Vec<Value>) -> Value {
        match self.browser.client.execute(script, args).await {
            Ok(value) => value,
            Err(error) => self.fails(&format!("a script failed: {error}")).await,
        }
    }

    /// Runs a script that returns its result through a callback, its last argument.
    pub async fn script_with_callback(&mut self, script: &str, args: Vec<Value>) -> Value {
        match self.browser.client.execute_async(script, args).await {
            Ok(value) => value,
            Err(error) => self.fails(&format!("a script failed: {error}")).await,
        }
    }

    /// Waits until `probe` finds something. During a navigation nothing is found.
    pub(crate) async fn waits_for<T>(&mut self, what: &str, probe: impl AsyncFn(&Client) -> Option<T>) -> T {
        let client = self.browser.client.clone();
        let deadline = Instant::now() + self.patience;
        loop {
            if let Some(found) = probe(&client).await {
                return found;
            }
            if Instant::now() > deadline {
                self.fails(&format!("did not see {what}")).await;
            }
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Fails the test, and reports what the page and the console showed.
    pub(crate) async fn fails(&mut self, why: &str) -> ! {
        let client = self.browser.client.clone();
        let url = client.current_url().await.map(String::from).unwrap_or_default();
        let page = client.execute("return document.body.innerText", vec![]).await;
        let page = page.ok().and_then(|text| text.as_str().map(str::to_owned));
        self.logs.collect(&self.browser).await;
        let (page, console) = (page.unwrap_or_default(), self.logs.console_text());
        panic!("{why}\n--- at {url}\n{page}\n--- console\n{console}---");
    }
}
