//! What a session can be, and why it ended. Pure.

use std::sync::Arc;

use super::Live;
use crate::browser::random::NoRandomness;
use crate::browser::storage::StorageRefused;

/// The session, as one enum.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Nobody is signed in. The reason is there when a session has ended while this page was open.
    SignedOut(Option<Ended>),
    /// The page is on its way to the authorization server; within is what was before, for those who come back.
    Leaving(Box<Status>),
    /// A code is being redeemed; within is what was before, for the case that it fails.
    Completing(Box<Status>),
    /// Somebody is signed in.
    SignedIn(Arc<Live>),
}

impl Status {
    /// The session that lives and is shown.
    pub fn live(&self) -> Option<&Arc<Live>> {
        match self {
            Self::SignedIn(live) => Some(live),
            _ => None,
        }
    }

    /// The session that lives, also while another log-in is under way.
    pub(super) fn session(&self) -> Option<&Arc<Live>> {
        match self {
            Self::SignedIn(live) => Some(live),
            Self::Leaving(before) | Self::Completing(before) => before.session(),
            _ => None,
        }
    }

    /// Puts a renewed session in the place of the one that lives.
    pub(super) fn replace(&mut self, renewed: Arc<Live>) {
        match self {
            Self::SignedIn(live) => *live = renewed,
            Self::Leaving(before) | Self::Completing(before) => before.replace(renewed),
            Self::SignedOut(_) => {}
        }
    }
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By the person, here.
    LoggedOut,
    /// By the person, in another tab.
    LoggedOutElsewhere,
    /// By time.
    Expired,
    /// By the Web API, which did not accept the token any more (401).
    Rejected,
    /// Because the app is configured for another client or other servers now.
    Reconfigured,
}

/// Why a log-in could not begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogInError {
    /// No randomness, so no state.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// What the answer is held against can't be stored.
    #[error(transparent)]
    Storage(#[from] StorageRefused),
    /// Another site shows the app inside a frame, where a log-in could be hijacked.
    #[error("the app is inside a frame")]
    Framed,
    /// The browser did not leave the page.
    #[error("the browser did not leave the page")]
    Refused,
}
