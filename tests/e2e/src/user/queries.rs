//! Runs the queries of `queries.js` in the page. Neither waits nor fails: a page that is being replaced gives no answer.

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

const SCRIPT: &str = include_str!("queries.js");
/// The key of an element reference in WebDriver's JSON.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Which page a query searches.
#[derive(Clone, Copy)]
pub(super) enum Page {
    /// The running app, the static failure messages, or any page that is not the app's.
    App,
    /// The page that is painted before the app starts, as long as it is there.
    Prerendered,
}

/// The answer to one question of `queries.js`, unless it is `null`.
pub(super) async fn query(client: &Client, page: Page, question: &str, args: &[&str]) -> Option<Value> {
    let page = match page {
        Page::App => "app",
        Page::Prerendered => "prerendered",
    };
    let args = [&[page, question], args]
        .concat()
        .into_iter()
        .map(|arg| json!(arg))
        .collect();
    let answer = client.execute(SCRIPT, args).await.ok()?;
    (!answer.is_null()).then_some(answer)
}

/// The visible element with this role and exactly this accessible name.
pub(super) async fn find_named(client: &Client, page: Page, role: &str, name: &str) -> Option<Element> {
    as_element(client, &query(client, page, "named", &[role, name]).await?)
}

/// The first visible element with this role that contains `text`.
pub(super) async fn find_containing(client: &Client, page: Page, role: &str, text: &str) -> Option<Element> {
    as_element(client, &query(client, page, "containing", &[role, text]).await?)
}

/// The texts of all visible elements with this role.
pub(super) async fn texts(client: &Client, page: Page, role: &str) -> Option<Vec<String>> {
    serde_json::from_value(query(client, page, "texts", &[role]).await?).ok()
}

fn as_element(client: &Client, answer: &Value) -> Option<Element> {
    let id = answer.get(ELEMENT_KEY)?.as_str()?.to_owned();
    Some(Element::from_element_id(client.clone(), ElementRef::from(id)))
}
