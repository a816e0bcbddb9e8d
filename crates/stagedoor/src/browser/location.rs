//! The address of the page: the base path of the app, and the navigations that no router does.

use wasm_bindgen::JsValue;
use web_sys::{History, Window};

/// The app's own base URL, with its trailing slash and without query, fragment, user name and password.
pub fn base_url() -> String {
    base().map(|url| url.origin() + &url.pathname()).unwrap_or_default()
}

/// The URL of the page, without fragment, user name and password.
pub fn page_url() -> String {
    let url = |(window, path, query): (Window, String, String)| Some(window.location().origin().ok()? + &path + &query);
    here().and_then(url).unwrap_or_default()
}

/// The path of [`base_url`], with both its slashes: `/` or `/music/`.
pub fn base_path() -> String {
    base().map_or_else(|| "/".to_owned(), |url| url.pathname())
}

/// The folder that the `<base>` of the page names. Without one it is the root of the origin: the folder of the page differs from route to
/// route.
fn base() -> Option<web_sys::Url> {
    let document = web_sys::window()?.document()?;
    let folder = match document.query_selector("base[href]") {
        Ok(Some(_)) => "./",
        _ => "/",
    };
    web_sys::Url::new_with_base(folder, &document.base_uri().ok()??).ok()
}

/// The path of `path` (with its leading slash) below the base path.
pub fn below_base(path: &str) -> String {
    format!("{}{path}", base_path().trim_end_matches('/'))
}

/// The path and the query of the page, relative to the base path; `None` where the page is not below it.
pub fn path_below_base() -> Option<String> {
    let (_, path, query) = here()?;
    let below = path.strip_prefix(base_path().trim_end_matches('/'))?;
    Some(format!("{below}{query}"))
}

/// Replaces the address by `path` (with its query). Returns whether the browser did.
pub fn replace(path: &str) -> bool {
    let replace = |history: History| history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    web_sys::window().is_some_and(|window| window.history().and_then(replace).is_ok())
}

/// The fragment of the address, with its `#`, or nothing.
pub fn fragment() -> String {
    let window = web_sys::window();
    window
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Loads the page anew at `path`, in place of the current entry of the history.
pub fn reload_at(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(path);
    }
}

/// The window, the path and the query of the address.
pub fn here() -> Option<(Window, String, String)> {
    let window = web_sys::window()?;
    let (path, query) = (window.location().pathname().ok()?, window.location().search().ok()?);
    Some((window, path, query))
}

/// Leaves the app for `url`. Returns whether the browser started the navigation.
pub fn assign(url: &str) -> bool {
    web_sys::window().is_some_and(|window| window.location().assign(url).is_ok())
}

/// Stops a navigation that [`assign`] has started.
pub fn stop() {
    if let Some(window) = web_sys::window() {
        let _ = window.stop();
    }
}

/// Whether the app is inside a frame.
pub fn is_framed() -> bool {
    web_sys::window().is_none_or(|window| match window.top() {
        Ok(Some(top)) => top != window,
        _ => true,
    })
}

/// Whether two URLs have the same origin, as the browser parses them.
pub fn same_origin(one: &str, other: &str) -> bool {
    let origin = |url: &str| web_sys::Url::new(url).map(|url| url.origin());
    matches!((origin(one), origin(other)), (Ok(one), Ok(other)) if one == other && one != "null")
}
