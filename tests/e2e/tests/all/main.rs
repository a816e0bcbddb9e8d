//! All end-to-end tests in one program, a module a topic. Each test is named after the rule that it holds.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
