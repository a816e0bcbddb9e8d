//! The address bar: where the app lives, what stands in the URL, and the way to another page.

use wasm_bindgen::JsValue;
use web_sys::History;

use crate::route::Route;

/// The app's own base URL, with its trailing slash and without query and fragment.
pub fn base_url() -> String {
    base().map(|url| url.href()).unwrap_or_default()
}

/// The path of [`base_url`], with both its slashes: `/` or `/music/`.
pub fn base_path() -> String {
    base().map_or_else(|| "/".to_owned(), |url| url.pathname())
}

fn base() -> Option<web_sys::Url> {
    let document = web_sys::window()?.document()?;
    web_sys::Url::new_with_base("./", &document.base_uri().ok()??).ok()
}

/// The address of `path` (with its leading slash) below the base path.
pub fn below_base(path: &str) -> String {
    format!("{}{path}", base_path().trim_end_matches('/'))
}

/// The page of the app that the address names.
pub fn route() -> Route {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    Route::at(&path.unwrap_or_default(), &base_path())
}

/// What stands behind the `?` of the address, with it.
pub fn query() -> String {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    query.unwrap_or_default()
}

/// Replaces this page's history entry by one of `path` alone, without query and fragment.
pub fn clear_to(path: &str) {
    let replace = |history: History| history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    if let (false, Some(window)) = (in_history(replace), web_sys::window()) {
        let _ = window.location().replace(path);
    }
}

/// Moves to `path` with a history entry of its own, without loading anything.
pub fn push(path: &str) {
    let push = |history: History| history.push_state_with_url(&JsValue::NULL, "", Some(path));
    if !in_history(push) {
        leave_for(path);
    }
}

/// Whether the browser did it; it refuses when there were very many steps in a short time.
fn in_history(step: impl FnOnce(History) -> Result<(), JsValue>) -> bool {
    let history = web_sys::window().and_then(|window| window.history().ok());
    history.is_some_and(|history| step(history).is_ok())
}

/// Leaves for `url`. Returns whether the browser agreed to go.
pub fn leave_for(url: &str) -> bool {
    web_sys::window().is_some_and(|window| window.location().assign(url).is_ok())
}

/// Whether another page shows this one inside a frame.
pub fn is_framed() -> bool {
    web_sys::window().is_none_or(|window| match window.top() {
        Ok(Some(top)) => !js_sys::Object::is(&top, &window),
        _ => true,
    })
}

/// Whether two URLs have the same origin, as the browser parses them.
pub fn same_origin(one: &str, other: &str) -> bool {
    let origin = |url: &str| web_sys::Url::new(url).map(|url| url.origin());
    matches!((origin(one), origin(other)), (Ok(one), Ok(other)) if one == other && one != "null")
}
