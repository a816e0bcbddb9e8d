use std::cell::Cell;
use std::rc::Rc;

use stagedoor::internals::browser::abort::Abort;
use stagedoor::internals::browser::timer::{self, Timeout};
use stagedoor::internals::browser::{clock, http, random};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

/// Comes back once every timer of up to five milliseconds that was started before has fired: browsers fire in order.
async fn a_later_timer() {
    timer::sleep(6).await;
}

#[wasm_bindgen_test]
async fn e4_a_wait_beyond_what_a_browser_takes_does_not_fire_at_once() {
    let fired = Rc::new(Cell::new(false));
    let timeout = Timeout::new(u64::MAX, {
        let fired = fired.clone();
        move || fired.set(true)
    });
    a_later_timer().await;
    assert!(!fired.get());
    drop(timeout);
}

#[wasm_bindgen_test]
async fn e5_a_dropped_timer_never_fires() {
    let fired = Rc::new(Cell::new(0));
    let count = |fired: &Rc<Cell<u32>>| {
        let fired = fired.clone();
        move || fired.set(fired.get() + 1)
    };
    drop(Timeout::new(1, count(&fired)));
    let kept = Timeout::new(5, count(&fired));
    a_later_timer().await;
    assert_eq!(fired.get(), 1);
    drop(kept);
}

#[wasm_bindgen_test]
fn e1_the_clock_is_the_browsers() {
    let before = run("Date.now()").as_f64().expect("a number");
    let now = clock::now_ms();
    let after = run("Date.now()").as_f64().expect("a number");
    assert!(before <= now as f64 && now as f64 <= after);
}

#[wasm_bindgen_test]
async fn h4_a_call_is_given_up_after_its_time() {
    let abort = Abort::after(5).expect("a browser with AbortController");
    assert!(!abort.signal().aborted() && !abort.timed_out());
    a_later_timer().await;
    assert!(abort.signal().aborted() && abort.timed_out());
}

#[wasm_bindgen_test]
fn t4_a_call_given_up_by_hand_is_not_one_that_timed_out() {
    let abort = Abort::after(60_000).expect("a browser with AbortController");
    abort.clone().now();
    assert!(abort.signal().aborted() && !abort.timed_out());
}

#[wasm_bindgen_test]
fn s1_randomness_comes_from_the_system_and_is_new_each_time() {
    let one = random::bytes().expect("randomness");
    let other = random::bytes().expect("randomness");
    assert_ne!(one, other);
}

#[wasm_bindgen_test]
fn s1_without_a_generator_there_is_no_randomness() {
    run("window.kept = crypto.getRandomValues; crypto.getRandomValues = () => { throw new Error('none') }");
    let refused = random::bytes();
    run("crypto.getRandomValues = window.kept");
    assert!(refused.is_err());
}

/// Wed, 21 Oct 2026 07:28:00 GMT, in milliseconds since the Unix epoch.
const NOW: u64 = 1_792_567_680_000;

#[wasm_bindgen_test]
fn h3_retry_after_is_read_in_seconds_and_as_a_date() {
    for (text, seconds) in [
        ("7", 7),
        (" 48925 ", 48_925),
        ("99999999999999999999", u64::MAX),
        ("Wed, 21 Oct 2026 07:28:30 GMT", 30),
        ("Wed, 21 Oct 2065 07:28:00 GMT", 1_230_768_000),
        ("Wednesday, 21-Oct-26 07:29:00 GMT", 60),
        ("Wed Oct 21 07:28:05 2026", 5),
    ] {
        assert_eq!(http::parse_retry_after(text, NOW), Some(seconds), "{text}");
    }
}

#[wasm_bindgen_test]
fn h3_a_retry_after_of_zero_in_the_past_or_unreadable_counts_as_absent() {
    for over in ["0", "Wed, 21 Oct 2026 07:28:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        assert_eq!(http::parse_retry_after(over, NOW), Some(0), "{over}");
    }
    for none in ["-1", "+5", "1.5", "soon", "", "Wed, 21 Oct 2026"] {
        assert_eq!(http::parse_retry_after(none, NOW), None, "{none}");
    }
}
