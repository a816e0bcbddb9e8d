//! Stagedoor: log in with Spotify in the browser, with no server and no secret.
//!
//! Each module is a layer that knows only the layers below it:
//!
//! ```text
//! app → routes → components → session → { oauth, api, browser }
//! ```
//!
//! [`oauth`] is the protocol, pure. [`session`]
//! owns the token and lends it to one call at a time. [`api`] calls a web API with the token, and [`spotify`] knows what Spotify's
//! answers. [`browser`] is everything that touches the
//! browser. [`messages`] has the texts for people about everything that can fail. `prerender` renders, on the host, what is shown before
//! the app is there.

pub mod api;
pub mod app;
pub mod auth_config;
pub mod browser;
pub mod components;
pub mod config;
pub mod context;
mod curl;
mod lenient;
pub mod lists;
pub mod messages;
pub mod oauth;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
pub mod session;
pub mod settings;
pub mod spotify;
pub mod store;
pub mod url;
