//! The address bar, where the router leaves it as it was.

use stagedoor::internals::browser::location::{here, replace};
use wasm_bindgen::JsValue;
use web_sys::History;

/// Removes `index.html` from the end of the address, which some hosts add, so that the router sees the route alone.
pub fn remove_index_html() {
    if let Some((_, path, query)) = here()
        && let Some(route) = path.strip_suffix("index.html")
    {
        replace(&format!("{route}{query}"));
    }
}

/// Adds a history entry for `path` (with its query), unless the address is that path already.
pub fn push_if_elsewhere(path: &str) {
    let Some((window, here, query)) = here() else {
        return;
    };
    if format!("{here}{query}") != path {
        let push = |history: History| history.push_state_with_url(&JsValue::NULL, "", Some(path));
        let _ = window.history().and_then(push);
    }
}
