//! All end-to-end tests in one program, a module a topic. Each test is named after the rule that it holds.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod accessibility;
mod bridge;
mod built;
mod callback;
mod code;
mod config;
mod faults;
mod first_paint;
mod forged;
mod frame;
mod hosts;
mod insight;
mod leaks;
mod log_in;
mod malformed;
mod person;
mod renewal;
mod routes;
mod storage;
mod tabs;
mod time;
mod track;
mod waits;
