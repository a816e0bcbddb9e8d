//! The release build in a real browser, through the stand-in: what the end-to-end tests are written with.
//!
//! A test sets a [`Stage`] (how the stand-in, the site and the browser are to be) and plays a scene on it with one
//! [`Person`], who does what people do (opens, clicks, reloads) and sees what people see (headings, buttons, alerts, by role and
//! accessible name). At the end of every scene the [`leaks`] are looked for: no secret may lie anywhere that it does not belong.
//!
//! ```no_run
//! e2e::play(async |person| {
//!     person.logs_in().await;
//!     person.sees_heading("Ada Example").await;
//! });
//! ```

#![allow(clippy::expect_used, clippy::panic, reason = "a test harness fails by panicking")]

mod browser;
mod cdp;
mod dist;
mod elsewhere;
mod host;
pub mod leaks;
mod logs;
mod person;
mod server;
mod site;
mod stage;
pub mod states;
mod world;

pub use dist::root;
pub use host::Host;
pub use person::Person;
pub use site::{Seen, Site};
pub use stage::{Stage, play};
pub use world::{CLIENT_ID, World};
pub use {elsewhere::Elsewhere, leaks::FORGED_TOKEN};
