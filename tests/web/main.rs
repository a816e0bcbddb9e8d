//! Units that need a browser, in a real one: storage, timers, the address bar, randomness, the app's reading of form
//! encoding against the browser's own.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests fail by panicking")]

mod address;
mod auth;
mod failure;
mod form;
mod storage;
mod tabs;
mod time;
mod tools;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
