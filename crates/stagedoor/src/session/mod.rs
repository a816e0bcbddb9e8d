//! The reactive session, the only owner of the token: log in, complete, refresh, expire, log out, in this tab and across tabs.
//!
//! What it does is decided by a pure state machine (`core`); `driver` carries out its effects in the browser, and lets signals follow.
//! Independent of each other are the session there is ([`SessionState`]) and the login in progress; what came of the last response
//! ([`LoginOutcome`]) stays while the next login is in progress. It knows `oauth`, `api` and `browser`, and no page.

mod call;
mod core;
mod driver;
mod lifecycle;
mod login;
mod remote;
mod start_error;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::storage::{SharedStore, TabStore};
use crate::browser::{clock, location, random};
use crate::config::AuthConfig;
use crate::oauth::ResponseUrl;

pub use self::core::{
    ActiveSession, CompletionError, EndReason, LoginOutcome, RefusedLogin, SessionState, UnfinishedLogin,
};
use self::core::{Core, Event};
use driver::InProgress;
pub use remote::{Attempts, Failure, Progress, RemoteCall};
pub use start_error::StartError;

/// How the authorization response is taken that is in the page: [`Session::take_from_script`] or [`Session::take_from_page`].
pub type TakeResponse = fn(Session) -> Option<ResponseUrl>;

/// The handle that pages and components take from their context. Copy it freely; it holds no secret itself.
#[derive(Clone, Copy)]
pub struct Session {
    core: StoredValue<Core<TabStore, SharedStore>>,
    in_progress: StoredValue<InProgress, LocalStorage>,
    state: RwSignal<SessionState>,
    is_active: Memo<bool>,
    is_redirecting: RwSignal<bool>,
    is_redeeming: RwSignal<bool>,
    outcome: RwSignal<LoginOutcome>,
    is_refresh_failing: RwSignal<bool>,
    is_stored: RwSignal<bool>,
    now: RwSignal<u64>,
}

impl Session {
    /// The session that the app provides as context. To be taken at the top of a component: there are no contexts in handlers and
    /// after an `await`. Outside the app it is one of its own, that never starts.
    pub fn from_context() -> Self {
        use_context().unwrap_or_else(Self::create)
    }

    /// A session that has not started yet: nobody is signed in. Needs a reactive owner.
    pub fn create() -> Self {
        let state = RwSignal::new(SessionState::SignedOut);
        Self {
            core: StoredValue::new(Core::new(TabStore, SharedStore, random::number() as u32)),
            in_progress: StoredValue::new_local(InProgress::default()),
            state,
            is_active: Memo::new(move |_| state.with(|state| state.active().is_some())),
            is_redirecting: RwSignal::new(false),
            is_redeeming: RwSignal::new(false),
            outcome: RwSignal::new(LoginOutcome::None),
            is_refresh_failing: RwSignal::new(false),
            is_stored: RwSignal::new(true),
            now: RwSignal::new(clock::now_ms()),
        }
    }

    /// Restores the session that this tab stored, then completes the login that the response answers which `take_response` takes. Neither
    /// needs the configuration: what it takes was stored with it. From now on the session watches the clock and the other tabs, for the
    /// life of the page.
    pub fn start(self, take_response: TakeResponse) {
        self.listen();
        lifecycle::start(self, take_response);
        let response = take_response(self);
        self.handle(Event::Shown { response });
    }

    /// Configures the session, or configures it anew. Until then no login starts. A session that belongs to another client, or to other
    /// servers, ends.
    pub fn configure(self, mut config: AuthConfig) {
        if config.client.redirect_uri.is_empty() {
            config.client.redirect_uri = location::base_url();
        }
        self.handle(Event::Configured(config.into()));
    }

    /// Ends the session in every tab, and every login in progress in this one.
    pub fn log_out(self) {
        self.handle(Event::LogOut(random::number()));
    }

    /// The session there is, or why there is none.
    pub fn state(self) -> SessionState {
        self.state.get()
    }

    /// Whether somebody is signed in.
    pub fn is_active(self) -> Memo<bool> {
        self.is_active
    }

    /// The active session.
    pub fn active(self) -> Option<Arc<ActiveSession>> {
        self.state.with(|state| state.active().cloned())
    }

    /// [`Session::active`] without tracking, and `None` once the page is gone.
    pub fn active_untracked(self) -> Option<Arc<ActiveSession>> {
        self.state.try_with_untracked(|state| state.active().cloned())?
    }

    /// Whether the browser is on its way to the authorization server.
    pub fn is_redirecting(self) -> bool {
        self.is_redirecting.get()
    }

    /// Whether an authorization code is being redeemed.
    pub fn is_redeeming(self) -> bool {
        self.is_redeeming.get()
    }

    /// What came of the authorization response that this page was opened with.
    pub fn outcome(self) -> LoginOutcome {
        self.outcome.get()
    }

    /// [`Session::outcome`] without tracking.
    pub fn outcome_untracked(self) -> LoginOutcome {
        self.outcome.get_untracked()
    }

    /// Forgets what came of the response, once that was shown and its page is left.
    pub fn clear_outcome(self) {
        self.core.update_value(Core::clear_outcome);
        self.outcome.set(LoginOutcome::None);
    }

    /// Whether the last attempt to refresh the session failed.
    pub fn is_refresh_failing(self) -> bool {
        self.is_refresh_failing.get()
    }

    /// Whether the session survives a reload of this tab: false in memory mode and where storage is refused.
    pub fn is_stored(self) -> bool {
        self.is_stored.get()
    }

    /// The time, in milliseconds since the Unix epoch; advances every second while signed in.
    pub fn now(self) -> u64 {
        self.now.get()
    }
}
