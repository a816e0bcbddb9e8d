//! The configuration as the session has it: fetched from beside `index.html`, completed by what was chosen in this browser.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use super::core::Event;
use super::flow_override::with_chosen_flow;
use super::lifecycle::call_while;
use super::trial_client::{self, with_trial};
use crate::browser::abort::Abort;
use crate::browser::http;
use crate::browser::{loader, location};
use crate::config::{Config, ConfigError};
use crate::oauth::Scopes;
use crate::store::StorageRefused;

/// How long the file may take, in milliseconds.
const TIMEOUT_MS: u64 = 10_000;
/// The wait before a file that did not arrive is requested again while somebody is signed in, in milliseconds.
const RETRY_MS: u64 = 10_000;

/// How far the configuration is.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfigState {
    /// Requested; nothing is known of it yet.
    Loading,
    /// Missing or invalid; no login can start.
    Failed(ConfigError),
    /// Missing or invalid so far, and requested again.
    Retrying(ConfigError),
    /// It is there, and every value was accepted.
    Ready(Arc<Config>),
}

impl Session {
    /// A session that has the configuration, and never starts.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn configured(config: Config) -> Self {
        let session = Self::create();
        session.config.set(ConfigState::Ready(config.into()));
        session
    }

    /// Loads the configuration, or loads it again. A session that belongs to another client than the one configured ends.
    pub fn load_config(self) {
        self.config.set(ConfigState::Loading);
        self.fetch_config();
    }

    /// Loads a configuration that failed again.
    pub fn retry_config(self) {
        if let ConfigState::Failed(error) = self.config.get_untracked() {
            self.config.set(ConfigState::Retrying(error));
            self.fetch_config();
        }
    }

    fn fetch_config(self) {
        spawn_local(async move {
            match fetch(&location::base_url()).await {
                Ok(config) => self.configure(Arc::new(with_chosen_flow(with_trial(config)))),
                Err(error) => self.config.set(ConfigState::Failed(error)),
            }
        });
    }

    /// Requests a configuration that failed again from time to time, for the life of the page. Only while somebody is signed in:
    /// everybody else sees what is wrong, with a button.
    pub(super) fn retry_config_in_the_background(self) {
        let is_missing = move || {
            let is_failed = self.config.with(|state| matches!(state, ConfigState::Failed(_)));
            is_failed && self.is_active.get()
        };
        call_while(is_missing, RETRY_MS, move || self.fetch_config());
    }

    pub(super) fn configure(self, config: Arc<Config>) {
        let event = Event::Configured(Box::new(config.client.clone()), config.token_storage);
        self.config.set(ConfigState::Ready(config));
        self.handle(event);
    }

    /// How far the configuration is.
    pub fn config_state(self) -> ConfigState {
        self.config.get()
    }

    /// The configuration, once it is there.
    pub fn config(self) -> Option<Arc<Config>> {
        self.config.with(ready)
    }

    /// [`Session::config`] without tracking.
    pub fn config_untracked(self) -> Option<Arc<Config>> {
        self.config.try_with_untracked(ready)?
    }

    /// The scopes that a login requests by the configuration; none while that is not there.
    pub fn configured_scopes(self) -> Scopes {
        self.config().map(|config| config.scopes.clone()).unwrap_or_default()
    }

    /// Tries a client ID in this tab, where none is configured.
    ///
    /// # Errors
    /// [`StorageRefused`].
    pub fn start_trial(self, client_id: &str) -> Result<(), StorageRefused> {
        trial_client::store(client_id)?;
        self.load_config();
        Ok(())
    }

    /// Ends the trial of a client ID.
    pub fn end_trial(self) {
        trial_client::remove();
        self.load_config();
    }
}

fn ready(state: &ConfigState) -> Option<Arc<Config>> {
    match state {
        ConfigState::Ready(config) => Some(config.clone()),
        _ => None,
    }
}

async fn fetch(base_url: &str) -> Result<Config, ConfigError> {
    if let Some((status, body)) = loader::take_config().await
        && status < 500
    {
        return parse(status, &body, base_url);
    }
    let abort = Abort::after(TIMEOUT_MS).ok_or(ConfigError::Unreachable)?;
    let response = http::get_own(&format!("{base_url}config.json"), &abort).await;
    let response = response.map_err(|_| ConfigError::Unreachable)?;
    parse(
        response.status,
        &response.body.ok_or(ConfigError::Unreachable)?,
        base_url,
    )
}

fn parse(status: u16, body: &str, base_url: &str) -> Result<Config, ConfigError> {
    if !(200..300).contains(&status) {
        return Err(ConfigError::Status(status));
    }
    Config::parse(body, base_url)
}
