//! Stagedoor's app: log in with Spotify in the browser, with no server and no secret. Built on the library [`stagedoor`].
//!
//! Each module is a layer that knows only the layers below it:
//!
//! ```text
//! app → routes → components → { settings, lists } → config → stagedoor
//! ```
//!
//! [`messages`] has the texts for people about everything that can fail. `prerender` renders, on the host, what is shown before the app
//! is there.

pub mod app;
pub mod browser;
pub mod components;
pub mod config;
pub mod context;
mod curl;
pub mod lists;
pub mod messages;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
pub mod routes;
pub mod settings;

/// The code in the guide to the library compiles.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct Guide;
