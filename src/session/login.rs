//! How a login starts, and how it ends where the redirect to the authorization server does not take place.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::core::{LOGGED_OUT, pending_logins};
use super::lifecycle::call_while;
use super::start_error::check_start;
use super::{ActiveSession, ConfigState, LoginProgress, Session, StartError, UnfinishedLogin, flow_override};
use crate::browser::storage::TabStore;
use crate::browser::{clock, location, random};
use crate::config::Config;
use crate::oauth::{CodeVerifier, Flow, PendingLogin, ReturnPath, Scopes, State, authorize_url};
use crate::store::Store;

/// How long the redirect may take before it counts as one that did not take place, in milliseconds.
const REDIRECT_TIMEOUT_MS: u64 = 10_000;

impl Session {
    /// Starts a login for `scopes`: stores the pending login that the response is checked against, then redirects to the
    /// authorization server. Does nothing while another login is in progress.
    /// `return_to` is the page to come back to.
    ///
    /// # Errors
    /// [`StartError`]; the session is as before.
    pub fn log_in(self, scopes: Scopes, return_to: ReturnPath) -> Result<(), StartError> {
        if self.login.get_untracked() != LoginProgress::Idle {
            return Ok(());
        }
        let config = self.check_login()?;
        let state = State::from_random(&random::bytes()?);
        let verifier = match config.client.flow {
            Flow::Implicit => None,
            Flow::Pkce => Some(CodeVerifier::from_random(&random::bytes()?)),
        };
        let now = clock::now_ms();
        let pending = PendingLogin {
            client: config.client.clone(),
            scopes,
            verifier,
            return_to,
            token_storage: config.token_storage,
            created_at: now,
        };
        let url = authorize_url(&pending, &state, self.shows_dialog(&config));
        pending_logins::add(&TabStore, &state, pending, now)?;
        if !location::assign(&url) {
            return Err(StartError::RedirectRefused);
        }
        self.login.set(LoginProgress::Redirecting);
        Ok(())
    }

    /// The configuration, where a login can start with it on this page.
    ///
    /// # Errors
    /// [`StartError`]: why none can. What only the attempt shows is not among it.
    pub fn check_login(self) -> Result<Arc<Config>, StartError> {
        let config = self.config_untracked().ok_or(StartError::NotConfigured)?;
        if location::is_framed() {
            return Err(StartError::Framed);
        }
        check_start(&location::page_url(), &config.client)?;
        Ok(config)
    }

    /// What the latest login of this tab was waiting for, where it is not complete.
    pub fn unfinished_login(self) -> Option<UnfinishedLogin> {
        pending_logins::unfinished(&TabStore, clock::now_ms())
    }

    /// Whether the next login asks for consent, and so for an account, in any case: as configured; after a log-out in this tab, since
    /// the server may know the person still; and after a scope that was asked for did not come.
    pub fn shows_dialog(self, config: &Config) -> bool {
        let is_incomplete =
            |active: Arc<ActiveSession>| !active.requested_scopes.missing_from(&active.scopes).is_empty();
        config.show_dialog
            || TabStore.get(LOGGED_OUT) == Some(true)
            || self.lacks_scope.get_value()
            || self.active_untracked().is_some_and(is_incomplete)
    }

    /// Chooses the authorization code with PKCE for this deployment, then starts a login with it. The choice is stored until the
    /// configuration changes.
    ///
    /// # Errors
    /// As [`Session::log_in`].
    pub fn log_in_with_pkce(self, scopes: Scopes, return_to: ReturnPath) -> Result<(), StartError> {
        let config = flow_override::choose_pkce(self.check_login()?.as_ref());
        self.config.set(ConfigState::Ready(config.into()));
        self.log_in(scopes, return_to)
    }

    /// Notices that this page is still there after a redirect: Back from the authorization server, or a redirect that was stopped.
    /// For the life of the page.
    pub(super) fn watch_for_abandoned_redirects(self) {
        let shown = window_event_listener(ev::pageshow, move |_| self.abandon_redirect());
        on_cleanup(move || shown.remove());
        call_while(
            move || self.is_redirecting(),
            REDIRECT_TIMEOUT_MS,
            move || self.abandon_redirect(),
        );
    }

    fn abandon_redirect(self) {
        if self.login.get_untracked() == LoginProgress::Redirecting {
            self.login.set(LoginProgress::Idle);
        }
    }
}
