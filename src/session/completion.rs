//! How a login completes: the authorization response is checked against the pending login that it names; a token starts a session,
//! a code is redeemed for one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::message::TabMessage;
use super::pending_logins::{self, Taken};
use super::{
    ActiveSession, EndReason, LOGGED_OUT, LOGGED_OUT_AT, LoginOutcome, LoginProgress, RefusedLogin, Session,
    logged_out_at,
};
use crate::browser::abort::Abort;
use crate::browser::clock;
use crate::browser::loader::ResponseUrl;
use crate::browser::storage::{SharedStore, Store, TabStore};
use crate::oauth::{
    AuthorizationResponse, CodeGrant, ErrorCode, ErrorResponse, Grant, MalformedResponse, ResponseBody, ResponseError,
    ReturnPath, TokenError, TokenGrant,
};
use crate::spotify::TIMEOUT_MS;

/// Why a response did not complete a login.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompletionError {
    /// It can't be parsed.
    #[error(transparent)]
    Malformed(#[from] MalformedResponse),
    /// No login of this tab has its `state`. It has no effect. Of an error response nothing but the code is kept: whoever made the
    /// link may have written the rest.
    #[error("the response is unsolicited")]
    Unsolicited(Option<ErrorCode>),
    /// Its login was answered before.
    #[error("the response was used before")]
    AlreadyUsed,
    /// It came after [`crate::oauth::PENDING_LIFETIME_MS`].
    #[error("the response comes too late")]
    TooLate,
    /// It fails a check, or is an error.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// Its code could not be redeemed.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl CompletionError {
    /// Whether the server does not offer this flow, so that another flow can help.
    pub fn is_flow_refused(&self) -> bool {
        match self {
            Self::Unsolicited(Some(code)) | Self::Response(ResponseError::Server(ErrorResponse { code, .. })) => {
                code.is_flow_refused()
            }
            _ => false,
        }
    }
}

impl Session {
    /// Completes the login that `response` answers.
    pub(super) fn complete(self, response: &ResponseUrl) {
        match check(&TabStore, &response.query, &response.fragment, clock::now_ms()) {
            Ok(Some(Grant::Token(grant))) => self.start_session(grant),
            Ok(Some(Grant::Code(code))) => match Abort::after(TIMEOUT_MS) {
                Some(abort) => {
                    self.outcome.set(LoginOutcome::None);
                    self.login.set(LoginProgress::Redeeming(abort.clone()));
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
        if self.login.try_get_untracked() != Some(LoginProgress::Redeeming(abort)) {
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
        if let LoginProgress::Redeeming(abort) = self.login.get_untracked() {
            abort.now();
            self.login.set(LoginProgress::Idle);
        }
        self.abort_requests();
        self.forget(EndReason::LoggedOut);
    }
}

/// Checks a response against the pending logins in `store`. `None` where there is no response.
///
/// # Errors
/// [`RefusedLogin`]. Only the pending login that the response names by its `state` is touched, and it is over from now on.
pub(super) fn check(store: &impl Store, query: &str, fragment: &str, now: u64) -> Result<Option<Grant>, RefusedLogin> {
    let response = match AuthorizationResponse::parse(query, fragment) {
        Ok(response) if response.body == ResponseBody::Empty => return Ok(None),
        Ok(response) => response,
        Err(malformed) => {
            let taken = malformed
                .state
                .as_ref()
                .map(|state| pending_logins::take(store, state, now));
            let return_to = match taken {
                Some(Taken::Pending(pending)) => Some(pending.return_to),
                _ => None,
            };
            return Err(RefusedLogin::new(malformed.into(), return_to));
        }
    };
    let taken = match &response.state {
        Some(state) => pending_logins::take(store, state, now),
        None => Taken::Unknown,
    };
    match taken {
        Taken::Pending(pending) => {
            let return_to = Some(pending.return_to.clone());
            let grant = response.check(*pending);
            grant
                .map(Some)
                .map_err(|error| RefusedLogin::new(error.into(), return_to))
        }
        Taken::TooOld => Err(CompletionError::TooLate.into()),
        Taken::Answered => Err(CompletionError::AlreadyUsed.into()),
        Taken::Unknown => Err(CompletionError::Unsolicited(match response.body {
            ResponseBody::Error(error) => Some(error.code),
            _ => None,
        })
        .into()),
    }
}

#[cfg(test)]
mod tests;
