//! The clipboard, which browsers may refuse, and which is absent on pages that are not secure.

use stagedoor::internals::browser::timer;

/// How long the browser may take, in milliseconds: some ask the person first.
const LIMIT_MS: u64 = 30_000;

/// Writes `text` to the clipboard. Returns whether the browser allowed it, within [`LIMIT_MS`].
pub async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let clipboard = window.navigator().clipboard();
    !clipboard.is_undefined() && timer::is_fulfilled_within(clipboard.write_text(text), LIMIT_MS).await
}
