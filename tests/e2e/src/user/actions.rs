//! What a user does: navigates, clicks, types, switches tabs.

use super::queries::{Page, find_named};
use serde_json::json;
use standin::{Endpoint, Fault};

use crate::User;

impl User {
    /// Opens a page of the app. `path` may have a query and a fragment.
    pub async fn opens(&mut self, path: &str) {
        let url = format!("{}{path}", self.env.site.origin());
        self.opens_url(&url).await;
    }

    /// Opens any URL in a new document, even if it differs from the current one in its fragment alone.
    pub async fn opens_url(&mut self, url: &str) {
        let client = self.browser.client.clone();
        let here = client.current_url().await.map(String::from).unwrap_or_default();
        let without_fragment = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
        if url.contains('#') && without_fragment(&here) == without_fragment(url) {
            client.goto("about:blank").await.expect("an empty page");
        }
        if let Err(error) = client.goto(url).await {
            self.fails(&format!("could not open {url}: {error}")).await;
        }
    }

    /// Opens a file of the app's host: a page without the app, where the tab keeps its fake clock in every engine.
    pub async fn leaves_the_app(&mut self) {
        self.expects_console_message("favicon.ico");
        self.opens("/icon.svg").await;
    }

    /// Clicks an element with this role and name as soon as it can be clicked.
    pub async fn clicks(&mut self, role: &str, name: &str) {
        let what = format!("a clickable {role} “{name}”");
        self.waits_for(&what, async |client| {
            find_named(client, Page::App, role, name).await?.click().await.ok()
        })
        .await;
    }

    /// Clicks a button.
    pub async fn presses(&mut self, name: &str) {
        self.clicks("button", name).await;
    }

    /// Clicks a button twice, before the page can react to the first click.
    pub async fn presses_twice(&mut self, name: &str) {
        let what = format!("a button “{name}”");
        let button = self
            .waits_for(&what, async |client| {
                find_named(client, Page::App, "button", name).await
            })
            .await;
        let button = serde_json::to_value(button).expect("an element");
        self.script("arguments[0].click(); arguments[0].click()", vec![button])
            .await;
    }

    /// Replaces the text of a field.
    pub async fn fills_in(&mut self, field: &str, text: &str) {
        let what = format!("a field “{field}”");
        let element = self
            .waits_for(&what, async |client| {
                find_named(client, Page::App, "textbox", field).await
            })
            .await;
        element.clear().await.expect("a field that can be cleared");
        element.send_keys(text).await.expect("a field that can be edited");
    }

    /// Presses the log-in button and waits for the consent page.
    pub async fn starts_log_in(&mut self) {
        self.presses("Log in with Spotify").await;
        self.sees_consent_page().await;
    }

    /// Starts a log-in that an app of the device takes over: this page stays, and the consent page is in a new tab.
    pub async fn starts_log_in_in_an_app(&mut self) {
        let no_page = Fault::plain(204, "");
        self.env.standin.inject(Endpoint::Authorize, no_page);
        let before = self.env.authorization_requests().len();
        self.presses("Log in with Spotify").await;
        self.env.standin.wait_for_requests("/authorize", before + 1).await;
        let request = self.env.last_authorization_url();
        self.opens_tab("/").await;
        self.opens_url(&request).await;
        self.sees_consent_page().await;
    }

    /// Presses `Agree` on the consent page.
    pub async fn agrees(&mut self) {
        self.presses("Agree").await;
    }

    /// Presses `Cancel` on the consent page.
    pub async fn cancels(&mut self) {
        self.presses("Cancel").await;
    }

    /// Opens the app, logs in and agrees.
    pub async fn logs_in(&mut self) {
        self.opens("/").await;
        self.starts_log_in().await;
        self.agrees().await;
        self.is_signed_in().await;
    }

    /// Logs in and waits for the default profile.
    pub async fn logs_in_as_ada(&mut self) {
        self.logs_in().await;
        self.sees_heading("Ada Example").await;
    }

    /// Logs out, and checks that this tab's storage is free of tokens.
    pub async fn logs_out(&mut self) {
        self.presses("Log out").await;
        self.is_signed_out().await;
        self.has_no_token_in_storage().await;
    }

    /// Sets the fragment of the address, in the living page.
    pub async fn sets_fragment(&mut self, fragment: &str) {
        self.script("location.hash = arguments[0]", vec![json!(fragment)]).await;
    }

    /// Reloads the page.
    pub async fn reloads(&mut self) {
        self.browser.client.refresh().await.expect("the page reloads");
    }

    /// Presses the browser's Back button.
    pub async fn goes_back(&mut self) {
        self.browser.client.back().await.expect("an earlier history entry");
    }

    /// Presses the browser's Forward button.
    pub async fn goes_forward(&mut self) {
        self.browser.client.forward().await.expect("a later history entry");
    }

    /// Waits for a request to the host, a frame and a task, so that work in progress has had its chance to show.
    pub async fn waits_until_settled(&mut self) {
        let script = "return fetch('/icon.svg').then(() => new Promise((done) =>
            requestAnimationFrame(() => setTimeout(done))))";
        self.script(script, vec![]).await;
    }

    /// Waits until the page has been painted again.
    pub async fn waits_for_paint(&mut self) {
        let script =
            "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))";
        self.script(script, vec![]).await;
    }

    /// Opens a page of the app in a new tab, and switches to it.
    pub async fn opens_tab(&mut self, path: &str) {
        let client = self.browser.client.clone();
        let tab = client.new_window(true).await.expect("a new tab").handle;
        client.switch_to_window(tab.clone()).await.expect("the new tab");
        self.tabs.push(tab);
        self.opens(path).await;
    }

    /// Duplicates this tab including its `sessionStorage`, switches to the copy, and opens a page of the app there.
    pub async fn duplicates_tab(&mut self, path: &str) {
        let client = self.browser.client.clone();
        let clock = self.script("return window.clockShift ?? null", vec![]).await;
        self.script("window.open('about:blank')", vec![]).await;
        let known = self.tabs.clone();
        let tab = self
            .waits_for("a new tab", async |client| {
                let tabs = client.windows().await.ok()?;
                tabs.into_iter().find(|tab| !known.contains(tab))
            })
            .await;
        client.switch_to_window(tab.clone()).await.expect("the new tab");
        self.tabs.push(tab);
        if let Some(shift) = clock.as_i64() {
            self.uses_fake_clock().await;
            self.sets_clock(shift / 1000).await;
        }
        self.opens(path).await;
    }

    /// Switches to a tab by the order in which the tabs were opened, from 0.
    pub async fn switches_to_tab(&mut self, index: usize) {
        let tab = self.tabs.get(index).expect("a tab with this index").clone();
        let switched = self.browser.client.switch_to_window(tab).await;
        switched.expect("an open tab");
    }

    /// Switches to the first frame of the page.
    pub async fn enters_frame(&mut self) {
        self.waits_for("a frame", async |client| client.enter_frame(0).await.ok())
            .await;
    }

    /// Switches back to the page that contains the frame.
    pub async fn leaves_frame(&mut self) {
        let switched = self.browser.client.clone().enter_parent_frame().await;
        switched.expect("the page around the frame");
    }
}

/// Keys as WebDriver names them.
const TAB: &str = "\u{E004}";
const SHIFT: &str = "\u{E008}";
/// Presses of the Tab key before a test gives up.
const MAX_TABS: usize = 30;

impl User {
    /// Types keys into the focused element.
    pub async fn types(&mut self, keys: &str) {
        let focus = self.browser.client.active_element().await.expect("a focus");
        if let Err(error) = focus.send_keys(keys).await {
            self.fails(&format!("could not type: {error}")).await;
        }
    }

    /// Presses Tab until the focus is on an element with this name, and checks that the focus is visible.
    pub async fn tabs_to(&mut self, name: &str) {
        self.tabs(TAB, name).await;
    }

    /// Like [`User::tabs_to`], backwards.
    pub async fn tabs_back_to(&mut self, name: &str) {
        self.tabs(&format!("{SHIFT}{TAB}"), name).await;
    }

    async fn tabs(&mut self, keys: &str, name: &str) {
        for _ in 0..MAX_TABS {
            self.types(keys).await;
            let focus = "const element = document.activeElement; return [(element.ariaLabel ?? element.textContent).trim(), \
                         getComputedStyle(element).outlineStyle]";
            let focus = self.script(focus, vec![]).await;
            if focus[0] == *name {
                assert_ne!(focus[1], "none", "the focus on {name} is visible");
                return;
            }
        }
        self.fails(&format!("{MAX_TABS} presses of Tab did not reach “{name}”"))
            .await;
    }
}
