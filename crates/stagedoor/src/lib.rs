//! Logs people in at an OAuth 2.0 authorization server, Spotify's among them, from a [Leptos](https://leptos.dev) app that runs in the
//! browser alone: no server, no secret.
//!
//! An app puts an [`AuthProvider`] around itself, with an [`AuthConfig`], and has a [`LoginButton`] somewhere inside. Components take the
//! session by [`use_auth`].
//!
//! Each module is a layer that knows only the layers below it:
//!
//! ```text
//! components → auth → session → { oauth, api, browser }
//! ```
//!
//! [`oauth`] is the protocol, pure. [`session`] owns the token and lends it to one call at a time. [`api`] calls a web API with it, and
//! [`spotify`] knows what Spotify's answers. [`browser`] is everything that touches the browser.

pub mod api;
mod auth;
pub mod browser;
mod components;
mod config;
mod lenient;
pub mod oauth;
pub mod session;
pub mod spotify;
pub mod store;
pub mod url;

pub use auth::{Auth, AuthError, AuthState, CallError, Session, provide_auth, use_auth};
pub use components::{AuthProvider, LoginButton, LogoutButton, SignedIn, SignedOut};
pub use config::{AuthConfig, ConfigError};
pub use oauth::{AccessToken, Flow, ReturnPath, Scopes, TokenStorage};
pub use session::{CompletionError, EndReason, LoginOutcome, StartError};
