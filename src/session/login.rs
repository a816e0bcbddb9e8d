//! How a login starts.

use std::sync::Arc;

use leptos::prelude::*;

use super::core::{WantedLogin, unfinished};
use super::driver::seen;
use super::start_error::check_start;
use super::{Session, StartError, UnfinishedLogin, flow_override};
use crate::browser::storage::TabStore;
use crate::browser::{clock, location, random};
use crate::config::Config;
use crate::oauth::{ReturnPath, Scopes};

impl Session {
    /// Starts a login for `scopes`: stores the pending login that the response is checked against, then redirects to the
    /// authorization server. Does nothing while another login is in progress.
    /// `return_to` is the page to come back to.
    ///
    /// # Errors
    /// [`StartError`]; the session is as before.
    pub fn log_in(self, scopes: Scopes, return_to: ReturnPath) -> Result<(), StartError> {
        let config = self.check_login()?;
        let wanted = WantedLogin {
            client: config.client.clone(),
            scopes,
            return_to,
            token_storage: config.token_storage,
            show_dialog: self.shows_dialog(&config),
            state: random::bytes()?,
            verifier: random::bytes()?,
        };
        let started = self.core.try_update_value(|core| core.log_in(wanted, seen()));
        self.follow(started.unwrap_or_else(|| Ok(Vec::new()))?);
        let is_idle = self.core.try_with_value(|core| core.login.is_idle());
        if is_idle == Some(true) {
            Err(StartError::RedirectRefused)
        } else {
            Ok(())
        }
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
        unfinished(&TabStore, clock::now_ms())
    }

    /// Whether the next login asks for consent, and so for an account, in any case: as configured; after a log-out in this browser,
    /// since the server may know the person still; and after a scope that was asked for did not come.
    pub fn shows_dialog(self, config: &Config) -> bool {
        let is_asked = self.core.try_with_value(|core| core.asks_for_consent());
        config.show_dialog || is_asked == Some(true)
    }

    /// Chooses the authorization code with PKCE for this deployment, then starts a login with it. The choice is stored until the
    /// configuration changes.
    ///
    /// # Errors
    /// As [`Session::log_in`].
    pub fn log_in_with_pkce(self, scopes: Scopes, return_to: ReturnPath) -> Result<(), StartError> {
        let config = flow_override::choose_pkce(self.check_login()?.as_ref());
        self.configure(config.into());
        self.log_in(scopes, return_to)
    }
}
