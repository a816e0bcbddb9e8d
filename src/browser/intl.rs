//! Numbers, times and country names in the reader's locale (`Intl`).

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// A number in the reader's notation, such as `1,234` or `1 234`.
pub fn number(value: u64) -> String {
    #[allow(clippy::cast_precision_loss)]
    let number = js_sys::Number::from(value as f64);
    String::from(number.to_locale_string("default"))
}

/// The name of a country in the reader's language, by its ISO 3166-1 alpha-2 code; `None` where the browser knows none.
pub fn country(code: &str) -> Option<String> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let names = DisplayNames::new(&JsValue::UNDEFINED, &options).ok()?;
    names.of(code).ok()?.filter(|name| name != code)
}

/// A point in time, in milliseconds since the Unix epoch, in the reader's notation, to the minute; with its date when that is
/// not the date of `now`.
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
