//! The page as a whole: its title, the keyboard's focus, the clipboard, and the last words when the app has failed.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The element of that id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to the page's first heading, where a screen reader goes on reading.
pub fn focus_heading() {
    let heading = document().and_then(|document| document.query_selector("main h1").ok()?);
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.focus();
    }
}

/// Puts `text` on the clipboard. Returns whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let clipboard = window.navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A number in the reader's own notation, such as `1,234` or `1 234`.
pub fn number(value: u64) -> String {
    #[allow(clippy::cast_precision_loss)]
    let number = js_sys::Number::from(value as f64);
    String::from(number.to_locale_string("default"))
}

/// Shows the static message for an app that has failed, which `index.html` holds ready, in place of the app.
pub fn show_failure() {
    if let Some(app) = element("app") {
        app.set_hidden(true);
    }
    if let Some(failure) = element("failure") {
        failure.set_hidden(false);
    }
}
