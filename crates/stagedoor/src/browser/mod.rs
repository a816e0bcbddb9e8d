//! The browser, each of its features behind a small typed function: what no crate gives well enough. Knows nothing of the protocol,
//! the session or the pages.

pub mod abort;
pub mod broadcast;
pub mod clock;
pub mod http;
pub mod location;
pub mod locks;
pub mod page;
pub mod random;
pub mod response;
pub mod storage;
pub mod timer;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Whether this runs in a browser. On the host, where it does not, nothing of a browser can be called: there the pages are rendered that
/// are shown before the app is there.
pub const IN_BROWSER: bool = cfg!(target_arch = "wasm32");

/// What a method of a global object returns, which a script of the page defines; `None` where there is no such object, or nothing.
pub fn call(object: &str, method: &str) -> Option<JsValue> {
    let object = Reflect::get(&js_sys::global(), &object.into()).ok()?;
    let method: Function = Reflect::get(&object, &method.into()).ok()?.dyn_into().ok()?;
    let result = method.call0(&object).ok()?;
    (!result.is_undefined()).then_some(result)
}
