//! All end-to-end tests in one program, a module a topic. Each test is named after the rule that it holds.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod callback;
mod config;
mod faults;
mod forged;
mod frame;
mod log_in;
mod malformed;
mod person;
mod routes;
mod storage;
mod tabs;
mod time;
mod waits;
