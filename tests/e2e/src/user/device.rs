//! The user's device: clock, network, screen, permissions. Controlled through DevTools and scripts, never through the app.

use fantoccini::Locator;
use fantoccini::actions::{
    Actions, InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use serde_json::{Value, json};

use crate::{Engine, Need, User, cdp};

/// Replaces `Date` by one that is off by `window.clockShift` milliseconds. The monotonic clock goes along where that grows, as when time
/// passes; a clock that is set back leaves it alone.
pub(crate) const FAKE_CLOCK: &str = r#"(() => {
    window.clockShift ??= 0;
    const now = Date.now.bind(Date);
    const shifted = () => now() + window.clockShift;
    window.Date = new Proxy(Date, {
        construct: (date, args, self) => Reflect.construct(date, args.length ? args : [shifted()], self),
        get: (date, name) => name === "now" ? shifted : Reflect.get(date, name),
    });
    const monotonic = performance.now.bind(performance);
    let passed = 0;
    performance.now = () => monotonic() + (passed = Math.max(passed, window.clockShift));
})();"#;

impl User {
    /// Runs `script` at the start of every page of this tab from now on, before the page's own scripts; in other engines than Chromium at
    /// the start of every page of the app, whatever its tab.
    pub async fn before_each_page(&mut self, script: &str) {
        if self.browser.engine == Engine::Chromium {
            self.adds_script(script).await;
        } else {
            self.env.site.injects(script);
        }
    }

    /// Returns what the script can be removed by.
    async fn adds_script(&mut self, script: &str) -> Value {
        let params = json!({ "source": script });
        let answer = self.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
        answer["identifier"].clone()
    }

    /// Installs a fake clock in this tab. Call it before the first page.
    pub async fn uses_fake_clock(&mut self) {
        if self.browser.engine == Engine::Chromium {
            self.adds_script(FAKE_CLOCK).await;
        }
        self.sets_clock(0).await;
    }

    /// Shifts the fake clock of this tab by this many seconds from the real time, on this page and all later ones; in other engines than
    /// Chromium also on the later ones of other tabs.
    pub async fn sets_clock(&mut self, seconds: i64) {
        let script = format!("window.clockShift = {};", seconds * 1000);
        self.script(&script, vec![]).await;
        if self.browser.engine != Engine::Chromium {
            return self.env.site.sets_clock(seconds * 1000);
        }
        let here = self.browser.client.window().await.expect("a tab");
        if let Some(index) = self.clocks.iter().position(|(tab, _)| *tab == here) {
            let (_, identifier) = self.clocks.swap_remove(index);
            let params = json!({ "identifier": identifier });
            self.devtools("Page.removeScriptToEvaluateOnNewDocument", params).await;
        }
        let identifier = self.adds_script(&script).await;
        self.clocks.push((here, identifier));
    }

    /// Shifts the fake clocks of all tabs.
    pub async fn sets_clock_in_all_tabs(&mut self, seconds: i64) {
        let client = self.browser.client.clone();
        let here = client.window().await.expect("a tab");
        for tab in self.tabs.clone() {
            client.switch_to_window(tab).await.expect("an open tab");
            self.sets_clock(seconds).await;
        }
        client.switch_to_window(here).await.expect("the previous tab");
    }

    /// Dispatches an event to the page, such as `focus` after the device has slept.
    pub async fn dispatches(&mut self, event: &str) {
        let script = "(arguments[0] === 'visibilitychange' ? document : window)
            .dispatchEvent(new Event(arguments[0], { bubbles: true }))";
        self.script(script, vec![json!(event)]).await;
    }

    /// Disconnects the network.
    pub async fn goes_offline(&mut self) {
        self.network(true).await;
    }

    /// Reconnects the network.
    pub async fn goes_online(&mut self) {
        self.network(false).await;
    }

    async fn network(&mut self, offline: bool) {
        self.needs(Need::Network);
        let params = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", params).await;
    }

    /// Opens a page with JavaScript disabled, and returns its accessibility tree as JSON.
    pub async fn reads_without_javascript(&mut self, path: &str) -> String {
        let switch = "Emulation.setScriptExecutionDisabled";
        self.devtools(switch, json!({ "value": true })).await;
        self.opens(path).await;
        let tree = self.devtools("Accessibility.getFullAXTree", json!({})).await;
        self.devtools(switch, json!({ "value": false })).await;
        tree.to_string()
    }

    /// Sets the size of the viewport, in CSS pixels; in other engines than Chromium by that of the window, which may not be as narrow.
    pub async fn uses_viewport(&mut self, width: u32, height: u32) {
        if self.browser.engine != Engine::Chromium {
            let frame = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
            let frame = self.script(frame, vec![]).await;
            let whole = |inner: u32, frame: &Value| inner + u32::try_from(frame.as_u64().unwrap_or(0)).unwrap_or(0);
            let (width, height) = (whole(width, &frame[0]), whole(height, &frame[1]));
            let resized = self.browser.client.set_window_size(width, height).await;
            return resized.expect("a window that can be resized");
        }
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", params).await;
    }

    /// Uses a screen of 360 by 640 CSS pixels with this many pixels to each, both ways.
    pub async fn uses_screen_of_density(&mut self, density: u32) {
        let params = json!({ "width": 360, "height": 640, "deviceScaleFactor": density, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", params).await;
    }

    /// Sets media features, such as `prefers-color-scheme` to `dark`.
    pub async fn prefers(&mut self, features: &[(&str, &str)]) {
        let features: Vec<_> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await;
    }

    /// A screenshot of the viewport, as PNG.
    pub async fn takes_screenshot(&mut self) -> Vec<u8> {
        self.browser.client.screenshot().await.expect("a screenshot")
    }

    /// Whether the page overflows the viewport horizontally.
    pub async fn page_overflows(&mut self) -> bool {
        let script = "return document.documentElement.scrollWidth > window.innerWidth";
        self.script(script, vec![]).await == json!(true)
    }

    /// Puts the mouse down on the first element that `selector` matches, or a key while that element has the focus.
    pub async fn begins_press(&mut self, selector: &str, key: Option<char>) {
        let client = self.browser.client.clone();
        let element = client.find(Locator::Css(selector)).await.expect("an element");
        let down = match key {
            Some(value) => {
                let target = serde_json::to_value(element).expect("an element");
                self.script("arguments[0].focus()", vec![target]).await;
                Actions::from(keyboard().then(KeyAction::Down { value }))
            }
            None => Actions::from(
                mouse()
                    .then(PointerAction::MoveToElement {
                        element,
                        duration: None,
                        x: 0.0,
                        y: 0.0,
                    })
                    .then(PointerAction::Down {
                        button: MOUSE_BUTTON_LEFT,
                    }),
            ),
        };
        client.perform_actions(down).await.expect("a press");
    }

    /// Lets the mouse or the key up again.
    pub async fn ends_press(&mut self, key: Option<char>) {
        let up = match key {
            Some(value) => Actions::from(keyboard().then(KeyAction::Up { value })),
            None => Actions::from(mouse().then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            })),
        };
        self.browser
            .client
            .perform_actions(up)
            .await
            .expect("the end of a press");
    }

    async fn devtools(&mut self, command: &str, params: Value) -> Value {
        self.needs(Need::DevTools);
        cdp::run(&self.browser.client, command, params).await
    }
}

fn keyboard() -> KeyActions {
    KeyActions::new("keyboard".to_owned())
}

fn mouse() -> MouseActions {
    MouseActions::new("mouse".to_owned())
}
