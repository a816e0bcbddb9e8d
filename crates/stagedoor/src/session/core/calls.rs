//! Lends the token of the session to calls of the Web API; a call that needs a newer one waits for it.

use std::sync::Arc;

use super::event::{CallId, Effect};
use super::machine::Core;
use super::rule::Rule;
use super::{ActiveSession, EndReason, RefreshState};
use crate::store::Store;

/// A call that waits for a newer token than the one it had.
#[derive(Debug)]
pub(super) struct WaitingCall {
    call: CallId,
    before: Arc<ActiveSession>,
}

impl<T: Store, S: Store> Core<T, S> {
    pub(super) fn call(&mut self, call: CallId) {
        self.look();
        match self.active().cloned() {
            None => self.effect(Effect::Refuse { call, is_over: true }),
            Some(session) if session.is_usable(self.seen.time.wall) || self.lacks(Rule::Deadline) => {
                self.effect(Effect::Lend(call, session));
            }
            Some(session) => self.wait_for_newer(call, session),
        }
    }

    pub(super) fn unauthorized(&mut self, call: CallId, lent: Arc<ActiveSession>, is_second: bool) {
        let is_newest = self.active().is_some_and(|session| !session.is_newer_than(&lent));
        if is_newest && self.refresh == RefreshState::Refused {
            self.end(&lent, EndReason::ClientRefused);
        } else if is_newest && (is_second || !lent.is_refreshable()) {
            self.end(&lent, EndReason::Rejected);
        }
        if is_second {
            // Where there is a newer one by now, the next attempt gets it.
            let is_over = !self.active().is_some_and(|session| session.is_same(&lent));
            self.effect(Effect::Refuse { call, is_over });
        } else {
            self.wait_for_newer(call, lent);
        }
    }

    /// Lets a call wait for a newer token, and refreshes the session unless there is one.
    fn wait_for_newer(&mut self, call: CallId, before: Arc<ActiveSession>) {
        if self
            .active()
            .is_some_and(|session| session.is_same(&before) && !session.is_newer_than(&before))
        {
            self.start_refresh();
        }
        self.calls.push(WaitingCall { call, before });
    }

    /// Answers the calls that wait for a newer token, as far as it is there or does not come.
    pub(super) fn settle_calls(&mut self) {
        let is_promising = self.refresh.is_promising(self.seen.time);
        for waiting in std::mem::take(&mut self.calls) {
            let call = waiting.call;
            let session = self.active().filter(|session| session.is_same(&waiting.before));
            match session {
                None => self.effect(Effect::Refuse { call, is_over: true }),
                Some(session) if session.is_newer_than(&waiting.before) && session.is_usable(self.seen.time.wall) => {
                    let session = session.clone();
                    self.effect(Effect::Lend(call, session));
                }
                Some(_) if is_promising => self.calls.push(waiting),
                Some(_) => self.effect(Effect::Refuse { call, is_over: false }),
            }
        }
    }
}
