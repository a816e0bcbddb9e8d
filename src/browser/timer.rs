//! Waits. A browser takes a delay as a signed 32-bit number and fires at once when it is larger, so longer ones are
//! shortened here, once, for everybody.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

/// Longest delay that a browser keeps, in milliseconds (about 24.8 days).
pub const LONGEST_MS: u64 = 0x7fff_ffff;

/// The delay to hand to the browser for a wait of `ms` milliseconds.
pub fn delay(ms: u64) -> i32 {
    i32::try_from(ms).unwrap_or(i32::MAX)
}

/// Waits for `ms` milliseconds, or for [`LONGEST_MS`] when that is shorter.
pub async fn sleep(ms: u64) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay(ms));
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits for the browser's next task: until then what was rendered is in the document, and the current events are handled.
pub async fn next_task() {
    sleep(0).await;
}

/// Waits until the browser has painted what is in the document by now. In a page that nobody sees, until it is seen.
pub async fn after_paint() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(frame).await;
    next_task().await;
}

/// A timer that calls back once, unless it is dropped before.
pub struct Timeout {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `then` after `ms` milliseconds; `None` where there is no window.
    pub fn start(ms: u64, then: impl FnOnce() + 'static) -> Option<Self> {
        let callback = Closure::once(then);
        let function = callback.as_ref().unchecked_ref();
        let handle = web_sys::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(function, delay(ms))
            .ok()?;
        Some(Self {
            handle,
            _callback: callback,
        })
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_MS, delay};

    #[test]
    fn e4_no_wait_is_longer_than_a_signed_32_bit_number() {
        assert_eq!(delay(0), 0);
        assert_eq!(delay(1000), 1000);
        assert_eq!(delay(LONGEST_MS), i32::MAX);
        assert_eq!(delay(LONGEST_MS + 1), i32::MAX);
        assert_eq!(delay(2_147_484_000), i32::MAX);
        assert_eq!(delay(u64::MAX), i32::MAX);
    }
}
