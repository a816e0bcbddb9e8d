//! The wall clock. Everything that needs the time gets it as an argument; this is where it comes from.

/// Milliseconds since the Unix epoch, by the machine's clock.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn now_ms() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}
