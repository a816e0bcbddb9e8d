//! The page around the app: its title, what is scrolled into view, the keyboard's focus, and the static message for an app that crashed.

use leptos::task::spawn_local;
use stagedoor::internals::browser::timer;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, NodeList};

use super::options;

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The elements in `within` that `selector` matches, in their order.
pub(super) fn all(within: &HtmlElement, selector: &str) -> impl Iterator<Item = HtmlElement> + use<> {
    let found = within.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |index| found.as_ref()?.item(index)?.dyn_into().ok())
}

/// The elements of the app that `selector` matches, in their order.
fn of_app(selector: &str) -> impl Iterator<Item = HtmlElement> + use<> {
    element("app").map(|app| all(&app, selector)).into_iter().flatten()
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

/// Whether the window is wide enough for a grid of pictures; the style has the same limit.
pub fn is_wide() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(min-width: 48rem)").ok()?);
    query.is_some_and(|query| query.matches())
}

/// Scrolls as little as it takes to show the first element that `selector` matches.
pub fn reveal(selector: &str) {
    let options = options(&[("block", "nearest"), ("inline", "nearest")]);
    if let Some(element) = of_app(selector).next() {
        element.scroll_into_view_with_scroll_into_view_options(options.unchecked_ref());
    }
}

/// Scrolls lines sideways, and nothing else, so that the elements that `selector` matches are in the middle of theirs.
pub fn reveal_in_line(selector: &str) {
    for element in of_app(selector) {
        if let Some(line) = element.parent_element() {
            line.set_scroll_left(element.offset_left() - (line.client_width() - element.offset_width()) / 2);
        }
    }
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to the first element that `selector` matches.
pub fn focus(selector: &str) {
    if let Some(element) = of_app(selector).next() {
        let _ = element.focus();
    }
}

/// A heading that can get the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The heading of the page.
    Page,
    /// The heading of what was asked for on the page: its last one.
    Result,
}

/// Moves the focus to a heading, as after a navigation.
pub fn focus_heading(heading: Heading) {
    let mut headings = of_app("main :is(h1, h2)");
    let heading = match heading {
        Heading::Page => headings.next(),
        Heading::Result => headings.last(),
    };
    if let Some(heading) = heading {
        let _ = heading.focus();
    }
}

/// To be called just before content of the page is replaced: where that had the focus, what takes its place gets it, on its heading.
pub fn keep_focus(heading: Heading) {
    if has_lost_focus() {
        return;
    }
    spawn_local(async move {
        timer::next_task().await;
        if has_lost_focus() {
            focus_heading(heading);
        }
    });
}

/// Moves the focus to a heading once what a press brought is there, if the focus is where the button was: in a message about a
/// problem, or nowhere since that is gone.
pub fn follow_press(heading: Heading) {
    spawn_local(async move {
        timer::next_task().await;
        if is_focused(":is(.problem, .problem *, body)") {
            focus_heading(heading);
        }
    });
}

/// Whether no element has the focus, as when the one that had it was removed.
pub fn has_lost_focus() -> bool {
    is_focused("body")
}

/// Whether the focus is on an element that `selector` matches, or on none at all.
fn is_focused(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_none_or(|active| active.matches(selector).unwrap_or(false))
}

/// Hides or shows the app.
pub fn set_app_hidden(hidden: bool) {
    if let Some(app) = element("app") {
        let _ = if hidden {
            app.set_attribute("hidden", "")
        } else {
            app.remove_attribute("hidden")
        };
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
        let _ = message.remove_attribute("hidden");
    }
}
