//! What a session is, when it begins, when it is refreshed and when it is over. Pure: time, randomness and stored text come in as
//! arguments. It knows `oauth` and `store`, and nothing of the browser.

mod active;
pub(super) mod completion;
#[cfg(test)]
#[allow(dead_code, reason = "the reactive session does not run it yet")]
mod event;
#[cfg(test)]
#[allow(dead_code, reason = "the reactive session does not run it yet")]
mod login;
#[cfg(test)]
#[allow(dead_code, reason = "the reactive session does not run it yet")]
mod machine;
pub(super) mod message;
pub(super) mod pending_logins;
#[cfg(test)]
#[allow(dead_code, reason = "the reactive session does not run it yet")]
mod refresh;
pub(super) mod refresh_state;
#[cfg(test)]
mod simulator;
mod state;
pub(super) mod verdict;

pub use active::ActiveSession;
pub use completion::CompletionError;
#[cfg(test)]
use event::Seen;
pub use pending_logins::UnfinishedLogin;
pub use refresh_state::RefreshState;
pub use state::{EndReason, LoginOutcome, LoginProgress, RefusedLogin, SessionState};

/// A moment by both clocks, in milliseconds. Deadlines go by the wall clock, which people and machines set; waits by the monotonic one,
/// which has no meaning in another page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
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
pub(super) const RECORD: &str = "session";
/// Key of the time of the last log-out in any tab, in milliseconds since the Unix epoch.
pub(super) const LOGGED_OUT_AT: &str = "logged-out-at";
/// Key of the mark in this tab's storage that somebody has logged out, until the next login is complete.
pub(super) const LOGGED_OUT: &str = "logged-out";
