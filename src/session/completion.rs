//! How a login completes: the authorization response is checked against the pending login that it names; a token starts a session,
//! a code is redeemed for one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::core::completion::check;
use super::core::message::TabMessage;
use super::core::{LOGGED_OUT, LOGGED_OUT_AT, pending_logins};
use super::{
    ActiveSession, CompletionError, EndReason, LoginOutcome, LoginProgress, RefusedLogin, Session, logged_out_at,
};
use crate::browser::abort::Abort;
use crate::browser::clock;
use crate::browser::loader::ResponseUrl;
use crate::browser::storage::{SharedStore, TabStore};
use crate::oauth::{CodeGrant, Grant, ReturnPath, TokenError, TokenGrant};
use crate::spotify::TIMEOUT_MS;
use crate::store::Store;

impl Session {
    /// Completes the login that `response` answers.
    pub(super) fn complete(self, response: &ResponseUrl) {
        match check(&TabStore, &response.query, &response.fragment, clock::now_ms()) {
            Ok(Some(Grant::Token(grant))) => self.start_session(grant),
            Ok(Some(Grant::Code(code))) => match Abort::after(TIMEOUT_MS) {
                Some(abort) => {
                    self.outcome.set(LoginOutcome::None);
                    self.login.set(LoginProgress::Redeeming(code.login().clone()));
                    self.redemption.set_value(Some(abort.clone()));
                    pending_logins::mark(&TabStore, code.login(), true, clock::now_ms());
                    spawn_local(self.redeem(code, abort));
                }
                None => self.refuse(TokenError::Transient.into(), code.return_to()),
            },
            Ok(None) => {}
            Err(refused) => self.outcome.set(LoginOutcome::Refused(refused)),
        }
    }

    /// Redeems a code, once: it is used up, whatever comes of it. After a log-out in the meantime the result is dropped.
    async fn redeem(self, code: CodeGrant, abort: Abort) {
        let return_to = code.return_to().clone();
        let result = self.post(code.token_url(), code.form(), &abort).await;
        if self.login.try_get_untracked() != Some(LoginProgress::Redeeming(code.login().clone())) {
            return;
        }
        self.login.set(LoginProgress::Idle);
        // A page that is unloaded gets no answer either, and is to find the mark when it is loaded again.
        if result != Err(TokenError::Transient) {
            pending_logins::mark(&TabStore, code.login(), false, clock::now_ms());
        }
        match result {
            Ok(response) => self.start_session(code.redeem(response)),
            Err(error) => self.refuse(error.into(), &return_to),
        }
    }

    fn refuse(self, error: CompletionError, return_to: &ReturnPath) {
        let refused = RefusedLogin::new(error, Some(return_to.clone()));
        self.outcome.set(LoginOutcome::Refused(refused));
    }

    /// Starts the session of a grant, in place of the one before, if there was one.
    fn start_session(self, grant: TokenGrant) {
        let now = clock::now_ms();
        let return_to = grant.return_to.clone();
        self.token_storage.set_value(grant.token_storage);
        let session = ActiveSession::new(grant, now);
        self.abort_requests();
        if session.end_reason(now, logged_out_at()) == Some(EndReason::LoggedOutElsewhere) {
            SharedStore.remove(LOGGED_OUT_AT);
        }
        TabStore.remove(LOGGED_OUT);
        self.store(&session);
        self.activate(session);
        self.outcome.set(LoginOutcome::Completed(return_to));
        self.check();
    }

    /// Ends the session in every tab, and every login in progress in this one.
    pub fn log_out(self) {
        let now = clock::now_ms();
        // The other tabs hear of it by both; neither is there in every browser.
        let _ = SharedStore.set(LOGGED_OUT_AT, &now);
        self.send(&TabMessage::LoggedOut(now));
        pending_logins::clear(&TabStore);
        if matches!(self.login.get_untracked(), LoginProgress::Redeeming(_)) {
            self.redemption
                .update_value(|abort| abort.take().iter().for_each(Abort::now));
            self.login.set(LoginProgress::Idle);
        }
        self.abort_requests();
        self.forget(EndReason::LoggedOut);
    }
}
