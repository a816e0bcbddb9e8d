//! What `loader.js` and `start.js` have prepared before the wasm was there: the authorization response, taken out of the URL, and
//! the request for `config.json`. Each is handed over once.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The global object that `loader.js` defines.
const LOADER: &str = "stagedoorLoader";
/// The event that `loader.js` dispatches when a response comes into the page by a change of its address.
pub const RESPONSE_EVENT: &str = "authorizationresponse";

/// Takes the authorization response that this page was opened with, if there was one: query and fragment of the URL.
pub fn take_response() -> Option<String> {
    call("takeResponse")?.as_string()
}

/// Takes the response to the request for `config.json`, its status and its body; `None` when it was taken before, or when it failed.
pub async fn take_config() -> Option<(u16, String)> {
    let promise: Promise = call("takeConfig")?.dyn_into().ok()?;
    let response = JsFuture::from(promise).await.ok()?;
    let field = |name: &str| Reflect::get(&response, &name.into()).ok();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
    let status = field("status")?.as_f64()? as u16;
    Some((status, field("body")?.as_string()?))
}

/// Whether this page has just taken the place of an older version, whose files were gone; true once.
pub fn take_updated() -> bool {
    call("takeUpdated").is_some_and(|updated| updated.is_truthy())
}

fn call(method: &str) -> Option<JsValue> {
    let loader = Reflect::get(&js_sys::global(), &LOADER.into()).ok()?;
    let method: Function = Reflect::get(&loader, &method.into()).ok()?.dyn_into().ok()?;
    let result = method.call0(&loader).ok()?;
    (!result.is_undefined()).then_some(result)
}
