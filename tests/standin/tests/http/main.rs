//! The stand-in through real HTTP: one file for each thing that it plays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod authorize;
mod client;
mod consent;
mod cors;
mod faults;
mod program;
mod refresh;
mod running;
mod token;
