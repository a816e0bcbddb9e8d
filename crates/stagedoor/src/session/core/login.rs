//! How a login starts, and how a response completes it.

use super::event::{Effect, RequestId, Timer, WantedLogin};
use super::machine::Core;
use super::message::LoginMessage;
use super::rule::Rule;
use super::{
    ANSWERED_LOG_OUT, ActiveSession, CompletionError, Destination, LOGGED_OUT, LoginOutcome, LoginProgress,
    RefreshState, RefusedLogin, Seen, completion, pending_logins,
};
use crate::oauth::{
    CodeGrant, CodeVerifier, Flow, Grant, PendingLogin, ResponseUrl, ReturnPath, Scopes, State, StoredLogin,
    TokenError, TokenGrant, TokenResponse, authorize_url,
};
use crate::store::{StorageRefused, Store};

/// How long the redirect may take before it counts as one that did not take place, in milliseconds.
const REDIRECT_MS: u64 = 10_000;
/// How long the redirect waits for a refresh in progress, in milliseconds.
const LEAVE_MS: u64 = 3_000;
/// How long the tab that has started a login has to take its response from another one, in milliseconds.
const OFFER_MS: u64 = 250;

impl<T: Store, S: Store> Core<T, S> {
    /// Starts a login: stores the pending login that the response is checked against, then redirects to the authorization server.
    /// Does nothing while another login is in progress.
    ///
    /// # Errors
    /// [`StorageRefused`]; the session is as before.
    pub fn log_in(&mut self, wanted: WantedLogin, seen: Seen) -> Result<Vec<Effect>, StorageRefused> {
        self.seen = seen;
        if !self.login.is_idle() {
            return Ok(Vec::new());
        }
        let now = seen.time.wall;
        let state = State::from_random(&wanted.state);
        let verifier = match wanted.config.client.flow {
            Flow::Implicit => None,
            Flow::Pkce => Some(CodeVerifier::from_random(&wanted.verifier)),
        };
        let pending = PendingLogin {
            client: wanted.config.client.clone(),
            scopes: wanted.scopes,
            verifier,
            return_to: wanted.return_to,
            token_storage: wanted.config.token_storage,
            created_at: now,
        };
        pending_logins::add(&self.tab, &state, pending, now)?;
        self.started = Some(state.clone());
        let to = Destination::Server {
            config: wanted.config,
            asks_for_consent: self.asks_for_consent(),
        };
        self.set_out(state, to);
        Ok(self.take_effects())
    }

    /// Leaves the page, as soon as that loses nothing.
    fn set_out(&mut self, login: State, to: Destination) {
        let redirect = self.number();
        self.login = LoginProgress::Leaving { redirect, login, to };
        self.effect(Effect::SetTimer(Timer::Leave(redirect), LEAVE_MS));
        self.leave_unless_refreshing();
    }

    /// Leaves the page, unless the answer to a refresh is awaited that would be lost.
    pub(super) fn leave_unless_refreshing(&mut self) {
        if self.refresh.attempt().is_none() || self.lacks(Rule::LoginWaits) {
            self.leave();
        }
    }

    /// Leaves the page, whatever is awaited: long enough.
    pub(super) fn leave_at_last(&mut self, number: u32) {
        if matches!(self.login, LoginProgress::Leaving { redirect, .. } if redirect == number) {
            self.leave();
        }
    }

    fn leave(&mut self) {
        let LoginProgress::Leaving { redirect, login, to } = &self.login else {
            return;
        };
        let (redirect, url) = (*redirect, self.url(login, to));
        let Some(url) = url else {
            return self.abandon_redirect();
        };
        self.login = LoginProgress::Redirecting(redirect);
        if self.refresh.attempt().is_some() && !self.lacks(Rule::LoginWaits) {
            self.end_attempt(RefreshState::Idle);
        }
        self.effect(Effect::SetTimer(Timer::Redirect(redirect), REDIRECT_MS));
        self.effect(Effect::Redirect(url));
    }

    /// The URL of a destination, unless the login is over. What it asks for is decided at leaving, since somebody may have logged out
    /// meanwhile.
    fn url(&self, login: &State, to: &Destination) -> Option<String> {
        let StoredLogin::Pending(pending) = pending_logins::get(&self.tab, login)? else {
            return None;
        };
        Some(match to {
            Destination::Server {
                config,
                asks_for_consent,
            } => {
                let asks_for_consent = *asks_for_consent || self.asks_for_consent();
                authorize_url(&pending, login, config.further.of_request(asks_for_consent))
            }
            Destination::Callback(response) => response.at(&pending.client.redirect_uri),
        })
    }

    /// Whether the next login has to ask for consent, and so for an account: after a log-out in this browser, since the server may know
    /// the person still; and after a scope that was asked for did not come.
    pub fn asks_for_consent(&self) -> bool {
        let is_incomplete =
            |session: &ActiveSession| !session.requested_scopes.missing_from(&session.scopes).is_empty();
        (self.is_log_out_unanswered() && !self.lacks(Rule::Consent))
            || self.tab.get(LOGGED_OUT) == Some(true)
            || self.lacks_scope
            || self.active().is_some_and(|session| is_incomplete(session))
    }

    /// Notes that a call lacked these scopes. Where the login had asked for them, the next one asks for consent in any case.
    pub fn note_missing(&mut self, scopes: &Scopes) {
        let requested = |session: &ActiveSession| scopes.missing_from(&session.requested_scopes).is_empty();
        if !scopes.is_empty() && self.active().is_some_and(|session| requested(session)) {
            self.lacks_scope = true;
        }
    }

    /// The page is still there: Back from the authorization server, or a redirect that was stopped.
    pub(super) fn abandon_redirect(&mut self) {
        if self.login.is_redirecting() {
            self.login = LoginProgress::Idle;
        }
    }

    /// The page is still there, although the redirect has had its time.
    pub(super) fn redirect_timed_out(&mut self, number: u32) {
        if matches!(self.login, LoginProgress::Redirecting(redirect) if redirect == number) {
            self.login = LoginProgress::Idle;
        }
    }

    /// Completes the login that a response answers.
    pub(super) fn respond(&mut self, response: ResponseUrl) {
        match completion::check(&self.tab, &response, self.seen.time.wall) {
            Ok(Some(Grant::Token(grant))) => self.start_session(grant),
            Ok(Some(Grant::Code(code))) => self.redeem(code),
            Ok(None) => {}
            Err(refused) => {
                self.outcome = LoginOutcome::Offered(refused);
                self.offer(response);
            }
        }
    }

    /// Offers a response to the tab that has started its login, where this one does not know it. That is the case where an app of the
    /// device has taken the login over, or a link in a mail has led back.
    fn offer(&mut self, response: ResponseUrl) {
        let Some(login) = self.outcome.offered().cloned() else {
            return self.nobody_took();
        };
        self.effect(Effect::Send(login, LoginMessage::Response(response)));
        self.effect(Effect::SetTimer(Timer::Offer, OFFER_MS));
    }

    /// No other tab has taken the response.
    pub(super) fn nobody_took(&mut self) {
        self.outcome = match std::mem::replace(&mut self.outcome, LoginOutcome::None) {
            LoginOutcome::Offered(refused) => LoginOutcome::Refused(refused),
            outcome => outcome,
        };
    }

    /// Another tab completes the login of the response that came into this one; also where it says so late.
    pub(super) fn taken(&mut self, login: &State) {
        if self.outcome.offered() == Some(login) {
            self.outcome = LoginOutcome::Elsewhere;
        }
    }

    /// Completes a login of this page with the response that came into another tab: opens it, as the server would have done. A tab that
    /// was duplicated since has the pending login as well, and leaves it to this one.
    pub(super) fn take_over(&mut self, login: &State, response: ResponseUrl) {
        let is_started_here = self.started.as_ref() == Some(login);
        let is_pending = matches!(pending_logins::get(&self.tab, login), Some(StoredLogin::Pending(_)));
        let is_free = !matches!(self.login, LoginProgress::Redeeming(..));
        if is_started_here && is_pending && is_free && !self.lacks(Rule::TakeOver) {
            let login = login.clone();
            self.effect(Effect::Send(login.clone(), LoginMessage::Taken));
            self.set_out(login, Destination::Callback(response));
        }
    }

    /// Redeems a code, once: it is used up, whatever comes of it.
    fn redeem(&mut self, code: CodeGrant) {
        self.outcome = LoginOutcome::None;
        pending_logins::mark(&self.tab, code.login(), true, self.seen.time.wall);
        let request = RequestId(self.number());
        let (url, form) = (code.token_url().to_owned(), code.form());
        self.login = LoginProgress::Redeeming(request, code.into());
        self.effect(Effect::RequestToken { request, url, form });
    }

    /// The result of a token request.
    pub(super) fn token(&mut self, request: RequestId, result: Result<TokenResponse, TokenError>) {
        match std::mem::take(&mut self.login) {
            LoginProgress::Redeeming(redeeming, code) if redeeming == request => self.redeemed(*code, result),
            login => {
                self.login = login;
                self.refreshed(request, result);
            }
        }
    }

    fn redeemed(&mut self, code: CodeGrant, result: Result<TokenResponse, TokenError>) {
        // A page that is unloaded gets no answer either, and is to find the mark when it is loaded again.
        if result != Err(TokenError::Transient) {
            pending_logins::mark(&self.tab, code.login(), false, self.seen.time.wall);
        }
        match result {
            Ok(response) => self.start_session(code.redeem(response)),
            Err(error) => self.refuse(error.into(), code.return_to()),
        }
    }

    fn refuse(&mut self, error: CompletionError, return_to: &ReturnPath) {
        self.outcome = LoginOutcome::Refused(RefusedLogin::new(error, Some(return_to.clone())));
    }

    /// Starts the session of a grant, in place of the one before, if there was one.
    fn start_session(&mut self, grant: TokenGrant) {
        let now = self.seen.time.wall;
        let return_to = grant.pending.return_to.clone();
        self.token_storage = grant.pending.token_storage;
        let mark = self.last_log_out();
        let session = ActiveSession::new(grant, now, mark);
        self.effect(Effect::AbortCalls);
        if let Some(mark) = mark {
            let _ = self.shared.set(ANSWERED_LOG_OUT, &mark);
        }
        self.tab.remove(LOGGED_OUT);
        self.store(&session);
        self.forget_doubt();
        self.activate(session);
        self.outcome = LoginOutcome::Completed(return_to);
        self.look();
    }
}
