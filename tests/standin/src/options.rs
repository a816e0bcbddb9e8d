//! The start options of the stand-in. Some can be changed later through [`crate::Standin`].

use crate::sample_data;
use serde_json::Value;
use std::time::Duration;

/// Whether `response_type=token` is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implicit {
    /// Supported, as in RFC 6749 section 4.2.
    Granted,
    /// Refused with `#error=unsupported_response_type`, as by Spotify since November 2025.
    Refused,
}

/// Whether refresh tokens are rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The token response has no refresh token, and the old one stays valid.
    Never,
    /// The token response has a new refresh token. Reusing an old one revokes all tokens of that authorization.
    Always,
}

/// The start options.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for a free one.
    pub port: u16,
    /// Registered pairs of client ID and redirect URI. A client with several redirect URIs has several pairs.
    pub clients: Vec<(String, String)>,
    /// Whether `response_type=token` is supported.
    pub implicit: Implicit,
    /// Whether the error response of [`Implicit::Refused`] includes `state`.
    pub refusal_includes_state: bool,
    /// Whether an implicit response includes `scope`. Spotify's does not.
    pub scope_in_response: bool,
    /// The lifetime of new access tokens, in seconds.
    pub expires_in: u64,
    /// Whether refresh tokens are rotated.
    pub rotation: Rotation,
    /// The lifetime of refresh tokens, counted from the authorization and not from the last refresh.
    pub refresh_lifetime: Duration,
    /// The lifetime of authorization codes.
    pub code_lifetime: Duration,
    /// The profile of the one user, who is always signed in: the complete response to `GET /v1/me`.
    pub profile: Value,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            clients: Vec::new(),
            implicit: Implicit::Granted,
            refusal_includes_state: true,
            scope_in_response: false,
            expires_in: 3600,
            rotation: Rotation::Never,
            refresh_lifetime: Duration::from_secs(180 * 24 * 60 * 60),
            code_lifetime: Duration::from_secs(10 * 60),
            profile: sample_data::ada(),
        }
    }
}

impl Options {
    /// The defaults with one client.
    #[must_use]
    pub fn with_client(client_id: &str, redirect_uri: &str) -> Self {
        Self {
            clients: vec![(client_id.to_owned(), redirect_uri.to_owned())],
            ..Self::default()
        }
    }
}
