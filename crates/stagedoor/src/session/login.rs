//! How a login starts.

use std::sync::Arc;

use leptos::prelude::*;

use super::core::{Core, WantedLogin, unfinished};
use super::driver::seen;
use super::start_error::check_start;
use super::{Session, StartError, UnfinishedLogin};
use crate::browser::storage::TabStore;
use crate::browser::{clock, location, random};
use crate::config::AuthConfig;
use crate::oauth::{Parameter, ReturnPath, Scopes};

impl Session {
    /// Starts a login for `scopes`: stores the pending login that the response is checked against, then redirects to the
    /// authorization server. Does nothing while another login is in progress.
    /// `return_to` is the page to come back to.
    ///
    /// # Errors
    /// [`StartError`]; the session is as before.
    pub fn log_in(self, scopes: Scopes, return_to: ReturnPath) -> Result<(), StartError> {
        let config = self.checked_config()?;
        let wanted = WantedLogin {
            scopes,
            return_to: return_to.unless_at(&config.client.redirect_uri, &location::base_url()),
            config,
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

    /// Checks that a login can start on this page.
    ///
    /// # Errors
    /// [`StartError`]: why none can. What only the attempt shows is not among it.
    pub fn check_login(self) -> Result<(), StartError> {
        self.checked_config().map(drop)
    }

    fn checked_config(self) -> Result<Arc<AuthConfig>, StartError> {
        let config = self.core.try_with_value(|core| core.configured.clone()).flatten();
        let config = config.ok_or(StartError::NotConfigured)?;
        if location::is_framed() {
            return Err(StartError::Framed);
        }
        check_start(&location::page_url(), &config)?;
        Ok(config)
    }

    /// The scopes that a login asks for by the configuration; none while the session is not configured.
    pub fn configured_scopes(self) -> Scopes {
        let scopes = |core: &Core<_, _>| Some(core.configured.as_ref()?.scopes().clone());
        self.core.try_with_value(scopes).flatten().unwrap_or_default()
    }

    /// What the latest login of this tab was waiting for, where it is not complete.
    pub fn unfinished_login(self) -> Option<UnfinishedLogin> {
        unfinished(&TabStore, clock::now_ms())
    }

    /// What the request of the next login carries beside the parameters of the protocol; none while the session is not configured.
    pub fn further_parameters(self) -> Vec<Parameter> {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let further = self.core.try_with_value(|core| {
            let config = core.configured.as_ref()?;
            let further = config.further.of_request(core.asks_for_consent());
            Some(further.into_iter().map(owned).collect())
        });
        further.flatten().unwrap_or_default()
    }
}
