//! The page as a whole: its title, the keyboard's focus, the clipboard, and the last words when the app has failed.

use std::cell::Cell;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement};

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Whether nobody can see the page: another tab is in front, or the window is minimised. Browsers slow its timers down then.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to the first element that `selector` finds, where a screen reader goes on reading.
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

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// The name of a country in the reader's language, by its ISO 3166-1 alpha-2 code; `None` where the browser knows none.
pub fn country(code: &str) -> Option<String> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let names = DisplayNames::new(&JsValue::UNDEFINED, &options).ok()?;
    names.of(code).ok()?.filter(|name| name != code)
}

/// A point in time, given in milliseconds since the Unix epoch, in the reader's own notation, to the minute; with its day
/// when that is not today.
#[allow(clippy::cast_precision_loss)]
pub fn time(at: u64, now: u64) -> String {
    let date = |ms: u64| js_sys::Date::new(&JsValue::from_f64(ms as f64));
    let (at, now) = (date(at), date(now));
    let options = js_sys::Object::new();
    let choose = |name: &str, style: &str| js_sys::Reflect::set(&options, &name.into(), &style.into());
    let _ = choose("timeStyle", "short");
    if at.to_date_string() != now.to_date_string() {
        let _ = choose("dateStyle", "long");
    }
    at.to_locale_string("default", &options).into()
}

/// Hides or shows the app as a whole.
pub fn set_hidden(hidden: bool) {
    if let Some(app) = element("app") {
        app.set_hidden(hidden);
    }
}

/// Shows the static message that `index.html` holds ready, in place of the app.
pub fn show_failure() {
    set_hidden(true);
    if let Some(failure) = element("failure-crash") {
        failure.set_hidden(false);
    }
}

/// From now on a panic ends in [`show_failure`]: a panicked app can't answer any more, so nothing of it must stay to be
/// pressed. The message of the panic goes nowhere.
pub fn watch_for_panics() {
    std::panic::set_hook(Box::new(|_| show_failure()));
}
