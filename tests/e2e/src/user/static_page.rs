//! What a user sees and does before the app has started: the prerendered page. Nothing here finds anything in the running app.

use super::queries::{Page, find_containing, find_named, query};
use crate::User;

impl User {
    /// Sees an element of the prerendered page with this role and exactly this accessible name.
    pub async fn sees_before_the_app(&mut self, role: &str, name: &str) {
        let what = format!("a {role} “{name}” on the prerendered page");
        self.waits_for(&what, async |client| {
            find_named(client, Page::Prerendered, role, name).await
        })
        .await;
    }

    /// Sees an element of the prerendered page with this role that contains `text`.
    pub async fn sees_in_before_the_app(&mut self, role: &str, text: &str) {
        let what = format!("a {role} with “{text}” on the prerendered page");
        self.waits_for(&what, async |client| {
            find_containing(client, Page::Prerendered, role, text).await
        })
        .await;
    }

    /// Waits for the prerendered page, which has no element with this role and name.
    pub async fn sees_no_before_the_app(&mut self, role: &str, name: &str) {
        self.sees_prerendered_page().await;
        if find_named(&self.browser.client, Page::Prerendered, role, name)
            .await
            .is_some()
        {
            self.fails(&format!("sees a {role} “{name}” on the prerendered page"))
                .await;
        }
        self.sees_prerendered_page().await;
    }

    /// Clicks an element of the prerendered page.
    pub async fn clicks_before_the_app(&mut self, role: &str, name: &str) {
        let what = format!("a clickable {role} “{name}” on the prerendered page");
        self.waits_for(&what, async |client| {
            find_named(client, Page::Prerendered, role, name)
                .await?
                .click()
                .await
                .ok()
        })
        .await;
    }

    /// Waits for the prerendered page.
    pub async fn sees_prerendered_page(&mut self) {
        self.waits_for("the prerendered page", async |client| {
            query(client, Page::Prerendered, "prerendered", &[]).await
        })
        .await;
    }

    /// Waits until the app has replaced the prerendered page.
    pub async fn waits_for_the_app(&mut self) {
        self.waits_for("the running app", async |client| {
            query(client, Page::App, "running", &[]).await
        })
        .await;
    }

    /// Waits for an element that `selector` matches, on the prerendered page or in the app.
    pub async fn waits_for_element(&mut self, selector: &str) {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.waits_for(selector, async |client| {
            let found = client.execute(script, vec![serde_json::json!(selector)]).await.ok()?;
            (found == serde_json::json!(true)).then_some(())
        })
        .await;
    }
}
