//! A log-in is completed, and a session logged out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Arrival, Ended, LOGGED_OUT_AT, Live, Session, Status, arrival, in_flight, logged_out_at};
use crate::browser::clock;
use crate::browser::loader::ResponseUrl;
use crate::browser::storage::{SharedStore, Store, TabStore};
use crate::oauth::{CodeGrant, Grant, Passed};

impl Session {
    pub(super) fn complete(self, response: &ResponseUrl, now: u64) {
        match arrival::complete(&TabStore, &response.query, &response.fragment, now) {
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
                self.departure().go_back();
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
        self.keep(&live);
        self.sign_in(live);
        self.arrival.set(Arrival::Complete(return_to));
        self.check();
    }

    /// Ends the session in every tab, and forgets every log-in in flight in this one.
    pub fn log_out(self) {
        let _ = SharedStore.set(LOGGED_OUT_AT, &clock::now_ms());
        in_flight::clear(&TabStore);
        self.drop_calls();
        self.forget(Ended::LoggedOut, |out| out);
    }
}
