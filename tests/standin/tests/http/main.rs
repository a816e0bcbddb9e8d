//! The stand-in over real HTTP, one module per endpoint or topic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod authorize;
mod client;
mod consent;
mod cors;
mod faults;
mod library;
mod program;
mod refresh;
mod running;
mod token;
