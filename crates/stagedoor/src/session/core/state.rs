//! What a session can be, why it ended, and how far a login is. Pure.

use std::sync::Arc;

use super::{ActiveSession, CompletionError, RequestId};
use crate::config::AuthConfig;
use crate::oauth::{CodeGrant, ResponseUrl, ReturnPath, State};

/// The session there is, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionState {
    /// Nobody has signed in since this page was opened.
    SignedOut,
    /// Somebody is signed in.
    Active(Arc<ActiveSession>),
    /// A session has ended while this page was open.
    Ended(EndReason),
}

impl SessionState {
    /// The active session, if there is one.
    pub fn active(&self) -> Option<&Arc<ActiveSession>> {
        match self {
            Self::Active(session) => Some(session),
            _ => None,
        }
    }
}

/// The login in progress. Independent of the session: somebody who is signed in can log in again.
#[derive(Debug, Default)]
pub enum LoginProgress {
    /// No login is in progress.
    #[default]
    Idle,
    /// The page is left once no answer to a refresh is awaited.
    Leaving {
        /// The number of the redirect in this page.
        redirect: u32,
        /// The login.
        login: State,
        /// Where to.
        to: Destination,
    },
    /// The page is being left, by that redirect.
    Redirecting(u32),
    /// This authorization code is being redeemed at the token endpoint, by that request.
    Redeeming(RequestId, Box<CodeGrant>),
}

/// Where a login leads to.
#[derive(Debug)]
pub enum Destination {
    /// The authorization server.
    Server {
        /// The configuration that the login began with.
        config: Arc<AuthConfig>,
        /// Whether the server is to ask for consent in any case.
        asks_for_consent: bool,
    },
    /// The page for the response, with this one, which came into another tab.
    Callback(ResponseUrl),
}

impl LoginProgress {
    /// Whether no login is in progress.
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// Whether the page is being left, or about to be.
    pub fn is_redirecting(&self) -> bool {
        matches!(self, Self::Leaving { .. } | Self::Redirecting(_))
    }
}

/// What came of the authorization response that this page was opened with. It stays while the next login is in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginOutcome {
    /// There was none, or it was dealt with.
    None,
    /// No login of this tab has its `state`, and other tabs are asked; this comes of it where none answers.
    Offered(RefusedLogin),
    /// The tab that has started its login completes it.
    Elsewhere,
    /// It completed a login; this is the page to go on to.
    Completed(ReturnPath),
    /// It was refused; the session, if there is one, is as before.
    Refused(RefusedLogin),
}

impl LoginOutcome {
    /// The login that was offered to the other tabs. The one that has started it may still answer.
    pub(super) fn offered(&self) -> Option<&State> {
        match self {
            Self::Offered(refused) | Self::Refused(refused) => refused.unknown_login(),
            _ => None,
        }
    }
}

/// A response that completed no login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLogin {
    /// What was wrong with the response, or what it said.
    pub error: CompletionError,
    /// The page that its login was to lead back to; `None` where the response belongs to no login, or where another flow can help.
    pub return_to: Option<ReturnPath>,
}

impl RefusedLogin {
    pub(super) fn new(error: CompletionError, return_to: Option<ReturnPath>) -> Self {
        Self {
            return_to: return_to.filter(|_| !error.is_flow_refused()),
            error,
        }
    }

    /// The login of the response, where this tab does not know it.
    pub(super) fn unknown_login(&self) -> Option<&State> {
        match &self.error {
            CompletionError::Unsolicited { login, .. } => login.as_ref(),
            _ => None,
        }
    }
}

/// Without a page to lead back to.
impl From<CompletionError> for RefusedLogin {
    fn from(error: CompletionError) -> Self {
        Self::new(error, None)
    }
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// Log-out, in this tab.
    LoggedOut,
    /// Log-out, in another tab.
    LoggedOutElsewhere,
    /// The access token expired, and could not be refreshed.
    Expired,
    /// The server no longer accepts the access token (401) or the refresh token (`invalid_grant`).
    Rejected,
    /// The server no longer accepts the app itself (`invalid_client`, `unauthorized_client`), so the session could not be refreshed.
    ClientRefused,
    /// The app is configured for another client or other servers now.
    Reconfigured,
}
