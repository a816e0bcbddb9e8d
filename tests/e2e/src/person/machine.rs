//! What happens to a person's machine: its clock, its screen, its network, its storage.

use serde_json::{Value, json};

use crate::{Person, cdp};

/// A clock that can be set: all that the page knows of the time, shifted.
const CLOCK: &str = r#"(() => {
    const now = Date.now.bind(Date);
    const shifted = () => now() + window.clockShift;
    window.Date = new Proxy(Date, {
        construct: (date, args, self) => Reflect.construct(date, args.length ? args : [shifted()], self),
        get: (date, name) => name === "now" ? shifted : Reflect.get(date, name),
    });
})();"#;

impl Person {
    /// Runs `script` at the start of every page of this tab from now on, before the page's own.
    pub async fn before_each_page(&mut self, script: &str) -> Value {
        let params = json!({ "source": script });
        let answer = self.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
        answer["identifier"].clone()
    }

    /// Makes the clock of this tab one that can be set; call it before the first page.
    pub async fn has_a_clock(&mut self) {
        self.before_each_page(CLOCK).await;
        self.sets_the_clock(0).await;
    }

    /// Sets the clock of this tab off by this many seconds, for this page and all that follow.
    pub async fn sets_the_clock(&mut self, seconds: i64) {
        let here = self.browser.client.window().await.expect("a tab");
        if let Some(index) = self.clocks.iter().position(|(tab, _)| *tab == here) {
            let (_, identifier) = self.clocks.swap_remove(index);
            let params = json!({ "identifier": identifier });
            self.devtools("Page.removeScriptToEvaluateOnNewDocument", params).await;
        }
        let script = format!("window.clockShift = {};", seconds * 1000);
        self.script(&script, vec![]).await;
        let identifier = self.before_each_page(&script).await;
        self.clocks.push((here, identifier));
    }

    /// Sets the clocks of all tabs, as the one clock of the machine.
    pub async fn sets_the_clock_of_all_tabs(&mut self, seconds: i64) {
        let client = self.browser.client.clone();
        let here = client.window().await.expect("a tab");
        for tab in self.tabs.clone() {
            client.switch_to_window(tab).await.expect("a tab that is open");
            self.sets_the_clock(seconds).await;
        }
        client.switch_to_window(here).await.expect("the tab from before");
    }

    /// The page hears of something, such as `focus` after the machine has slept.
    pub async fn hears(&mut self, event: &str) {
        let script = "(arguments[0] === 'visibilitychange' ? document : window)
            .dispatchEvent(new Event(arguments[0], { bubbles: true }))";
        self.script(script, vec![json!(event)]).await;
    }

    /// Cuts the network off.
    pub async fn goes_offline(&mut self) {
        self.network(true).await;
    }

    /// Has the network again.
    pub async fn comes_online(&mut self) {
        self.network(false).await;
    }

    async fn network(&mut self, offline: bool) {
        let params = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", params).await;
    }

    /// Requests that match these patterns, such as `*.wasm`, fail.
    pub async fn blocks(&mut self, patterns: &[&str]) {
        self.devtools("Network.setBlockedURLs", json!({ "urls": patterns }))
            .await;
    }

    /// Opens a page with scripts turned off, and hears what a screen reader says of it.
    pub async fn hears_without_scripts(&mut self, path: &str) -> String {
        let switch = "Emulation.setScriptExecutionDisabled";
        self.devtools(switch, json!({ "value": true })).await;
        self.opens(path).await;
        let heard = self.devtools("Accessibility.getFullAXTree", json!({})).await;
        self.devtools(switch, json!({ "value": false })).await;
        heard.to_string()
    }

    /// Lets pages read and write the clipboard.
    pub async fn may_use_the_clipboard(&mut self) {
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        self.devtools("Browser.grantPermissions", json!({ "permissions": permissions }))
            .await;
    }

    /// Has a screen of this size, in CSS pixels.
    pub async fn has_a_screen(&mut self, width: u32, height: u32) {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", params).await;
    }

    /// Prefers something, such as `prefers-color-scheme` `dark`.
    pub async fn prefers(&mut self, features: &[(&str, &str)]) {
        let features: Vec<_> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await;
    }

    /// A picture of what is on the screen, as PNG.
    pub async fn takes_a_picture(&mut self) -> Vec<u8> {
        self.browser.client.screenshot().await.expect("a screenshot")
    }

    /// Whether anything sticks out sideways, so that the page scrolls in two directions.
    pub async fn page_sticks_out(&mut self) -> bool {
        let script = "return document.documentElement.scrollWidth > window.innerWidth";
        self.script(script, vec![]).await == json!(true)
    }

    async fn devtools(&mut self, command: &str, params: Value) -> Value {
        cdp::run(&self.browser.client, command, params).await
    }
}
