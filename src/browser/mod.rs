//! What the app needs of the browser and the library does not have, each feature behind a small typed function. Knows nothing of the
//! session or the pages.

pub mod address;
pub mod clipboard;
pub mod intl;
pub mod loader;
pub mod page;
pub mod takeover;

/// Options for a function of the browser, by their names. Typed dictionaries import a function for each option.
fn options(entries: &[(&str, &str)]) -> js_sys::Object {
    let options = js_sys::Object::new();
    for (name, value) in entries {
        let _ = js_sys::Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}
