//! Log in, complete, log out: the session's verbs.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{
    Arrival, Ended, LOGGED_OUT_AT, Live, LogInError, Session, Status, arrival, flow_choice, in_flight, logged_out_at,
};
use crate::browser::location::{self, ResponseParts};
use crate::browser::storage::{SharedStore, Store, TabStore};
use crate::browser::{clock, random};
use crate::oauth::{CodeGrant, Flow, Grant, Passed, Pending, ReturnTo, Scopes, State, Verifier, authorize_url};

impl Session {
    /// Begins a log-in: stores what the answer will be held against, then leaves for the authorization server. A second call
    /// while one is on its way does nothing.
    ///
    /// # Errors
    /// [`LogInError`]; the session is as before.
    pub fn log_in(self, scopes: Scopes, return_to: ReturnTo) -> Result<(), LogInError> {
        let before = self.status.get_untracked();
        let Some(config) = self.config() else {
            return Ok(());
        };
        if matches!(before, Status::Leaving(_) | Status::Completing(_)) {
            return Ok(());
        }
        if location::is_framed() {
            return Err(LogInError::Framed);
        }
        let state = State::from_random(&random::bytes()?);
        let verifier = match config.binding.flow {
            Flow::Implicit => None,
            Flow::Pkce => Some(Verifier::from_random(&random::bytes()?)),
        };
        let now = clock::now_ms();
        let pending = Pending {
            binding: config.binding.clone(),
            scopes,
            verifier,
            return_to,
            token_storage: config.token_storage,
            created_at: now,
        };
        let url = authorize_url(&pending, &state, config.show_dialog);
        in_flight::begin(&TabStore, &state, pending, now)?;
        self.status.set(Status::Leaving(Box::new(before)));
        if !location::leave_for(&url) {
            self.go_back();
            return Err(LogInError::Refused);
        }
        Ok(())
    }

    /// Chooses the authorization code with PKCE for this deployment, then begins a log-in with it. The choice is remembered
    /// until the configuration changes.
    ///
    /// # Errors
    /// As [`Session::log_in`].
    pub fn log_in_by_pkce(self, scopes: Scopes, return_to: ReturnTo) -> Result<(), LogInError> {
        self.config.update(|config| {
            if let Some(config) = config {
                *config = flow_choice::choose_pkce(config).into();
            }
        });
        self.log_in(scopes, return_to)
    }

    pub(super) fn complete(self, parts: &ResponseParts, now: u64) {
        match arrival::complete(&TabStore, &parts.query, &parts.fragment, now) {
            Ok(Some(Passed::Token(grant))) => self.begin(grant),
            Ok(Some(Passed::Code(code))) => {
                self.status
                    .update(|status| *status = Status::Completing(Box::new(status.clone())));
                spawn_local(self.redeem(code));
            }
            Ok(None) => {}
            Err(refused) => self.arrival.set(Arrival::Refused(refused)),
        }
    }

    /// Redeems a code, once. Whatever comes of it, the code is used up.
    async fn redeem(self, code: CodeGrant) {
        match self.post(code.token_url(), code.form()).await {
            Ok(answer) => self.begin(code.redeemed(answer)),
            Err(error) => {
                self.go_back();
                self.arrival.set(Arrival::Refused(error.into()));
            }
        }
    }

    /// Begins the session that a grant makes, in place of the one before, if there was one.
    fn begin(self, grant: Grant) {
        let now = clock::now_ms();
        let return_to = grant.return_to.clone();
        self.token_storage.set_value(grant.token_storage);
        let live = Live::begin(grant, now);
        self.drop_calls();
        if live.verdict(now, logged_out_at()) == Some(Ended::LoggedOutElsewhere) {
            SharedStore.remove(LOGGED_OUT_AT);
        }
        self.sign_in(live);
        self.arrival.set(Arrival::Complete(return_to));
        self.check();
    }

    /// Back on the page after all (Back from the authorization server, or the way there was stopped): as before.
    pub(super) fn stay(self) {
        if matches!(self.status.get_untracked(), Status::Leaving(_)) {
            self.go_back();
        }
    }

    /// Ends a log-in under way; what was before is again.
    fn go_back(self) {
        if let Status::Leaving(before) | Status::Completing(before) = self.status.get_untracked() {
            self.status.set(*before);
        }
    }

    /// Ends the session in every tab, and forgets every log-in in flight in this one.
    pub fn log_out(self) {
        let _ = SharedStore.set(LOGGED_OUT_AT, &clock::now_ms().to_string());
        in_flight::clear(&TabStore);
        self.drop_calls();
        self.forget(Ended::LoggedOut, |out| out);
    }
}
