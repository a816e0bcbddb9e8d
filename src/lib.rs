//! Stagedoor: log in with Spotify in the browser, with no server and no secret.
//!
//! Each module is a layer that knows only the layers below it:
//!
//! ```text
//! app → routes → components → session → { oauth, spotify, browser }
//! ```
//!
//! [`oauth`] is the protocol, pure. [`session`]
//! owns the token and lends it to one call at a time. [`spotify`] is the Web API. [`browser`] is everything that touches the
//! browser. [`messages`] has the texts for people about everything that can fail. `prerender` renders, on the host, what is shown before
//! the app is there.

pub mod app;
pub mod browser;
pub mod components;
pub mod config;
mod lenient;
pub mod messages;
pub mod oauth;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
pub mod session;
pub mod spotify;
pub mod store;
