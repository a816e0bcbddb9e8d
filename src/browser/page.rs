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

/// Whether the browser believes that there is a network.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// How many pixels of the screen `css` CSS pixels take.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
pub fn device_pixels(css: u64) -> u64 {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    (css as f64 * ratio).ceil() as u64
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

/// What has the focus when what had it is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The heading of the page.
    Page,
    /// The heading of what was asked for on the page: its last one.
    Result,
}

thread_local! {
    /// The heading that was given the focus last.
    static FOCUSED: Cell<Option<Heading>> = const { Cell::new(None) };
}

/// Moves the focus to a heading, as after a navigation or a press of a button that is gone.
pub fn focus_heading(heading: Heading) {
    FOCUSED.set(Some(heading));
    let headings = document().and_then(|document| document.query_selector_all("#app main :is(h1, h2)").ok());
    let Some(headings) = headings else {
        return;
    };
    let index = match heading {
        Heading::Page => 0,
        Heading::Result => headings.length().saturating_sub(1),
    };
    if let Some(element) = headings
        .item(index)
        .and_then(|node| node.dyn_into::<HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// Moves the focus to the heading again when the one that had it was replaced, as by the content that it announced.
pub fn keep_focus_on_heading() {
    let active = document().and_then(|document| document.active_element());
    let is_lost = active.is_none_or(|active| active.tag_name() == "BODY");
    if let (true, Some(heading)) = (is_lost, FOCUSED.get()) {
        focus_heading(heading);
    }
}

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
