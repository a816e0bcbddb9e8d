//! How a log-in begins, and how it ends before it has left the page. The half of a session that those need who have yet to
//! log in, so it must not know the other half: a first visit loads only this one.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::watch::call_while;
use super::{LogInError, Status, flow_choice, in_flight};
use crate::browser::storage::TabStore;
use crate::browser::{clock, location, random};
use crate::config::Config;
use crate::oauth::{Flow, Pending, ReturnTo, Scopes, State, Verifier, authorize_url};

/// How long the way to the authorization server may take before the page counts as having stayed, in milliseconds.
const LEAVING_MS: u64 = 10_000;

/// The handle for those who are to log in. Copy it freely.
#[derive(Clone, Copy)]
pub struct Departure {
    status: RwSignal<Status>,
    config: RwSignal<Option<Arc<Config>>>,
}

impl Departure {
    /// Nobody is signed in. A log-in that stays on the page after all is over, for the life of the page. Needs a reactive
    /// owner.
    pub fn create(config: Option<Arc<Config>>) -> Self {
        let departure = Self {
            status: RwSignal::new(Status::SignedOut(None)),
            config: RwSignal::new(config),
        };
        let show = window_event_listener(ev::pageshow, move |_| departure.stay());
        on_cleanup(move || show.remove());
        call_while(move || departure.is_leaving(), LEAVING_MS, move || departure.stay());
        departure
    }

    pub(super) fn status(self) -> RwSignal<Status> {
        self.status
    }

    pub(super) fn config(self) -> RwSignal<Option<Arc<Config>>> {
        self.config
    }

    /// Whether a log-in is on its way to the authorization server.
    pub fn is_leaving(self) -> bool {
        self.status.with(|status| matches!(status, Status::Leaving(_)))
    }

    /// Begins a log-in: stores what the answer will be held against, then leaves for the authorization server. A second call
    /// while one is on its way does nothing.
    ///
    /// # Errors
    /// [`LogInError`]; the session is as before.
    pub fn log_in(self, scopes: Scopes, return_to: ReturnTo) -> Result<(), LogInError> {
        let before = self.status.get_untracked();
        let Some(config) = self.config.get_untracked() else {
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
    /// As [`Departure::log_in`].
    pub fn log_in_by_pkce(self, scopes: Scopes, return_to: ReturnTo) -> Result<(), LogInError> {
        self.config.update(|config| {
            if let Some(config) = config {
                *config = flow_choice::choose_pkce(config).into();
            }
        });
        self.log_in(scopes, return_to)
    }

    /// Back on the page after all (Back from the authorization server, or the way there was stopped): as before.
    fn stay(self) {
        if self
            .status
            .with_untracked(|status| matches!(status, Status::Leaving(_)))
        {
            self.go_back();
        }
    }

    /// Ends a log-in under way; what was before is again.
    pub(super) fn go_back(self) {
        if let Status::Leaving(before) | Status::Completing(before) = self.status.get_untracked() {
            self.status.set(*before);
        }
    }
}
