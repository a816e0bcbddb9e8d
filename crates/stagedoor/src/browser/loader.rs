//! What `loader.js` has prepared before the wasm was there: the authorization response, taken out of the URL. It is handed over once.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The global object that `loader.js` defines.
const LOADER: &str = "stagedoorLoader";
/// The event that `loader.js` dispatches when a response comes into the page by a change of its address.
pub const RESPONSE_EVENT: &str = "authorizationresponse";

/// Takes the authorization response that this page was opened with, if there was one: query and fragment of the URL.
pub fn take_response() -> Option<String> {
    call("takeResponse")?.as_string()
}

/// Whether the page has a loader.
pub fn is_there() -> bool {
    Reflect::has(&js_sys::global(), &LOADER.into()) == Ok(true)
}

/// What a method of the loader returns; `None` where there is no loader, or nothing.
pub fn call(method: &str) -> Option<JsValue> {
    let loader = Reflect::get(&js_sys::global(), &LOADER.into()).ok()?;
    let method: Function = Reflect::get(&loader, &method.into()).ok()?.dyn_into().ok()?;
    let result = method.call0(&loader).ok()?;
    (!result.is_undefined()).then_some(result)
}
