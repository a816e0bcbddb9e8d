//! Refreshes the session without the person: ahead of the deadline, on waking up, and on a 401. One tab at a time does it, the
//! others adopt the new token.

use std::sync::Arc;

use super::event::{AttemptId, Effect, RequestId, Timer};
use super::machine::Core;
use super::message::{ASKING, BUSY, LoginMessage};
use super::refresh_state::{Asked, Attempt, Step};
use super::rule::Rule;
use super::{ActiveSession, EndReason, REFRESHING, RefreshState, SessionState};
use crate::oauth::{ErrorCode, ErrorResponse, TokenError, TokenResponse};
use crate::store::Store;

/// How long another tab has to answer whether it has refreshed the session already, in milliseconds.
const ANSWERS_MS: u64 = 250;
/// How much later than it should a timer runs out that has seen a suspension, in milliseconds.
const SUSPENDED_MS: u64 = 1_000;
/// How long a tab waits for the lock, in milliseconds. Another tab may hold it and be suspended.
const LOCK_MS: u64 = 15_000;

impl<T: Store, S: Store> Core<T, S> {
    /// Starts to refresh the session, unless that is in progress or is to wait. Not while the page leaves: the answer would be lost.
    pub(super) fn start_refresh(&mut self) {
        if self.login.is_redirecting() && !self.lacks(Rule::NoRefreshWhileLeaving) {
            return;
        }
        let id = AttemptId(self.number());
        let (Some(session), Some(started)) = (self.active(), self.refresh.start(self.seen.time, id)) else {
            return;
        };
        // Locks can be listed by every page of the origin, so the name is none that the session's channel could be found by.
        let lock = if self.lacks(Rule::PrivateLock) {
            session.login().as_str().to_owned()
        } else {
            session.login().digest()
        };
        let lock = format!("refresh:{lock}");
        self.refresh = started;
        self.effect(Effect::SetTimer(Timer::Lock(id), LOCK_MS));
        self.effect(Effect::AcquireLock(id, lock));
    }

    /// Ends the attempt in progress, if there is one, and goes on with `next`.
    pub(super) fn end_attempt(&mut self, next: RefreshState) {
        if let Some(Attempt { id, step }) = self.refresh.attempt().filter(|_| !self.lacks(Rule::AttemptOfSession)) {
            if let Step::Request(request) = step {
                self.effect(Effect::AbortRequest(request));
            }
            self.effect(Effect::ReleaseLock(id));
        }
        self.refresh = next;
    }

    /// The lock is there. An attempt that is over, or has gone on without it, does not need it any more.
    pub(super) fn locked(&mut self, id: AttemptId) {
        let step = Step::Lock;
        if self.refresh.attempt() == Some(Attempt { id, step }) {
            self.bid(id, self.rank(), Step::Bid(self.asked(0)));
        } else {
            self.effect(Effect::ReleaseLock(id));
        }
    }

    pub(super) fn lock_timed_out(&mut self, id: AttemptId) {
        let step = Step::Lock;
        if self.refresh.attempt() == Some(Attempt { id, step }) {
            self.effect(Effect::ReleaseLock(id));
            self.bid(id, self.rank(), Step::Bid(self.asked(0)));
        }
    }

    /// The rank of this tab among those that are about to send the refresh token: random, and above those of tabs that nobody sees where
    /// somebody sees this one.
    fn rank(&self) -> u64 {
        1 + u64::from(self.random) + if self.seen.is_hidden { 0 } else { 1 << 32 }
    }

    /// Tells the other tabs the rank of this one, which they have a moment to answer.
    fn bid(&mut self, id: AttemptId, rank: u64, step: Step) {
        self.refresh = self.refresh.at(step);
        self.tell_rank(rank);
        self.effect(Effect::SetTimer(Timer::Answers(id), ANSWERS_MS));
    }

    fn asked(&self, before: u8) -> Asked {
        let at = self.seen.time.monotonic;
        Asked { at, before }
    }

    fn tell_rank(&mut self, rank: u64) {
        if let Some(session) = self.active() {
            let bid = LoginMessage::Bid(session.refreshes, rank);
            self.tell(bid);
        }
    }

    /// Sends a message to the other tabs of the session.
    fn tell(&mut self, message: LoginMessage) {
        if let Some(session) = self.active() {
            let login = session.login().clone();
            self.effect(Effect::Send(login, message));
        }
    }

    /// Another tab tells its rank, and how often the session was refreshed as it has it.
    pub(super) fn answer_bid(&mut self, session: &ActiveSession, refreshes: u32, rank: u64) {
        if self.lacks(Rule::Bid) {
            return;
        }
        if session.refreshes > refreshes {
            return self.tell(LoginMessage::Session(session.clone().into()));
        }
        let own = match self.refresh.attempt().map(|attempt| attempt.step) {
            _ if session.refreshes != refreshes => return,
            Some(Step::Request(_)) => BUSY,
            Some(Step::Bid(_)) => self.rank(),
            _ => return,
        };
        if rank < own {
            self.tell_rank(own);
        } else if rank > own {
            self.end_attempt(self.refresh.yielded(self.seen.time));
        }
    }

    /// The other tabs had the time to answer; none had a newer token, since that ends the attempt. Time in which the page was suspended
    /// is none: what came meanwhile may come after this.
    pub(super) fn answers_are_in(&mut self, id: AttemptId) {
        let (Some(session), Some(attempt)) = (self.active().cloned(), self.refresh.attempt()) else {
            return;
        };
        let now = self.seen.time.monotonic;
        let is_ignored = self.lacks(Rule::SuspendedTimer);
        let was_suspended =
            |asked: Asked| !is_ignored && asked.before < 2 && now > asked.at + ANSWERS_MS + SUSPENDED_MS;
        match attempt.step {
            _ if attempt.id != id => {}
            Step::Bid(asked) if was_suspended(asked) => {
                self.bid(id, self.rank(), Step::Bid(self.asked(asked.before + 1)));
            }
            Step::Bid(_) => self.request(&session),
            Step::AskAgain(asked) if was_suspended(asked) => {
                self.bid(id, ASKING, Step::AskAgain(self.asked(asked.before + 1)));
            }
            Step::AskAgain(_) => self.end(&session, EndReason::Rejected),
            Step::Lock | Step::Request(_) => {}
        }
    }

    fn request(&mut self, session: &ActiveSession) {
        let Some(refresh_token) = &session.refresh_token else {
            return self.end_attempt(RefreshState::Idle);
        };
        let (url, form) = (session.client.token_url.clone(), refresh_token.form(&session.client));
        let request = RequestId(self.number());
        let _ = self.tab.set(REFRESHING, &true);
        self.refresh = self.refresh.at(Step::Request(request));
        self.effect(Effect::RequestToken { request, url, form });
    }

    /// The result of the request for a new token.
    pub(super) fn refreshed(&mut self, request: RequestId, result: Result<TokenResponse, TokenError>) {
        let (Some(session), Some(attempt)) = (self.active().cloned(), self.refresh.attempt()) else {
            return;
        };
        if attempt.step != Step::Request(request) {
            return;
        }
        self.tab.remove(REFRESHING);
        match result {
            Err(TokenError::Refused(_)) if self.lacks(Rule::AskAgain) => self.end(&session, EndReason::Rejected),
            Ok(response) => {
                let refreshed = session.refreshed(response, self.seen.time.wall);
                self.tell(LoginMessage::Session(refreshed.clone().into()));
                self.adopt(refreshed);
            }
            // Another tab may have used the refresh token while this one was suspended.
            Err(TokenError::Refused(ErrorResponse {
                code: ErrorCode::InvalidGrant,
                ..
            })) => self.bid(attempt.id, ASKING, Step::AskAgain(self.asked(0))),
            Err(TokenError::Refused(error)) if error.code.is_client_refused() && !self.lacks(Rule::FinalRefusal) => {
                // A call that waits although the clock says that the token is good has met a 401: there is nothing left to use.
                let is_unauthorized = session.is_usable(self.seen.time.wall) && !self.calls.is_empty();
                if is_unauthorized || self.lacks(Rule::KeptToDeadline) {
                    return self.end(&session, EndReason::ClientRefused);
                }
                self.end_attempt(RefreshState::Refused);
                self.look();
            }
            Err(_) if self.lacks(Rule::AttemptEnds) => {}
            Err(_) => {
                let next = self.refresh.failed(self.seen.time);
                self.end_attempt(if self.lacks(Rule::Wait) {
                    RefreshState::Idle
                } else {
                    next
                });
                self.look();
            }
        }
    }

    /// Goes on with the session as it was refreshed, here or in another tab. An attempt to replace the token before is over.
    pub(super) fn adopt(&mut self, refreshed: ActiveSession) {
        if !self.lacks(Rule::Record) {
            self.store(&refreshed);
        }
        self.forget_doubt();
        self.end_attempt(RefreshState::Idle);
        self.state = SessionState::Active(Arc::new(refreshed));
    }
}
