//! What `response.js` has taken out of the address before the wasm was there. It is handed over once.

use js_sys::Reflect;

use super::call;

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
