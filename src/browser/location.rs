//! The address bar: where the app lives, what stands in the URL, and the way to another page.

use wasm_bindgen::JsValue;

/// Both parts of the URL that a response may arrive in, as they stood there.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ResponseParts {
    /// Behind the `?`.
    pub query: String,
    /// Behind the `#`.
    pub fragment: String,
}

impl std::fmt::Debug for ResponseParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResponseParts(…)")
    }
}

/// The app's own base URL, with its trailing slash and without query and fragment.
pub fn base_url() -> String {
    let base = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.base_uri().ok()?)
        .unwrap_or_default();
    let plain = base.split(['?', '#']).next().unwrap_or_default();
    let end = plain.rfind('/').map_or(0, |slash| slash + 1);
    plain[..end].to_owned()
}

/// The path of [`base_url`], with both its slashes: `/` or `/music/`.
pub fn base_path() -> String {
    let base = base_url();
    let path = base
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|slash| rest[slash..].to_owned()));
    path.unwrap_or_else(|| "/".to_owned())
}

/// The address of `path` (with its leading slash) below the base path.
pub fn below_base(path: &str) -> String {
    format!("{}{path}", base_path().trim_end_matches('/'))
}

/// The path and both parts of the URL of this page.
pub fn current() -> Option<(String, ResponseParts)> {
    let location = web_sys::window()?.location();
    let parts = ResponseParts {
        query: location.search().ok()?,
        fragment: location.hash().ok()?,
    };
    Some((location.pathname().ok()?, parts))
}

/// Replaces this page's history entry by one of `path` alone, without query and fragment.
pub fn clear_to(path: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let cleared = window
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
    if cleared.is_err() {
        let _ = window.location().replace(path);
    }
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
