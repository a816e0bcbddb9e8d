//! What a person sees. Everything here waits for a while, and fails when it does not come.

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use crate::Person;

const LOOK: &str = include_str!("look.js");
/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Asks the page one question of `look.js`. A page that is on its way to another one has no answer.
pub(super) async fn look(client: &Client, question: &str, args: &[&str]) -> Option<Value> {
    let args = [&[question], args].concat().into_iter().map(|arg| json!(arg)).collect();
    let answer = client.execute(LOOK, args).await.ok()?;
    (!answer.is_null()).then_some(answer)
}

pub(super) async fn find(client: &Client, question: &str, args: &[&str]) -> Option<Element> {
    let found = look(client, question, args).await?;
    let id = found.get(ELEMENT)?.as_str()?.to_owned();
    Some(Element::from_element_id(client.clone(), ElementRef::from(id)))
}

/// `h:mm:ss` or `m:ss` in seconds.
fn in_seconds(clock: &str) -> Option<u64> {
    clock
        .split(':')
        .try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u64>().ok()?))
}

impl Person {
    /// Something of that role and exactly that accessible name.
    pub async fn sees(&mut self, role: &str, name: &str) {
        let what = format!("a {role} “{name}”");
        self.waits_for(&what, async |client| find(client, "named", &[role, name]).await)
            .await;
    }

    /// Something of that role with `text` in it.
    pub async fn sees_in(&mut self, role: &str, text: &str) {
        let what = format!("a {role} that says “{text}”");
        self.waits_for(&what, async |client| find(client, "saying", &[role, text]).await)
            .await;
    }

    /// A heading.
    pub async fn sees_heading(&mut self, name: &str) {
        self.sees("heading", name).await;
    }

    /// A button.
    pub async fn sees_button(&mut self, name: &str) {
        self.sees("button", name).await;
    }

    /// An alert with `text` in it.
    pub async fn sees_alert(&mut self, text: &str) {
        self.sees_in("alert", text).await;
    }

    /// A status region with `text` in it.
    pub async fn sees_status(&mut self, text: &str) {
        self.sees_in("status", text).await;
    }

    /// A status or an alert with `text` in it.
    pub async fn is_told(&mut self, text: &str) {
        let what = format!("a status or an alert that says “{text}”");
        self.waits_for(&what, async |client| {
            match find(client, "saying", &["status", text]).await {
                Some(found) => Some(found),
                None => find(client, "saying", &["alert", text]).await,
            }
        })
        .await;
    }

    /// A fact of the profile.
    pub async fn sees_fact(&mut self, term: &str, value: &str) {
        let what = format!("the fact {term}: {value}");
        self.waits_for(&what, async |client| {
            look(client, "fact", &[term]).await.filter(|fact| *fact == *value)
        })
        .await;
    }

    /// No fact of that name. Looks once, so look for something else first.
    pub async fn sees_no_fact(&mut self, term: &str) {
        if let Some(fact) = look(&self.browser.client, "fact", &[term]).await {
            self.fails(&format!("sees the fact {term}: {fact}")).await;
        }
    }

    /// Nothing of that role and name. Looks once, so look for something else first.
    pub async fn sees_no(&mut self, role: &str, name: &str) {
        if find(&self.browser.client, "named", &[role, name]).await.is_some() {
            self.fails(&format!("sees a {role} “{name}”")).await;
        }
    }

    /// Nothing with that role. Looks once, so look for something else first.
    pub async fn sees_none(&mut self, role: &str) {
        let texts = look(&self.browser.client, "text", &[role]).await.unwrap_or_default();
        if texts != json!([]) {
            self.fails(&format!("sees something with the role {role}: {texts}"))
                .await;
        }
    }

    /// What everything of that role says now.
    pub async fn reads_all(&mut self, role: &str) -> String {
        look(&self.browser.client, "text", &[role])
            .await
            .unwrap_or_default()
            .to_string()
    }

    /// The text of the page now.
    pub async fn reads_the_page(&mut self) -> String {
        let text = self.script("return document.body.innerText", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// `text` anywhere on the page.
    pub async fn reads(&mut self, text: &str) {
        let what = format!("the words “{text}”");
        self.waits_for(&what, async |client| {
            let page = client.execute("return document.body.innerText", vec![]).await.ok()?;
            page.as_str()?.contains(text).then_some(())
        })
        .await;
    }

    /// Nowhere on the page `text` any more.
    pub async fn waits_until_nothing_says(&mut self, text: &str) {
        let what = format!("the words “{text}” go away");
        self.waits_for(&what, async |client| {
            let page = client.execute("return document.body.innerText", vec![]).await.ok()?;
            (!page.as_str()?.contains(text)).then_some(())
        })
        .await;
    }

    /// The way out, which only those have who are signed in.
    pub async fn is_signed_in(&mut self) {
        self.sees_button("Log out").await;
    }

    /// No way out, but the way in.
    pub async fn is_signed_out(&mut self) {
        self.sees_button("Log in with Spotify").await;
        self.sees_no("button", "Log out").await;
    }

    /// The time on the session's clock, in seconds.
    pub async fn reads_the_timer(&mut self) -> u64 {
        let text = self.reads_the_clock().await;
        in_seconds(&text).expect("a timer of numbers and colons")
    }

    /// More than this many seconds on the session's clock, sooner or later.
    pub async fn waits_until_the_timer_is_above(&mut self, seconds: u64) {
        let what = format!("a timer above {seconds} s");
        self.waits_for(&what, async |client| {
            let texts = look(client, "text", &["timer"]).await?;
            (in_seconds(texts.get(0)?.as_str()?)? > seconds).then_some(())
        })
        .await;
    }

    /// The session's clock as it stands there.
    pub async fn reads_the_clock(&mut self) -> String {
        self.waits_for("the timer", async |client| {
            let texts = look(client, "text", &["timer"]).await?;
            let text = texts.get(0)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        })
        .await
    }

    /// What is said about a part, in a list of parts.
    pub async fn reads_part(&mut self, name: &str) -> String {
        let part = "return [...document.querySelectorAll('dt')].find((term) => term.innerText === arguments[0])\
                    ?.nextElementSibling.innerText ?? ''";
        let text = self.script(part, vec![json!(name)]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until that is on the clipboard.
    pub async fn waits_until_the_clipboard_holds(&mut self, text: &str) {
        self.waits_for("the text on the clipboard", async |client| {
            let held = client
                .execute("return navigator.clipboard.readText()", vec![])
                .await
                .ok()?;
            (held == *text).then_some(())
        })
        .await;
    }

    /// That path of the app in the address bar, and nothing behind it.
    pub async fn is_at(&mut self, path: &str) {
        let url = format!("{}{path}", self.world.site.origin());
        self.is_at_url(&url).await;
    }

    /// That URL in the address bar.
    pub async fn is_at_url(&mut self, url: &str) {
        let what = format!("the address {url}");
        self.waits_for(&what, async |client| {
            let at = client.execute("return location.href", vec![]).await.ok()?;
            (at == *url).then_some(())
        })
        .await;
    }

    /// The consent page of the stand-in.
    pub async fn sees_the_consent_page(&mut self) {
        self.sees_button("Agree").await;
    }
}
