//! All end-to-end tests in one program, one module per topic. Tests that hold a rule are named after it.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod accessibility;
mod api_errors;
mod built;
mod callback;
mod config;
mod developer_details;
mod engines;
mod examples;
mod expiry;
mod first_paint;
mod forged_responses;
mod framing;
mod harness;
mod hosts;
mod leaks;
mod lists;
mod loading;
mod log_in;
mod malformed_responses;
mod music;
mod pkce;
mod pkce_offer;
mod profile;
mod refresh;
mod response_url;
mod retries;
mod routes;
mod storage;
mod suspended;
mod tabs;
mod track;
mod translation;
mod week;
