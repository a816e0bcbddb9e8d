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
//! `oauth` is the protocol, pure. `session` owns the token and lends it to one call at a time. `api` calls a web API with it, and `spotify`
//! knows what Spotify's answers. `browser` is everything that touches the browser.
//!
//! # Features
//! - `spotify` (on by default): `AuthConfig::spotify`, and the module `spotify`, models of what Spotify's Web API answers.
#![deny(missing_docs, unnameable_types)]
#![cfg_attr(
    not(feature = "internals"),
    allow(
        dead_code,
        unused_imports,
        reason = "Stagedoor's own app and tests use more of it than the public API does"
    )
)]

mod api;
mod auth;
mod browser;
mod components;
mod config;
mod lenient;
mod oauth;
mod session;
#[cfg(feature = "spotify")]
pub mod spotify;
mod store;
mod url;

pub use api::ApiError;
pub use auth::{Auth, AuthError, AuthState, CallError, Session, provide_auth, use_auth};
pub use components::{AuthProvider, LoginButton, LogoutButton, SignedIn, SignedOut};
pub use config::{AuthConfig, ConfigError};
pub use oauth::{AccessToken, Flow, ReturnPath, Scopes, TokenStorage};
pub use session::{CompletionError, EndReason, LoginOutcome, RefusedLogin, StartError};

/// What the errors in [the crate's root](crate) are made of.
pub mod error {
    pub use crate::browser::random::RandomUnavailable;
    pub use crate::oauth::{
        ErrorCode, ErrorResponse, FormError, MalformedReason, MalformedResponse, ResponseError, State, TokenError,
    };
    pub use crate::store::StorageRefused;
    pub use crate::url::UrlError;
}

/// What Stagedoor's own app and tests use beyond the public API. It is no part of that, and changes without notice.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals {
    pub use crate::config::for_client;

    pub mod api {
        pub use crate::api::*;
    }
    pub mod browser {
        pub use crate::browser::*;
    }
    pub mod oauth {
        pub use crate::oauth::*;
    }
    pub mod session {
        pub use crate::session::*;
    }
    pub mod store {
        pub use crate::store::*;
    }
    pub mod url {
        pub use crate::url::*;
    }
}

/// The code in the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
