//! What a user sees once the app is running, and on pages that are not the app's. Every observation waits for a while, and fails
//! when nothing appears.

use serde_json::{Value, json};

use super::queries::{Page, find_containing, find_named, query, texts};
use crate::User;

/// Seconds in a clock of the form `h:mm:ss` or `m:ss`.
fn in_seconds(clock: &str) -> Option<u64> {
    clock
        .split(':')
        .try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u64>().ok()?))
}

impl User {
    /// Sees an element with this role and exactly this accessible name.
    pub async fn sees(&mut self, role: &str, name: &str) {
        let what = format!("a {role} “{name}”");
        self.waits_for(&what, async |client| find_named(client, Page::App, role, name).await)
            .await;
    }

    /// Sees an element with this role that contains `text`.
    pub async fn sees_in(&mut self, role: &str, text: &str) {
        let what = format!("a {role} with “{text}”");
        self.waits_for(&what, async |client| {
            find_containing(client, Page::App, role, text).await
        })
        .await;
    }

    /// Sees a heading.
    pub async fn sees_heading(&mut self, name: &str) {
        self.sees("heading", name).await;
    }

    /// Sees a button.
    pub async fn sees_button(&mut self, name: &str) {
        self.sees("button", name).await;
    }

    /// Sees an alert that contains `text`.
    pub async fn sees_alert(&mut self, text: &str) {
        self.sees_in("alert", text).await;
    }

    /// Sees a status that contains `text`.
    pub async fn sees_status(&mut self, text: &str) {
        self.sees_in("status", text).await;
    }

    /// Sees a status or an alert that contains `text`.
    pub async fn sees_notice(&mut self, text: &str) {
        let what = format!("a status or an alert with “{text}”");
        self.waits_for(&what, async |client| {
            match find_containing(client, Page::App, "status", text).await {
                Some(found) => Some(found),
                None => find_containing(client, Page::App, "alert", text).await,
            }
        })
        .await;
    }

    /// Sees a fact of the profile or the track.
    pub async fn sees_fact(&mut self, term: &str, value: &str) {
        let what = format!("the fact {term}: {value}");
        self.waits_for(&what, async |client| {
            query(client, Page::App, "fact", &[term])
                .await
                .filter(|fact| *fact == *value)
        })
        .await;
    }

    /// Sees no fact with this term. Does not wait for one to disappear.
    pub async fn sees_no_fact(&mut self, term: &str) {
        self.waits_until_page_is_settled().await;
        if let Some(fact) = query(&self.browser.client, Page::App, "fact", &[term]).await {
            self.fails(&format!("sees the fact {term}: {fact}")).await;
        }
    }

    /// Sees no element with this role and name. Does not wait for one to disappear.
    pub async fn sees_no(&mut self, role: &str, name: &str) {
        self.waits_until_page_is_settled().await;
        if find_named(&self.browser.client, Page::App, role, name).await.is_some() {
            self.fails(&format!("sees a {role} “{name}”")).await;
        }
    }

    /// Sees no element with this role. Does not wait for one to disappear.
    pub async fn sees_none(&mut self, role: &str) {
        let texts = self.texts_of(role).await;
        if texts != "[]" {
            self.fails(&format!("sees elements with the role {role}: {texts}"))
                .await;
        }
    }

    /// The texts of all elements with this role now, as JSON.
    pub async fn texts_of(&mut self, role: &str) -> String {
        self.waits_until_page_is_settled().await;
        let texts = self
            .waits_for("the page", async |client| texts(client, Page::App, role).await)
            .await;
        json!(texts).to_string()
    }

    /// The text of the page now.
    pub async fn page_text(&mut self) -> String {
        let text = self
            .waits_for("the page", async |client| query(client, Page::App, "page", &[]).await)
            .await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Sees `text` anywhere on the page.
    pub async fn sees_text(&mut self, text: &str) {
        let what = format!("the text “{text}”");
        self.waits_for(&what, async |client| {
            let page = query(client, Page::App, "page", &[]).await?;
            page.as_str()?.contains(text).then_some(())
        })
        .await;
    }

    /// Waits until `text` is nowhere on the page.
    pub async fn waits_until_text_is_gone(&mut self, text: &str) {
        let what = format!("the text “{text}” disappear");
        self.waits_for(&what, async |client| {
            let page = query(client, Page::App, "page", &[]).await?;
            (!page.as_str()?.contains(text)).then_some(())
        })
        .await;
    }

    /// Sees `Log out`, which is there only while signed in.
    pub async fn is_signed_in(&mut self) {
        self.sees_button("Log out").await;
    }

    /// Sees `Log in with Spotify` and no `Log out`.
    pub async fn is_signed_out(&mut self) {
        self.sees_button("Log in with Spotify").await;
        self.sees_no("button", "Log out").await;
    }

    /// The remaining lifetime of the session on the timer, in seconds.
    pub async fn timer_seconds(&mut self) -> u64 {
        let text = self.timer_text().await;
        in_seconds(&text).expect("a timer of numbers and colons")
    }

    /// Waits until the timer shows more than this many seconds.
    pub async fn waits_until_timer_exceeds(&mut self, seconds: u64) {
        let what = format!("a timer above {seconds} s");
        self.waits_for(&what, async |client| {
            let texts = texts(client, Page::App, "timer").await?;
            (in_seconds(texts.first()?)? > seconds).then_some(())
        })
        .await;
    }

    /// Waits until the timer shows less than this many seconds.
    pub async fn waits_until_timer_is_below(&mut self, seconds: u64) {
        let what = format!("a timer below {seconds} s");
        self.waits_for(&what, async |client| {
            let texts = texts(client, Page::App, "timer").await?;
            (in_seconds(texts.first()?)? < seconds).then_some(())
        })
        .await;
    }

    /// The text of the timer.
    pub async fn timer_text(&mut self) -> String {
        self.waits_for("the timer", async |client| {
            let texts = texts(client, Page::App, "timer").await?;
            texts.into_iter().next().filter(|text| !text.is_empty())
        })
        .await
    }

    /// The text of the definition that follows a term.
    pub async fn definition_of(&mut self, term: &str) -> String {
        let what = format!("a definition of “{term}”");
        let text = self
            .waits_for(&what, async |client| {
                query(client, Page::App, "definition", &[term]).await
            })
            .await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the clipboard contains exactly `text`: pastes it into a field of its own, which no browser has to allow.
    pub async fn waits_until_clipboard_contains(&mut self, text: &str) {
        let add = "const field = document.createElement('textarea'); document.body.append(field); field.focus(); return field";
        let field = self.script(add, vec![]).await;
        let what = format!("“{text}” on the clipboard");
        self.waits_for(&what, async |client| {
            client
                .execute("arguments[0].value = ''", vec![field.clone()])
                .await
                .ok()?;
            let focused = client.active_element().await.ok()?;
            focused.send_keys("\u{E009}v\u{E000}").await.ok()?;
            let pasted = client
                .execute("return arguments[0].value", vec![field.clone()])
                .await
                .ok()?;
            (pasted == *text).then_some(())
        })
        .await;
        self.script("arguments[0].remove()", vec![field]).await;
    }

    /// Waits until the address is this path of the app, without query and fragment. Does not wait for the app.
    pub async fn is_at(&mut self, path: &str) {
        let url = format!("{}{path}", self.env.site.origin());
        self.is_at_url(&url).await;
    }

    /// Waits until the address is this URL. Does not wait for the app.
    pub async fn is_at_url(&mut self, url: &str) {
        let what = format!("the address {url}");
        self.waits_for(&what, async |client| {
            let address = client.execute("return location.href", vec![]).await.ok()?;
            (address == *url).then_some(())
        })
        .await;
    }

    /// Sees the consent page of the stand-in.
    pub async fn sees_consent_page(&mut self) {
        self.sees_button("Agree").await;
    }

    /// Waits until the app is running or a failure message is visible.
    async fn waits_until_page_is_settled(&mut self) -> Value {
        self.waits_for("the running app or a failure message", async |client| {
            query(client, Page::App, "settled", &[]).await
        })
        .await
    }
}
