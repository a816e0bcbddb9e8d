//! What a look at the clock leads to. Pure: everything that is seen comes in.

use super::refresh_state::{Overdue, RefreshState};
use super::{ActiveSession, EndReason, Time};

/// What is seen beside the session.
#[derive(Clone, Copy, Debug)]
pub(in crate::session) struct Look {
    /// The time.
    pub(in crate::session) time: Time,
    /// When somebody last logged out in any tab.
    pub(in crate::session) logged_out_at: Option<u64>,
    /// Whether the configuration is for another client or other servers.
    pub(in crate::session) is_reconfigured: bool,
    /// Whether nobody can see the page. With its timers slowed down it would hold the lock for long, and the visible page is the one
    /// that needs the token.
    pub(in crate::session) is_hidden: bool,
    /// How much earlier than others this tab refreshes.
    pub(in crate::session) jitter: u8,
}

/// What is to be done with the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) enum Verdict {
    /// It goes on as it is.
    Keep,
    /// It is to be refreshed.
    Refresh,
    /// It is over.
    End(EndReason),
}

impl Verdict {
    /// Judges `session`, whose refresh is as far as `refresh`, after it was `overdue`.
    pub(in crate::session) fn of(
        session: &ActiveSession,
        refresh: RefreshState,
        overdue: Overdue,
        look: &Look,
    ) -> Self {
        let now = look.time.wall;
        if look.is_reconfigured {
            Self::End(EndReason::Reconfigured)
        } else if let Some(reason) = session.end_reason(now, look.logged_out_at) {
            Self::End(reason)
        } else if overdue.is_given_up(refresh) {
            Self::End(EndReason::Expired)
        } else if !look.is_hidden && session.is_refresh_due(now, look.jitter) && refresh.start(look.time).is_some() {
            Self::Refresh
        } else {
            Self::Keep
        }
    }
}

#[cfg(test)]
mod tests;
