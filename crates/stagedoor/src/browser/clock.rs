//! The clocks. Everything that needs the time gets it as an argument; this is where it comes from.

/// Milliseconds since the Unix epoch, by the machine's clock; 0 on the host, where no time passes.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn now_ms() -> u64 {
    if super::IN_BROWSER {
        js_sys::Date::now().max(0.0) as u64
    } else {
        0
    }
}

/// Milliseconds since the page was opened, by a clock that nobody can set (`performance.now()`). In some browsers it stands still while
/// the machine sleeps.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn monotonic_ms() -> u64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or(0, |performance| performance.now().max(0.0) as u64)
}

/// A time as RFC 3339 writes it, in milliseconds since the Unix epoch; `None` where it is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn parse(text: &str) -> Option<u64> {
    let ms = js_sys::Date::parse(text);
    (ms >= 0.0).then_some(ms as u64)
}
