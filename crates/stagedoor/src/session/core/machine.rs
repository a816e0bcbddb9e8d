//! The session as a state machine: an [`Event`] comes in, [`Effect`]s come out. Owns the session of a tab, the login in progress and
//! the refresh; reads and writes the stores itself, since they answer at once.

use std::sync::Arc;

use super::calls::WaitingCall;
use super::event::{Effect, Event, Seen, Timer};
use super::message::{LogOutMark, LoginMessage};
use super::refresh_state::Overdue;
use super::rule::Rule;
use super::{
    ANSWERED_LOG_OUT, ActiveSession, EndReason, LOG_OUT, LOGGED_OUT, LoginOutcome, LoginProgress, RECORD, REFRESHING,
    RefreshState, SessionState, pending_logins,
};
use crate::config::AuthConfig;
use crate::oauth::{State, TokenStorage};
use crate::store::Store;

/// The session of a tab, with the store of the tab and the one that all tabs share.
#[derive(Debug)]
pub struct Core<T, S> {
    pub(in crate::session) tab: T,
    pub(super) shared: S,
    pub(super) seen: Seen,
    pub(in crate::session) state: SessionState,
    pub(in crate::session) login: LoginProgress,
    /// The login that this page has started last.
    pub(super) started: Option<State>,
    /// Whether the page was loaded again while a refresh was awaited, so that the refresh token may be used up.
    pub(super) is_doubtful: bool,
    pub(in crate::session) outcome: LoginOutcome,
    pub(in crate::session) refresh: RefreshState,
    pub(super) calls: Vec<WaitingCall>,
    pub(super) token_storage: TokenStorage,
    pub(in crate::session) is_stored: bool,
    pub(in crate::session) configured: Option<Arc<AuthConfig>>,
    /// Whether a call lacked a scope that the login of the session had asked for.
    pub(super) lacks_scope: bool,
    overdue: Overdue,
    /// Random, to spread the refreshes of tabs in time, and to rank them.
    pub(super) random: u32,
    last_number: u32,
    effects: Vec<Effect>,
    #[cfg(test)]
    pub(super) left_out: Option<Rule>,
}

impl<T: Store, S: Store> Core<T, S> {
    /// Nobody is signed in yet. `random` spreads the refreshes of tabs in time, and ranks them.
    pub fn new(tab: T, shared: S, random: u32) -> Self {
        Self {
            tab,
            shared,
            seen: Seen::default(),
            state: SessionState::SignedOut,
            login: LoginProgress::Idle,
            started: None,
            is_doubtful: false,
            outcome: LoginOutcome::None,
            refresh: RefreshState::Idle,
            calls: Vec::new(),
            token_storage: TokenStorage::Session,
            is_stored: true,
            configured: None,
            lacks_scope: false,
            overdue: Overdue::default(),
            random,
            last_number: 0,
            effects: Vec::new(),
            #[cfg(test)]
            left_out: None,
        }
    }

    /// Handles an event. The effects are to be carried out afterwards, in their order.
    pub fn handle(&mut self, event: Event, seen: Seen) -> Vec<Effect> {
        self.seen = seen;
        if !self.lacks(Rule::HeedAtEachEvent) {
            self.heed_log_out();
        }
        match event {
            Event::Shown { response } => {
                self.abandon_redirect();
                if self.active().is_none() {
                    self.restore();
                }
                if let Some(response) = response {
                    self.respond(response);
                }
                self.look();
            }
            Event::Response(response) => self.respond(response),
            Event::RedirectFailed => self.abandon_redirect(),
            Event::LogOut(mark) => self.log_out(mark),
            Event::Look => self.look(),
            Event::Configured(config) => self.configure(config),
            Event::Online => {
                self.refresh = self.refresh.woken(seen.time);
                self.look();
            }
            Event::Locked(attempt) => self.locked(attempt),
            Event::Timer(Timer::Lock(attempt)) => self.lock_timed_out(attempt),
            Event::Timer(Timer::Answers(attempt)) => self.answers_are_in(attempt),
            Event::Timer(Timer::Leave(number)) => self.leave_at_last(number),
            Event::Timer(Timer::Redirect(number)) => self.redirect_timed_out(number),
            Event::Timer(Timer::Offer) => self.nobody_took(),
            Event::Token(request, result) => self.token(request, result),
            Event::Message(login, message) => self.receive(&login, message),
            Event::LoggedOut(mark) => self.end_by(mark),
            Event::Call(call) => self.call(call),
            Event::Unauthorized { call, lent, is_second } => self.unauthorized(call, lent, is_second),
        }
        self.settle_calls();
        self.leave_unless_refreshing();
        self.take_effects()
    }

    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The next number, for whatever needs one of its own.
    pub(super) fn number(&mut self) -> u32 {
        self.last_number = self.last_number.wrapping_add(1);
        self.last_number
    }

    /// The active session.
    pub fn active(&self) -> Option<&Arc<ActiveSession>> {
        self.state.active()
    }

    /// The logins whose channels this page listens to: that of its session, the one that it has started last, and that of a response
    /// which came into it and belongs to another tab.
    pub fn heard(&self) -> impl Iterator<Item = &State> {
        let session = self.active().map(|session| session.login());
        session.into_iter().chain(&self.started).chain(self.outcome.offered())
    }

    /// Forgets what came of the response, once that was shown and its page is left.
    pub fn clear_outcome(&mut self) {
        self.outcome = LoginOutcome::None;
    }

    /// The latest log-out in any tab.
    pub(super) fn last_log_out(&self) -> Option<LogOutMark> {
        self.shared.get(LOG_OUT)
    }

    /// Whether nobody has logged in since the latest log-out.
    pub(super) fn is_log_out_unanswered(&self) -> bool {
        let mark = self.last_log_out();
        mark.is_some() && mark != self.shared.get(ANSWERED_LOG_OUT)
    }

    /// Ends the session where somebody has logged out of it in another tab. At each event, so that none misses it, whatever comes first
    /// after the page was suspended.
    fn heed_log_out(&mut self) {
        if let Some(mark) = self.last_log_out() {
            self.end_by(mark);
        }
    }

    fn end_by(&mut self, mark: LogOutMark) {
        let is_later = |session: &ActiveSession| !session.is_ended_by(mark) && !self.lacks(Rule::LaterSessionStays);
        if self.active().is_some_and(|session| !is_later(session)) {
            self.forget(EndReason::LoggedOutElsewhere);
        }
    }

    fn restore(&mut self) {
        let Some(mut session) = ActiveSession::restore(&self.tab) else {
            return;
        };
        if self.lacks(Rule::MarkOfSession) {
            session.mark = self.last_log_out();
        }
        if session.is_expired(self.seen.time.wall) {
            return self.forget(EndReason::Expired);
        }
        self.activate(session);
        self.is_doubtful = self.tab.get(REFRESHING) == Some(true);
        self.heed_log_out();
    }

    /// A configuration. A session that belongs to another client or other servers ends.
    fn configure(&mut self, config: Arc<AuthConfig>) {
        let is_moved = self.token_storage != config.token_storage;
        self.token_storage = config.token_storage;
        self.configured = Some(config);
        self.look();
        if let (true, Some(session)) = (is_moved, self.active().cloned()) {
            self.store(&session);
        }
    }

    /// Looks at the clock: ends the session when it is over, refreshes it when that is due. Not while
    /// nobody can see the page: with its timers slowed down it would hold the lock for long, and the visible page is the one that needs
    /// the token.
    pub(super) fn look(&mut self) {
        if self.lacks(Rule::HeedAtEachEvent) {
            self.heed_log_out();
        }
        let Some(session) = self.active().cloned() else {
            return;
        };
        let Seen {
            time,
            is_hidden,
            is_online,
        } = self.seen;
        let before = self.overdue;
        self.overdue = before.look(
            time,
            session.is_usable(time.wall),
            is_online && (!is_hidden || self.lacks(Rule::TimeOfTrying)),
        );
        if before.has_slept(time) {
            self.refresh = self.refresh.woken(time);
        }
        if let Some(reason) = self.end_reason(&session) {
            return self.end(&session, reason);
        }
        // Where the refresh token may be used up, the access token is used to its end first.
        let is_kept = self.is_doubtful && session.is_usable(time.wall) && !self.lacks(Rule::Doubt);
        if !is_hidden && !is_kept && session.is_refresh_due(time.wall, self.random.to_le_bytes()[0]) {
            self.start_refresh();
        }
    }

    fn end_reason(&self, session: &ActiveSession) -> Option<EndReason> {
        let configured = self.configured.as_ref();
        if configured.is_some_and(|configured| !session.fits(&configured.client)) {
            return Some(EndReason::Reconfigured);
        }
        if self.refresh == RefreshState::Refused && !session.is_usable(self.seen.time.wall) {
            return Some(EndReason::ClientRefused);
        }
        let given_up = self.overdue.is_given_up(self.refresh).then_some(EndReason::Expired);
        let expired = session.is_expired(self.seen.time.wall).then_some(EndReason::Expired);
        expired.or(given_up)
    }

    /// Goes on with `session`, in place of the one that there is.
    pub(super) fn activate(&mut self, session: ActiveSession) {
        self.end_attempt(RefreshState::Idle);
        self.lacks_scope = false;
        self.state = SessionState::Active(Arc::new(session));
    }

    /// There is no refresh token that may be used up.
    pub(super) fn forget_doubt(&mut self) {
        self.tab.remove(REFRESHING);
        self.is_doubtful = false;
    }

    /// Stores the record of a session where the configuration allows it, in one step.
    pub(super) fn store(&mut self, session: &ActiveSession) {
        let is_wanted = self.token_storage == TokenStorage::Session;
        self.is_stored = is_wanted && session.store(&self.tab).is_ok();
        if !self.is_stored {
            // What is stored still may be an older record of this session, whose tokens are used up.
            self.tab.remove(RECORD);
        }
    }

    /// Ends `session`. One that is not the current one is left alone, and so is a login in progress.
    pub(super) fn end(&mut self, session: &ActiveSession, reason: EndReason) {
        if self.active().is_some_and(|now| now.is_same(session)) {
            self.forget(reason);
        }
    }

    fn forget(&mut self, reason: EndReason) {
        self.tab.remove(RECORD);
        self.forget_doubt();
        let is_log_out = matches!(reason, EndReason::LoggedOut | EndReason::LoggedOutElsewhere);
        if is_log_out && !self.is_log_out_unanswered() {
            let _ = self.tab.set(LOGGED_OUT, &true);
        }
        self.end_attempt(RefreshState::Idle);
        self.effect(Effect::AbortCalls);
        self.state = SessionState::Ended(reason);
    }

    /// Ends the session in every tab, and every login in progress in this one.
    fn log_out(&mut self, mark: LogOutMark) {
        // The other tabs hear of it by both; neither is there in every browser.
        let _ = self.shared.set(LOG_OUT, &mark);
        self.effect(Effect::TellLogOut(mark));
        pending_logins::clear(&self.tab);
        match std::mem::take(&mut self.login) {
            LoginProgress::Idle => {}
            LoginProgress::Redeeming(request, _) => self.effect(Effect::AbortRequest(request)),
            redirecting if self.lacks(Rule::StopRedirect) => self.login = redirecting,
            _ => self.effect(Effect::StopRedirect),
        }
        self.forget(EndReason::LoggedOut);
    }

    fn receive(&mut self, login: &State, message: LoginMessage) {
        let session = self.active().filter(|session| session.login() == login).cloned();
        match (message, session) {
            (LoginMessage::Bid(refreshes, rank), Some(session)) => self.answer_bid(&session, refreshes, rank),
            (LoginMessage::Session(other), Some(session)) => {
                if let Some(refreshed) = session.adopt(*other) {
                    self.adopt(refreshed);
                }
            }
            (LoginMessage::Response(response), _) => self.take_over(login, response),
            (LoginMessage::Taken, _) => self.taken(login),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
