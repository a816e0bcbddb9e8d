//! Logs people in at an OAuth 2.0 authorization server, Spotify's among them, from a [Leptos](https://leptos.dev) app that runs in the
//! browser alone: no server, no secret.
//!
//! Each module is a layer that knows only the layers below it:
//!
//! ```text
//! session → { oauth, api, browser }
//! ```
//!
//! [`oauth`] is the protocol, pure. [`session`] owns the token and lends it to one call at a time. [`api`] calls a web API with it, and
//! [`spotify`] knows what Spotify's answers. [`browser`] is everything that touches the browser.

pub mod api;
pub mod browser;
mod config;
mod lenient;
pub mod oauth;
pub mod session;
pub mod spotify;
pub mod store;
pub mod url;

pub use config::{AuthConfig, ConfigError};
