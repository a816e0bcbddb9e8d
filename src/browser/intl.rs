//! Numbers, times and country names (`Intl`) in English, as all of the page is: in the reader's own English where the browser has one.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::options;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// The English of the browser, or British English, whose dates and times can't be mistaken.
fn locale() -> String {
    let own = web_sys::window().and_then(|window| window.navigator().language());
    own.filter(|own| own == "en" || own.starts_with("en-"))
        .unwrap_or_else(|| "en-GB".to_owned())
}

/// A number, such as `1,234`.
pub fn number(value: u64) -> String {
    #[allow(clippy::cast_precision_loss)]
    let number = js_sys::Number::from(value as f64);
    String::from(number.to_locale_string(&locale()))
}

/// The name of a country, by its ISO 3166-1 alpha-2 code; `None` where the browser knows none.
pub fn country(code: &str) -> Option<String> {
    let names = DisplayNames::new(&locale().into(), &options(&[("type", "region")])).ok()?;
    names.of(code).ok()?.filter(|name| name != code)
}

/// A point in time, in milliseconds since the Unix epoch, to the minute; with its date when that is
/// not the date of `now`.
#[allow(clippy::cast_precision_loss)]
pub fn time(at: u64, now: u64) -> String {
    let text = |ms: u64, styles: &[(&str, &str)]| {
        let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
        String::from(date.to_locale_string(&locale(), &options(styles)))
    };
    let (day, time) = (("dateStyle", "long"), ("timeStyle", "short"));
    if text(at, &[day]) == text(now, &[day]) {
        text(at, &[time])
    } else {
        text(at, &[day, time])
    }
}
