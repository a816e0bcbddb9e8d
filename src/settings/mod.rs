//! The settings of the deployment: `config.json`, fetched from beside `index.html` and completed by what was chosen in this browser. The
//! session is configured by them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use stagedoor::Scopes;
use stagedoor::error::StorageRefused;
use stagedoor::internals::browser::{location, timer};
use stagedoor::internals::session::Session;

use crate::browser::loader;
use crate::config::{Config, ConfigError};

mod flow_choice;
mod trial;

pub use trial::client_id;

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

/// The handle that pages and components take from their context.
#[derive(Clone, Copy)]
pub struct Settings {
    session: Session,
    state: RwSignal<ConfigState>,
}

impl Settings {
    /// Settings of `session` that are not there yet. Needs a reactive owner.
    pub fn create(session: Session) -> Self {
        Self {
            session,
            state: RwSignal::new(ConfigState::Loading),
        }
    }

    /// The configuration is there, and nothing else happens.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn arrived(self, config: Config) {
        self.state.set(ConfigState::Ready(config.into()));
    }

    /// Loads the configuration, or loads it again.
    pub fn load(self) {
        self.state.set(ConfigState::Loading);
        self.fetch();
    }

    /// Loads a configuration that failed again.
    pub fn retry(self) {
        if let ConfigState::Failed(error) = self.state.get_untracked() {
            self.state.set(ConfigState::Retrying(error));
            self.fetch();
        }
    }

    /// Requests a configuration that failed again from time to time, for the life of the page. Only while somebody is signed in:
    /// everybody else sees what is wrong, with a button.
    pub fn retry_in_the_background(self) {
        let is_missing = move || {
            let is_failed = self.state.with(|state| matches!(state, ConfigState::Failed(_)));
            is_failed && self.session.is_active().get()
        };
        timer::call_while(is_missing, RETRY_MS, move || self.fetch());
    }

    fn fetch(self) {
        spawn_local(async move {
            match fetch(&location::base_url()).await {
                Ok(config) => self.set(flow_choice::with_chosen(trial::with_trial(config))),
                Err(error) => self.state.set(ConfigState::Failed(error)),
            }
        });
    }

    fn set(self, config: Config) {
        let auth = config.auth();
        self.state.set(ConfigState::Ready(config.into()));
        self.session.configure(auth);
    }

    /// How far the configuration is.
    pub fn state(self) -> ConfigState {
        self.state.get()
    }

    /// The configuration, once it is there.
    pub fn config(self) -> Option<Arc<Config>> {
        self.state.with(ready)
    }

    /// [`Settings::config`] without tracking.
    pub fn config_untracked(self) -> Option<Arc<Config>> {
        self.state.try_with_untracked(ready)?
    }

    /// The scopes that a login requests by the configuration; none while that is not there.
    pub fn scopes(self) -> Scopes {
        self.config().map(|config| config.scopes.clone()).unwrap_or_default()
    }

    /// Tries a client ID in this tab, where none is configured.
    ///
    /// # Errors
    /// [`StorageRefused`].
    pub fn start_trial(self, client_id: &str) -> Result<(), StorageRefused> {
        trial::store(client_id)?;
        self.load();
        Ok(())
    }

    /// Ends the trial of a client ID.
    pub fn end_trial(self) {
        trial::remove();
        self.load();
    }

    /// Chooses the authorization code with PKCE for this deployment. The choice is stored until the configuration changes.
    pub fn choose_pkce(self) {
        if let Some(config) = self.config_untracked() {
            self.set(flow_choice::choose_pkce(&config));
        }
    }
}

fn ready(state: &ConfigState) -> Option<Arc<Config>> {
    match state {
        ConfigState::Ready(config) => Some(config.clone()),
        _ => None,
    }
}

/// The configuration. A server that fails, or does not answer, is asked twice.
async fn fetch(base_url: &str) -> Result<Config, ConfigError> {
    let mut result = Err(ConfigError::Unreachable);
    for _ in 0..2 {
        if let Some((status, body)) = loader::fetch_config().await {
            result = parse(status, &body, base_url);
        }
        if !matches!(result, Err(ConfigError::Unreachable | ConfigError::Status(500..))) {
            break;
        }
    }
    result
}

fn parse(status: u16, body: &str, base_url: &str) -> Result<Config, ConfigError> {
    if !(200..300).contains(&status) {
        return Err(ConfigError::Status(status));
    }
    Config::parse(body, base_url)
}
