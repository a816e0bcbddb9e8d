//! What the browser says of the page as a whole.

/// Whether nobody can see the page: another tab is in front, or the window is minimized. Browsers slow its timers down then.
pub fn is_hidden() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.hidden())
}

/// Whether the browser believes that there is a network.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
