//! What `loader.js` and `start.js` have prepared for the app before the wasm was there, beside the authorization response.

use js_sys::{Promise, Reflect};
use stagedoor::internals::browser;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The global object that `loader.js` defines.
const LOADER: &str = "stagedoorLoader";

fn call(method: &str) -> Option<JsValue> {
    browser::call(LOADER, method)
}

/// The response to the request for `config.json` that is under way, or to a new one: its status and its body. `None` when there is none
/// within ten seconds.
pub async fn fetch_config() -> Option<(u16, String)> {
    let response = JsFuture::from(Promise::resolve(&call("fetchConfig")?)).await.ok()?;
    let field = |name: &str| Reflect::get(&response, &name.into()).ok();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
    let status = field("status")?.as_f64()? as u16;
    Some((status, field("body")?.as_string()?))
}

/// Whether this page has just taken the place of an older version, whose files were gone; true once.
pub fn take_updated() -> bool {
    call("takeUpdated").is_some_and(|updated| updated.is_truthy())
}
