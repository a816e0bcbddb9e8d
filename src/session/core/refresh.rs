//! Refreshes the session without the person: ahead of the deadline, on waking up, and on a 401. One tab at a time does it, the
//! others adopt the new token.

use std::sync::Arc;

use super::event::{AttemptId, Effect, RequestId, Timer};
use super::machine::Core;
use super::message::TabMessage;
use super::{ActiveSession, EndReason, RefreshState, SessionState};
use crate::oauth::{ErrorCode, ErrorResponse, TokenError, TokenResponse};
use crate::store::Store;

/// How long another tab has to answer whether it has refreshed the session already, in milliseconds.
pub(super) const ANSWERS_MS: u64 = 250;
/// How long a tab waits for the lock, in milliseconds. Another tab may hold it and be suspended.
pub(super) const LOCK_MS: u64 = 15_000;
/// The lock that tabs hold while they refresh.
const LOCK: &str = "renew";

/// An attempt to refresh a session.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) id: AttemptId,
    /// The session as it was when the attempt began.
    before: Arc<ActiveSession>,
    step: Step,
}

impl Attempt {
    /// The session as it was when the attempt began.
    #[cfg(test)]
    pub(super) fn before(&self) -> &ActiveSession {
        &self.before
    }
}

/// How far an attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It waits for the lock.
    Lock,
    /// The other tabs were asked whether one of them has refreshed the session already.
    Ask,
    /// The token endpoint was asked.
    Request(RequestId),
    /// The token endpoint refused the refresh token; the other tabs were asked whether one of them has used it.
    AskAgain,
}

impl<T: Store, S: Store> Core<T, S> {
    /// Starts to refresh the session, unless that is in progress or is to wait.
    pub(super) fn start_refresh(&mut self) {
        let (Some(started), Some(before)) = (self.refresh.start(self.seen.time), self.active().cloned()) else {
            return;
        };
        self.refresh = started;
        let id = AttemptId(self.number());
        self.attempts.push(Attempt {
            id,
            before,
            step: Step::Lock,
        });
        self.effect(Effect::SetTimer(Timer::Lock(id), LOCK_MS));
        self.effect(Effect::AcquireLock(id, LOCK));
    }

    /// The lock is there. An attempt that has gone on without it does not need it any more.
    pub(super) fn locked(&mut self, id: AttemptId) {
        match self.attempt(id).map(|attempt| attempt.step) {
            Some(Step::Lock) => self.ask(id, Step::Ask),
            _ => self.effect(Effect::ReleaseLock(id)),
        }
    }

    pub(super) fn lock_timed_out(&mut self, id: AttemptId) {
        if self.attempt(id).is_some_and(|attempt| attempt.step == Step::Lock) {
            self.effect(Effect::ReleaseLock(id));
            self.ask(id, Step::Ask);
        }
    }

    /// Asks the other tabs for a newer token.
    fn ask(&mut self, id: AttemptId, step: Step) {
        if let Some(attempt) = self.attempts.iter_mut().find(|attempt| attempt.id == id) {
            attempt.step = step;
            let login = attempt.before.login().as_str().to_owned();
            self.effect(Effect::Send(TabMessage::Ask(login)));
            self.effect(Effect::SetTimer(Timer::Answers(id), ANSWERS_MS));
        }
    }

    /// Whether the session is as it was when the attempt began.
    fn is_unchanged(&self, before: &ActiveSession) -> bool {
        self.active()
            .is_some_and(|session| session.is_same(before) && session.refreshes == before.refreshes)
    }

    /// The other tabs had the time to answer.
    pub(super) fn answers_are_in(&mut self, id: AttemptId) {
        let Some(attempt) = self.attempt(id) else {
            return;
        };
        let (before, step) = (attempt.before.clone(), attempt.step);
        match (step, self.is_unchanged(&before)) {
            (Step::Ask, true) => self.request(id, &before),
            (Step::Ask, false) => {
                self.refresh = RefreshState::Idle;
                self.finish(id);
            }
            (Step::AskAgain, true) => {
                self.finish(id);
                self.end(&before, EndReason::Rejected);
            }
            (Step::AskAgain, false) => self.finish(id),
            (Step::Lock | Step::Request(_), _) => {}
        }
    }

    fn request(&mut self, id: AttemptId, before: &ActiveSession) {
        let Some(refresh_token) = &before.refresh_token else {
            return self.finish(id);
        };
        let (url, form) = (before.client.token_url.clone(), refresh_token.form(&before.client));
        let request = RequestId(self.number());
        if let Some(attempt) = self.attempts.iter_mut().find(|attempt| attempt.id == id) {
            attempt.step = Step::Request(request);
        }
        self.effect(Effect::RequestToken { request, url, form });
    }

    /// The result of the request for a new token.
    pub(super) fn refreshed(&mut self, request: RequestId, result: Result<TokenResponse, TokenError>) {
        let of_request = |attempt: &&Attempt| attempt.step == Step::Request(request);
        let Some(attempt) = self.attempts.iter().find(of_request) else {
            return;
        };
        let (id, before) = (attempt.id, attempt.before.clone());
        if !self.is_unchanged(&before) {
            return self.finish(id);
        }
        match result {
            Ok(response) => {
                let refreshed = before.refreshed(response, self.seen.time.wall);
                self.effect(Effect::Send(TabMessage::Session(refreshed.clone().into())));
                self.adopt(refreshed);
                self.finish(id);
            }
            // Another tab may have used the refresh token while this one was suspended.
            Err(TokenError::Refused(ErrorResponse {
                code: ErrorCode::InvalidGrant,
                ..
            })) => self.ask(id, Step::AskAgain),
            Err(_) => {
                self.refresh = self.refresh.failed(self.seen.time);
                self.finish(id);
                self.look();
            }
        }
    }

    fn finish(&mut self, id: AttemptId) {
        self.attempts.retain(|attempt| attempt.id != id);
        self.effect(Effect::ReleaseLock(id));
    }

    /// Goes on with the session as it was refreshed, here or in another tab.
    pub(super) fn adopt(&mut self, refreshed: ActiveSession) {
        self.store(&refreshed);
        self.refresh = RefreshState::Idle;
        self.state = SessionState::Active(Arc::new(refreshed));
    }

    /// Aborts the requests for a new token. Their results come all the same, as errors.
    pub(super) fn abort_refresh_requests(&mut self) {
        let request = |attempt: &Attempt| match attempt.step {
            Step::Request(request) => Some(request),
            _ => None,
        };
        let requests: Vec<_> = self.attempts.iter().filter_map(request).collect();
        for request in requests {
            self.effect(Effect::AbortRequest(request));
        }
    }
}
