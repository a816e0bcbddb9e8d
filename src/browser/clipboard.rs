//! The clipboard, which browsers may refuse, and which is absent on pages that are not secure.

use wasm_bindgen_futures::JsFuture;

/// Writes `text` to the clipboard. Returns whether the browser allowed it.
pub async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let clipboard = window.navigator().clipboard();
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
