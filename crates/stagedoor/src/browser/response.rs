//! What `response.js` has taken out of the address before the wasm was there. It is handed over once.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The global object that `response.js` defines.
const RESPONSE: &str = "stagedoorResponse";

/// Takes the authorization response that this page was opened with, if there was one: query and fragment of the URL.
pub fn take() -> Option<String> {
    call(RESPONSE, "take")?.as_string()
}

/// Whether the page has `response.js`.
pub fn is_there() -> bool {
    Reflect::has(&js_sys::global(), &RESPONSE.into()) == Ok(true)
}

/// What a method of a global object returns; `None` where there is no such object, or nothing.
pub fn call(object: &str, method: &str) -> Option<JsValue> {
    let object = Reflect::get(&js_sys::global(), &object.into()).ok()?;
    let method: Function = Reflect::get(&object, &method.into()).ok()?.dyn_into().ok()?;
    let result = method.call0(&object).ok()?;
    (!result.is_undefined()).then_some(result)
}
