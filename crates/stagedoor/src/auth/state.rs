//! What components see of a session, and why there is none. No token is in it.

use crate::api::ApiError;
use crate::oauth::Scopes;
use crate::session::{ActiveSession, CompletionError, EndReason, StartError};

/// Whether somebody is signed in, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthState {
    /// Nobody has signed in since the page was opened.
    SignedOut,
    /// Nobody is signed in, and a login is in progress: the page is about to leave for the authorization server, or has come back and redeems
    /// its code.
    LoggingIn,
    /// Somebody is signed in.
    SignedIn,
    /// A session has ended since the page was opened.
    Ended(EndReason),
}

/// What is known of the session there is. No token is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The scopes that were granted.
    pub scopes: Scopes,
    /// The scopes that were asked for.
    pub requested_scopes: Scopes,
    /// When the access token was received, in milliseconds since the Unix epoch.
    pub issued_at: u64,
    /// From when on the access token is not used any more, in milliseconds since the Unix epoch. Where the session can be refreshed, it goes
    /// on.
    pub deadline: u64,
    /// Whether the session is refreshed when its access token runs out.
    pub is_refreshable: bool,
}

impl Session {
    /// How long the access token lives still, in milliseconds, at `now` (milliseconds since the Unix epoch).
    pub fn remaining(&self, now: u64) -> u64 {
        self.deadline.saturating_sub(now)
    }

    pub(super) fn of(active: &ActiveSession) -> Self {
        Self {
            scopes: active.scopes.clone(),
            requested_scopes: active.requested_scopes.clone(),
            issued_at: active.issued_at,
            deadline: active.deadline,
            is_refreshable: active.is_refreshable(),
        }
    }
}

/// Why somebody could not log in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// The login could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The response completed no login.
    #[error(transparent)]
    Completion(#[from] CompletionError),
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Nobody is signed in, or the session ended before the call was answered.
    #[error("nobody is signed in")]
    SignedOut,
    /// The call failed.
    #[error(transparent)]
    Api(#[from] ApiError),
}
