//! What a person does.

use super::sees::find;
use crate::Person;

impl Person {
    /// Opens a page of the app, with whatever stands behind its path.
    pub async fn opens(&mut self, path: &str) {
        let url = format!("{}{path}", self.world.site.origin());
        self.opens_url(&url).await;
    }

    /// Opens any page, as by a link from elsewhere: also where only the fragment differs, the page is loaded anew.
    pub async fn opens_url(&mut self, url: &str) {
        let client = self.browser.client.clone();
        let here = client.current_url().await.map(String::from).unwrap_or_default();
        let place = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
        if url.contains('#') && place(&here) == place(url) {
            client.goto("about:blank").await.expect("an empty page");
        }
        if let Err(error) = client.goto(url).await {
            self.fails(&format!("could not open {url}: {error}")).await;
        }
    }

    /// Clicks on something of that role and name, as soon as it is there.
    pub async fn clicks(&mut self, role: &str, name: &str) {
        let what = format!("a {role} “{name}” that can be clicked");
        self.waits_for(&what, async |client| {
            find(client, "named", &[role, name]).await?.click().await.ok()
        })
        .await;
    }

    /// Clicks on a button.
    pub async fn presses(&mut self, name: &str) {
        self.clicks("button", name).await;
    }

    /// Clicks twice on a button, faster than any page can change.
    pub async fn presses_twice(&mut self, name: &str) {
        let what = format!("a button “{name}”");
        let button = self
            .waits_for(&what, async |client| find(client, "named", &["button", name]).await)
            .await;
        let button = serde_json::to_value(button).expect("an element");
        self.script("arguments[0].click(); arguments[0].click()", vec![button])
            .await;
    }

    /// Writes into a field, in place of what is there.
    pub async fn writes(&mut self, field: &str, text: &str) {
        let what = format!("a field “{field}”");
        let element = self
            .waits_for(&what, async |client| find(client, "named", &["textbox", field]).await)
            .await;
        element.clear().await.expect("a field that can be emptied");
        element.send_keys(text).await.expect("a field to write into");
    }

    /// Presses the log-in button and comes to the consent page.
    pub async fn asks_to_log_in(&mut self) {
        self.presses("Log in with Spotify").await;
        self.sees_the_consent_page().await;
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
        self.asks_to_log_in().await;
        self.agrees().await;
        self.is_signed_in().await;
    }

    /// Logs in and waits for the profile.
    pub async fn logs_in_as_ada(&mut self) {
        self.logs_in().await;
        self.sees_heading("Ada Example").await;
    }

    /// Presses `Log out`, and has nothing left in this tab's storage.
    pub async fn logs_out(&mut self) {
        self.presses("Log out").await;
        self.is_signed_out().await;
        self.keeps_no_token().await;
    }

    /// Loads the page anew.
    pub async fn reloads(&mut self) {
        self.browser.client.refresh().await.expect("the page reloads");
    }

    /// Presses the browser's Back button.
    pub async fn goes_back(&mut self) {
        self.browser.client.back().await.expect("there is a way back");
    }

    /// Presses the browser's Forward button.
    pub async fn goes_forward(&mut self) {
        self.browser.client.forward().await.expect("there is a way forward");
    }

    /// Does nothing, until the page has been through all it was about to do and has heard from its host once more.
    pub async fn waits_a_moment(&mut self) {
        let script = "return fetch('/icon.svg').then(() => new Promise((done) =>
            requestAnimationFrame(() => setTimeout(done))))";
        self.script(script, vec![]).await;
    }

    /// Does nothing, until the screen has been drawn anew.
    pub async fn waits_for_a_frame(&mut self) {
        let script =
            "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))";
        self.script(script, vec![]).await;
    }

    /// Opens a new tab at a page of the app, and goes on there.
    pub async fn opens_tab(&mut self, path: &str) {
        let client = self.browser.client.clone();
        let tab = client.new_window(true).await.expect("a new tab").handle;
        client.switch_to_window(tab.clone()).await.expect("the new tab");
        self.tabs.push(tab);
        self.opens(path).await;
    }

    /// Duplicates this tab with what it has in `sessionStorage`, and goes on there at a page of the app.
    pub async fn duplicates_the_tab(&mut self, path: &str) {
        let client = self.browser.client.clone();
        let clock = self.script("return window.clockShift ?? null", vec![]).await;
        self.script("window.open('about:blank')", vec![]).await;
        let known = self.tabs.clone();
        let tab = self
            .waits_for("a tab more", async |client| {
                let tabs = client.windows().await.ok()?;
                tabs.into_iter().find(|tab| !known.contains(tab))
            })
            .await;
        client.switch_to_window(tab.clone()).await.expect("the new tab");
        self.tabs.push(tab);
        if let Some(shift) = clock.as_i64() {
            self.has_a_clock().await;
            self.sets_the_clock(shift / 1000).await;
        }
        self.opens(path).await;
    }

    /// Goes on in the tab that was opened as number `index`, from 0.
    pub async fn goes_to_tab(&mut self, index: usize) {
        let tab = self.tabs.get(index).expect("a tab of that number").clone();
        let there = self.browser.client.switch_to_window(tab).await;
        there.expect("a tab that is open");
    }

    /// Goes on inside the first frame of the page.
    pub async fn looks_into_the_frame(&mut self) {
        self.waits_for("a frame", async |client| client.enter_frame(0).await.ok())
            .await;
    }

    /// Goes on in the page itself again.
    pub async fn looks_out_of_the_frame(&mut self) {
        let out = self.browser.client.clone().enter_parent_frame().await;
        out.expect("the page around the frame");
    }
}

/// How often somebody presses Tab before giving up.
const TABS: usize = 30;

impl Person {
    /// Types a key where the focus is.
    pub async fn types(&mut self, keys: &str) {
        let focus = self.browser.client.active_element().await.expect("a focus");
        if let Err(error) = focus.send_keys(keys).await {
            self.fails(&format!("could not type: {error}")).await;
        }
    }

    /// Presses Tab until the focus is on something of that name, and sees that it is there.
    pub async fn tabs_to(&mut self, name: &str) {
        for _ in 0..TABS {
            self.types("\u{E004}").await;
            let focus = "const at = document.activeElement; return [(at.ariaLabel ?? at.textContent).trim(), \
                         getComputedStyle(at).outlineStyle]";
            let focus = self.script(focus, vec![]).await;
            if focus[0] == *name {
                assert_ne!(focus[1], "none", "the focus on {name} can be seen");
                return;
            }
        }
        self.fails(&format!("{TABS} times Tab did not lead to “{name}”")).await;
    }
}
