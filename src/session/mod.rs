//! The reactive session, the only owner of the token: log in, complete, expire, log out, in this tab and across tabs.
//!
//! One signal holds one enum, [`Status`]. What a status means and when it ends is pure ([`Live::verdict`]); this room only
//! wires it to storage, the clock and the browser's events. It knows the rooms `oauth`, `spotify` and `browser`, and no page.

mod arrival;
mod call;
mod in_flight;
mod live;
mod remote;
mod status;
mod watch;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::storage::{SharedStore, Store, TabStore};
use crate::browser::{abort::Abort, clock, location, random};
use crate::config::{Config, TokenStorage};
use crate::oauth::{Pending, ReturnTo, Scopes, State, authorize_url};

pub use arrival::{Arrival, Refused, take_response};
pub use call::CallError;
pub use live::{Live, Phase};
pub use remote::{Remote, RemoteCall};
pub use status::{Ended, LogInError, Status};

/// Key of the session's record in this tab's storage.
const RECORD: &str = "session";
/// Key of the mark that all tabs see: when somebody logged out, in milliseconds since the Unix epoch.
const LOGGED_OUT_AT: &str = "logged-out-at";

/// The handle that pages and components get. Copy it freely; it holds no secret itself.
#[derive(Clone, Copy)]
pub struct Session {
    status: RwSignal<Status>,
    arrival: RwSignal<Arrival>,
    kept: RwSignal<bool>,
    now: RwSignal<u64>,
    return_to: RwSignal<ReturnTo>,
    config: StoredValue<Option<Arc<Config>>>,
    calls: StoredValue<Vec<Abort>, LocalStorage>,
}

impl Session {
    /// A session that has not started yet, watching the clock and the other tabs for the life of the page. Needs a reactive
    /// owner.
    pub fn create() -> Self {
        let session = Self {
            status: RwSignal::new(Status::Starting),
            arrival: RwSignal::new(Arrival::Nothing),
            kept: RwSignal::new(true),
            now: RwSignal::new(clock::now_ms()),
            return_to: RwSignal::new(ReturnTo::default()),
            config: StoredValue::new(None),
            calls: StoredValue::new_local(Vec::new()),
        };
        watch::start(session);
        session
    }

    /// Starts the session once the configuration is there: takes up what this tab kept, then completes the log-in that
    /// `response` answers, if there is one.
    pub fn start(self, config: Arc<Config>, response: Option<location::ResponseParts>) {
        let now = clock::now_ms();
        self.config.set_value(Some(config.clone()));
        self.now.set(now);
        let restored = Live::restore(&TabStore, &config.binding, logged_out_at(), now);
        match restored {
            Ok(Some(live)) => self.sign_in(live),
            Ok(None) => self.status.set(Status::SignedOut(None)),
            Err(ended) => self.forget(ended),
        }
        if let Some(parts) = response {
            self.complete(&parts, &config, now);
        }
    }

    fn complete(self, parts: &location::ResponseParts, config: &Config, now: u64) {
        match arrival::complete(&TabStore, &parts.query, &parts.fragment, &config.binding, now) {
            Ok(Some(grant)) => {
                let return_to = grant.return_to.clone();
                self.drop_calls();
                let live = Live::begin(grant, now);
                if live.verdict(now, logged_out_at()) == Some(Ended::LoggedOutElsewhere) {
                    SharedStore.remove(LOGGED_OUT_AT);
                }
                self.sign_in(live);
                self.check();
                self.arrival.set(Arrival::Complete(return_to));
            }
            Ok(None) => {}
            Err(refused) => self.arrival.set(Arrival::Refused(refused)),
        }
    }

    fn sign_in(self, live: Live) {
        let to_be_kept = self.config.with_value(|config| {
            config
                .as_ref()
                .is_some_and(|config| config.token_storage == TokenStorage::Session)
        });
        if to_be_kept {
            self.kept.set(live.store(&TabStore).is_ok());
        } else {
            TabStore.remove(RECORD);
            self.kept.set(false);
        }
        self.status.set(Status::SignedIn(Arc::new(live)));
    }

    /// What the session is now.
    pub fn status(self) -> Status {
        self.status.get()
    }

    /// The session that lives, if one does.
    pub fn live(self) -> Option<Arc<Live>> {
        self.status.with(|status| status.live().cloned())
    }

    /// What has become of the response that this page was opened with.
    pub fn arrival(self) -> Arrival {
        self.arrival.get()
    }

    /// Forgets the response that this page was opened with, once its page is left.
    pub fn leave_arrival(self) {
        self.arrival.set(Arrival::Nothing);
    }

    /// Whether the session survives a reload of this tab: false in memory mode and where storage is refused.
    pub fn is_kept(self) -> bool {
        self.kept.get()
    }

    /// The time, in milliseconds since the Unix epoch; moves on every second while signed in.
    pub fn now(self) -> u64 {
        self.now.get()
    }

    /// Where the next log-in leads back to: the page for signed-in people that was last open, or the profile.
    pub fn return_to(self) -> ReturnTo {
        self.return_to.get_untracked()
    }

    /// Remembers the page for signed-in people that is open.
    pub fn remember(self, return_to: ReturnTo) {
        self.return_to.set(return_to);
    }

    /// Begins a log-in: stores what the answer will be held against, then leaves for the authorization server. A second call
    /// while one is on its way does nothing.
    ///
    /// # Errors
    /// [`LogInError`]; the session is as before.
    pub fn log_in(self, scopes: Scopes, return_to: ReturnTo) -> Result<(), LogInError> {
        let before = self.status.get_untracked();
        let Some(config) = self.config.get_value() else {
            return Ok(());
        };
        if matches!(before, Status::Starting | Status::Leaving(_)) {
            return Ok(());
        }
        if location::is_framed() {
            return Err(LogInError::Framed);
        }
        let state = State::from_random(&random::bytes()?);
        let now = clock::now_ms();
        let url = authorize_url(&config.binding, &scopes, &state, config.show_dialog);
        let pending = Pending {
            binding: config.binding.clone(),
            scopes,
            return_to,
            created_at: now,
        };
        in_flight::begin(&TabStore, &state, pending, now)?;
        self.status.set(Status::Leaving(Box::new(before)));
        if !location::leave_for(&url) {
            self.stay();
            return Err(LogInError::Refused);
        }
        Ok(())
    }

    /// Back on the page after all (Back from the authorization server, or the way there was stopped): as before.
    fn stay(self) {
        if let Status::Leaving(before) = self.status.get_untracked() {
            self.status.set(*before);
        }
    }

    /// Ends the session in every tab, and forgets every log-in in flight in this one.
    pub fn log_out(self) {
        let _ = SharedStore.set(LOGGED_OUT_AT, &clock::now_ms().to_string());
        in_flight::clear(&TabStore);
        self.forget(Ended::LoggedOut);
    }

    /// Ends the session `id` for `reason`; one that is not the current one is left alone.
    fn end(self, id: u64, reason: Ended) {
        let current = self
            .status
            .with_untracked(|status| status.session().map(|live| live.id));
        if current == Some(id) {
            self.forget(reason);
        }
    }

    fn forget(self, reason: Ended) {
        TabStore.remove(RECORD);
        self.drop_calls();
        self.status.set(Status::SignedOut(Some(reason)));
    }

    fn drop_calls(self) {
        self.calls
            .update_value(|calls| calls.drain(..).for_each(|call| call.now()));
    }

    /// Looks at the clock and at what other tabs said, and ends the session when it is over.
    fn check(self) {
        let now = clock::now_ms();
        let verdict = self.status.with_untracked(|status| {
            let live = status.session()?;
            let ended = live.verdict(now, logged_out_at())?;
            Some((live.id, ended))
        });
        if let Some((id, ended)) = verdict {
            self.end(id, ended);
        }
        self.now.set(now);
    }
}

fn logged_out_at() -> Option<u64> {
    SharedStore.get(LOGGED_OUT_AT)?.parse().ok()
}
