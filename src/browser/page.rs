//! The page around the app: its title, its visibility, the keyboard's focus, and the static message for an app that crashed.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Whether nobody can see the page: another tab is in front, or the window is minimized. Browsers slow its timers down then.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to the first element that `selector` matches.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

thread_local! {
    /// Whether the heading of a page was given the focus.
    static HEADING_HAD_FOCUS: Cell<bool> = const { Cell::new(false) };
}

/// Moves the focus to the heading of the page, as after a navigation.
pub fn focus_heading() {
    HEADING_HAD_FOCUS.set(true);
    focus(HEADING);
}

/// Moves the focus to the heading again when the one that had it was replaced, as by the content that it announced.
pub fn keep_focus_on_heading() {
    let active = document().and_then(|document| document.active_element());
    let is_lost = active.is_none_or(|active| active.tag_name() == "BODY");
    if HEADING_HAD_FOCUS.get() && is_lost {
        focus(HEADING);
    }
}

const HEADING: &str = "main h1";

/// Hides or shows the app.
pub fn set_app_hidden(hidden: bool) {
    if let Some(app) = element("app") {
        app.set_hidden(hidden);
    }
}

/// From now on a panic replaces the app by the static message of `index.html`: a panicked app can't respond any more. The
/// message of the panic itself is shown and logged nowhere, since it could hold a secret.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|_| show_crash_message()));
}

/// Shows the static message of `index.html` in place of the app.
pub fn show_crash_message() {
    set_app_hidden(true);
    if let Some(message) = element("failure-crash") {
        message.set_hidden(false);
    }
}
