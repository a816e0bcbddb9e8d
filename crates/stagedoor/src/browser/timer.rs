//! Timers through gloo-timers. A browser takes a delay as a signed 32-bit number and fires at once when it is larger; gloo-timers
//! passes longer ones on wrapped, so they are clamped here.

use gloo_timers::callback;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Longest delay that a browser keeps, in milliseconds (about 24.8 days).
pub const LONGEST_MS: u32 = 0x7fff_ffff;

/// The delay to hand to the browser for a wait of `ms` milliseconds.
pub fn delay(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(LONGEST_MS).min(LONGEST_MS)
}

/// Waits for `ms` milliseconds, or for [`LONGEST_MS`] when that is shorter.
pub async fn sleep(ms: u64) {
    TimeoutFuture::new(delay(ms)).await;
}

/// Waits for the browser's next task: until then what was rendered is in the document, and the current events are handled.
pub async fn next_task() {
    sleep(0).await;
}

/// Waits until the browser has painted what is in the document by now. In a page that nobody sees, until it is seen.
pub async fn after_paint() {
    let frame = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(frame).await;
    next_task().await;
}

/// Waits for `promise`, for `ms` milliseconds at most. Returns whether it was fulfilled by then.
pub async fn is_fulfilled_within(promise: Promise, ms: u64) -> bool {
    let limit = future_to_promise(async move {
        sleep(ms).await;
        Err(JsValue::UNDEFINED)
    });
    JsFuture::from(Promise::race(&Array::of2(&promise, &limit)))
        .await
        .is_ok()
}

/// Calls `then` after `ms` milliseconds.
pub fn call_later(ms: u64, then: impl FnOnce() + 'static) {
    callback::Timeout::new(delay(ms), then).forget();
}

/// A timer that calls back once, unless it is dropped before.
pub struct Timeout(#[allow(dead_code, reason = "dropping it cancels the timer")] callback::Timeout);

impl Timeout {
    /// Calls `then` after `ms` milliseconds.
    pub fn new(ms: u64, then: impl FnOnce() + 'static) -> Self {
        Self(callback::Timeout::new(delay(ms), then))
    }
}

/// Calls `then` once `waiting` has been true for `ms` milliseconds; each change of what it reads begins the wait anew. Needs a
/// reactive owner.
pub fn call_while(waiting: impl Fn() -> bool + 'static, ms: u64, then: impl Fn() + Copy + 'static) {
    let timer = StoredValue::new_local(None);
    Effect::new(move |_| timer.set_value(waiting().then(|| Timeout::new(ms, then))));
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_MS, delay};

    #[test]
    fn e4_no_delay_exceeds_a_signed_32_bit_number() {
        assert_eq!(delay(0), 0);
        assert_eq!(delay(1000), 1000);
        assert_eq!(delay(u64::from(LONGEST_MS)), LONGEST_MS);
        assert_eq!(delay(u64::from(LONGEST_MS) + 1), LONGEST_MS);
        assert_eq!(delay(2_147_484_000), LONGEST_MS);
        assert_eq!(delay(u64::MAX), LONGEST_MS);
    }
}
