//! The session as a state machine: events in, effects out. Pure: time, randomness and stored text come in as arguments. It knows
//! `oauth` and `store`, and nothing of the browser; `simulator` tries to break it.

mod active;
mod calls;
mod completion;
mod event;
mod login;
mod machine;
mod message;
mod pending_logins;
mod refresh;
mod refresh_state;
mod rule;
#[cfg(test)]
mod simulator;
mod state;

pub use active::ActiveSession;
pub use completion::CompletionError;
pub(super) use event::{AttemptId, CallId, Effect, Event, RequestId, Seen, Timer, WantedLogin};
pub(super) use machine::Core;
pub use pending_logins::UnfinishedLogin;
pub(super) use pending_logins::unfinished;
use refresh_state::RefreshState;
use state::Destination;
pub(super) use state::LoginProgress;
pub use state::{EndReason, LoginOutcome, RefusedLogin, SessionState};

/// A moment by both clocks, in milliseconds. Deadlines go by the wall clock, which people and machines set; waits by the monotonic one,
/// which has no meaning in another page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    /// Since the Unix epoch.
    pub wall: u64,
    /// Since the page was opened.
    pub monotonic: u64,
}

#[cfg(test)]
impl Time {
    /// The moment `ms` milliseconds later.
    pub(super) fn after(self, ms: u64) -> Self {
        Self {
            wall: self.wall + ms,
            monotonic: self.monotonic + ms,
        }
    }
}

/// Key of the session's record in this tab's storage. `loader.js` looks whether it is there.
const RECORD: &str = "session";
/// Key of the mark in this tab's storage that the answer to a refresh is awaited.
const REFRESHING: &str = "refreshing";
/// Key of the latest log-out in the store that all tabs share.
const LOG_OUT: &str = "log-out";
/// Key of the latest log-out that somebody has logged in after, in the same store.
const ANSWERED_LOG_OUT: &str = "log-out-answered";
/// Key of the mark in this tab's storage that somebody has logged out, where the shared store does not take it; until the next login is
/// complete.
const LOGGED_OUT: &str = "logged-out";
