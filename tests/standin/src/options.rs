//! How a stand-in behaves: what is set when it starts. Some of it can be changed later, see [`crate::Standin`].

use crate::data;
use serde_json::Value;
use std::time::Duration;

/// Whether `response_type=token` is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implicit {
    /// As by every server that allows RFC 6749 section 4.2.
    Granted,
    /// As by Spotify since November 2025: `#error=unsupported_response_type`.
    Refused,
}

/// Whether a refresh brings a new refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The answer has none, and the old one stays good.
    Never,
    /// The answer has a new one. An old one that comes again revokes everything from that log-in.
    Always,
}

/// Everything that can be chosen at the start.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Registered pairs of client id and redirect URI. A client with several redirect URIs has several pairs.
    pub clients: Vec<(String, String)>,
    /// Whether `response_type=token` is answered.
    pub implicit: Implicit,
    /// Whether `state` comes back with the refusal of [`Implicit::Refused`].
    pub refusal_keeps_state: bool,
    /// Whether an implicit response says `scope=`. Spotify's does not.
    pub scope_in_response: bool,
    /// How long a new access token lives, in seconds.
    pub expires_in: u64,
    /// Whether a refresh brings a new refresh token.
    pub rotation: Rotation,
    /// How long refresh tokens live, counted from the authorization and not from the last refresh.
    pub refresh_life: Duration,
    /// How long an authorization code can be redeemed.
    pub code_life: Duration,
    /// The one person who is always signed in: the full answer to `GET /v1/me`.
    pub person: Value,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            clients: Vec::new(),
            implicit: Implicit::Granted,
            refusal_keeps_state: true,
            scope_in_response: false,
            expires_in: 3600,
            rotation: Rotation::Never,
            refresh_life: Duration::from_secs(180 * 24 * 60 * 60),
            code_life: Duration::from_secs(10 * 60),
            person: data::ada(),
        }
    }
}

impl Options {
    /// The defaults, with one client.
    #[must_use]
    pub fn with_client(client_id: &str, redirect_uri: &str) -> Self {
        Self {
            clients: vec![(client_id.to_owned(), redirect_uri.to_owned())],
            ..Self::default()
        }
    }
}
