//! The rules of the session that the simulator has to defend. In its tests one of them can be left out, to see that it notices; in the app
//! all of them hold.

use super::machine::Core;

/// A rule that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// An access token is lent before its deadline only.
    Deadline,
    /// A response completes its login once. The simulator leaves it out by itself, as the next one: it puts back what was taken.
    #[cfg(test)]
    SingleUse,
    /// A response that no login asked for changes nothing.
    #[cfg(test)]
    ForgedIsHarmless,
    /// The record is the session that there is.
    Record,
    /// Failed refreshes wait before the next.
    Wait,
    /// An attempt that fails is over.
    AttemptEnds,
    /// An attempt goes with its session.
    AttemptOfSession,
    /// Only time of trying counts before a session is given up.
    TimeOfTrying,
    /// A log-out is heeded at each event.
    HeedAtEachEvent,
    /// A session keeps the mark of the log-out that it found when it began, also over a reload.
    MarkOfSession,
    /// A log-out ends no session that begins after it.
    LaterSessionStays,
    /// The login after a log-out asks for an account.
    Consent,
    /// A log-out stops the redirect that is under way.
    StopRedirect,
    /// A client that is refused asks once.
    FinalRefusal,
    /// Its session lasts to its deadline.
    KeptToDeadline,
    /// A login waits for a refresh under way.
    LoginWaits,
    /// No refresh begins while the page leaves.
    NoRefreshWhileLeaving,
    /// After a reload in the middle of a refresh the access token is used to its end.
    Doubt,
    /// The lock does not tell the login.
    PrivateLock,
    /// Of the tabs that are about to send a refresh token one does.
    Bid,
    /// A tab whose refresh token is refused asks the others before it gives up.
    AskAgain,
    /// A timer that has seen a suspension is set again.
    SuspendedTimer,
    /// The tab that has started a login completes it with a response that came into another one.
    TakeOver,
    /// No tab but that one does. The simulator leaves it out by itself.
    #[cfg(test)]
    TakenByStarter,
}

#[cfg(test)]
impl Rule {
    /// All rules.
    pub(super) const ALL: [Self; 24] = [
        Self::Deadline,
        Self::SingleUse,
        Self::ForgedIsHarmless,
        Self::Record,
        Self::Wait,
        Self::AttemptEnds,
        Self::AttemptOfSession,
        Self::TimeOfTrying,
        Self::HeedAtEachEvent,
        Self::MarkOfSession,
        Self::LaterSessionStays,
        Self::Consent,
        Self::StopRedirect,
        Self::FinalRefusal,
        Self::KeptToDeadline,
        Self::LoginWaits,
        Self::NoRefreshWhileLeaving,
        Self::Doubt,
        Self::PrivateLock,
        Self::Bid,
        Self::AskAgain,
        Self::SuspendedTimer,
        Self::TakeOver,
        Self::TakenByStarter,
    ];
}

impl<T, S> Core<T, S> {
    /// Whether a rule is left out.
    #[cfg(test)]
    pub(super) fn lacks(&self, rule: Rule) -> bool {
        self.left_out == Some(rule)
    }

    /// No rule is left out.
    #[cfg(not(test))]
    #[allow(clippy::unused_self, reason = "as in tests")]
    pub(super) const fn lacks(&self, _: Rule) -> bool {
        false
    }
}
