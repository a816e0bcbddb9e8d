//! The harness of the end-to-end tests: the release build in a real browser, against the stand-in for Spotify.
//!
//! A test configures a [`Scenario`] (stand-in, site and browser) and runs it with one [`User`], who does what users do (opens,
//! clicks, reloads) and sees what users see (headings, buttons, alerts, by role and accessible name). Every run ends with the
//! leak check of [`leaks`]: no secret may be where it does not belong.
//!
//! ```no_run
//! e2e::run(async |user| {
//!     user.logs_in().await;
//!     user.sees_heading("Ada Example").await;
//! });
//! ```

#![allow(clippy::expect_used, clippy::panic, reason = "a test harness fails by panicking")]

mod browser;
mod cache;
mod cdp;
mod dist;
mod environment;
mod host;
pub mod leaks;
mod logs;
mod need;
mod oidc_provider;
mod other_site;
mod scenario;
mod server;
mod site;
pub mod states;
mod user;

pub use browser::Engine;
pub use cache::Cache;
pub use dist::root;
pub use environment::{CLIENT_ID, Environment};
pub use host::Host;
pub use leaks::FORGED_TOKEN;
pub use need::Need;
pub use oidc_provider::OidcProvider;
pub use other_site::OtherSite;
pub use scenario::{Scenario, out_of_memory, run};
pub use site::{ReceivedRequest, Site};
pub use user::{Memory, User};
