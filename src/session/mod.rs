//! The reactive session, the only owner of the token: log in, complete, refresh, expire, log out, in this tab and across tabs.
//!
//! Independent of each other are the session there is ([`SessionState`]) and the login in progress ([`LoginProgress`]); what came of
//! the last response ([`LoginOutcome`]) stays while the next login is in progress. What a session means, when it ends and when it is refreshed is pure ([`ActiveSession`], [`RefreshState`]);
//! this module only connects it to storage, the clock and the browser's events. It knows `oauth`, `spotify` and `browser`, and no
//! page.

mod call;
mod completion;
mod configuration;
mod core;
mod flow_override;
mod lifecycle;
mod lists;
mod login;
mod refresh;
mod remote;
mod start_error;
mod trial_client;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::abort::Abort;
use crate::browser::broadcast::Channel;
use crate::browser::loader;
use crate::browser::storage::{SharedStore, TabStore};
use crate::browser::{clock, random};
use crate::oauth::{ReturnPath, State, TokenStorage};
use crate::store::Store;

use self::core::refresh_state::Overdue;
pub use self::core::{
    ActiveSession, CompletionError, EndReason, LoginOutcome, LoginProgress, RefreshState, RefusedLogin, SessionState,
    UnfinishedLogin,
};
use self::core::{LOGGED_OUT, LOGGED_OUT_AT, RECORD, Time};
pub use call::CallError;
pub use configuration::ConfigState;
pub use lists::LoadedList;
pub use remote::{Attempts, Failure, Progress, RemoteCall};
pub use start_error::StartError;
pub use trial_client::client_id;

/// The handle that pages and components take from their context. Copy it freely; it holds no secret itself.
#[derive(Clone, Copy)]
pub struct Session {
    config: RwSignal<ConfigState>,
    state: RwSignal<SessionState>,
    is_active: Memo<bool>,
    login: RwSignal<LoginProgress>,
    /// Aborts the redemption of a code that is in progress.
    redemption: StoredValue<Option<Abort>, LocalStorage>,
    outcome: RwSignal<LoginOutcome>,
    refresh: RwSignal<RefreshState>,
    is_stored: RwSignal<bool>,
    now: RwSignal<u64>,
    return_to: RwSignal<ReturnPath>,
    token_storage: StoredValue<TokenStorage>,
    requests: StoredValue<Vec<Abort>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    jitter: StoredValue<u8>,
    overdue: StoredValue<Overdue>,
    lists: StoredValue<lists::Lists>,
    /// Whether a call lacked a scope that the login of the session had asked for.
    lacks_scope: StoredValue<bool>,
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
            config: RwSignal::new(ConfigState::Loading),
            state,
            is_active: Memo::new(move |_| state.with(|state| state.active().is_some())),
            login: RwSignal::new(LoginProgress::Idle),
            redemption: StoredValue::new_local(None),
            outcome: RwSignal::new(LoginOutcome::None),
            refresh: RwSignal::new(RefreshState::Idle),
            is_stored: RwSignal::new(true),
            now: RwSignal::new(clock::now_ms()),
            return_to: RwSignal::new(ReturnPath::default()),
            token_storage: StoredValue::new(TokenStorage::Session),
            requests: StoredValue::new_local(Vec::new()),
            channel: StoredValue::new_local(None),
            jitter: StoredValue::new(random::jitter()),
            overdue: StoredValue::new(Overdue::default()),
            lists: StoredValue::new(lists::Lists::new()),
            lacks_scope: StoredValue::new(false),
        }
    }

    /// Restores the session that this tab stored, then completes the login that the response in the URL answers. Neither waits
    /// for the configuration: what it takes was stored with it. From now on the session watches the clock and the other tabs,
    /// for the life of the page.
    pub fn start(self) {
        self.channel
            .set_value(Channel::open("session", move |message| self.receive(message)));
        self.watch_for_abandoned_redirects();
        self.retry_config_in_the_background();
        lifecycle::start(self);
        self.restore();
        self.take_response();
        self.check();
    }

    /// Restores the session that this tab stored.
    fn restore(self) {
        match ActiveSession::restore(&TabStore, logged_out_at(), clock::now_ms()) {
            Ok(Some(session)) => self.activate(session),
            Ok(None) => {}
            Err(reason) => self.forget(reason),
        }
    }

    /// Restores a session that began while this page was in the back/forward cache, then checks it.
    fn resume(self) {
        if self.active_untracked().is_none() {
            self.restore();
        }
        self.check();
    }

    /// Completes the login that the response in the URL of this page answers, if there is one.
    fn take_response(self) {
        if let Some(response) = loader::take_response() {
            self.complete(&response);
        }
    }

    fn activate(self, session: ActiveSession) {
        self.refresh.set(RefreshState::Idle);
        self.lists.update_value(Vec::clear);
        self.lacks_scope.set_value(false);
        self.state.set(SessionState::Active(Arc::new(session)));
    }

    /// Stores the record of a session where the configuration allows it, in one step.
    fn store(self, session: &ActiveSession) {
        let is_wanted = self.token_storage.get_value() == TokenStorage::Session;
        let is_stored = is_wanted && session.store(&TabStore).is_ok();
        if !is_stored {
            // What is stored still may be an older record of this session, whose tokens are used up.
            TabStore.remove(RECORD);
        }
        self.is_stored.set(is_stored);
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
        self.login.with(|login| matches!(login, LoginProgress::Redirecting))
    }

    /// Whether an authorization code is being redeemed.
    pub fn is_redeeming(self) -> bool {
        self.login.with(|login| matches!(login, LoginProgress::Redeeming(_)))
    }

    /// What came of the authorization response that this page was opened with.
    pub fn outcome(self) -> LoginOutcome {
        self.outcome.get()
    }

    /// [`Session::outcome`] without tracking.
    pub fn outcome_untracked(self) -> LoginOutcome {
        self.outcome.get_untracked()
    }

    /// The page that a refused login leads back to, and why it was refused, where somebody is signed in and goes on with what they
    /// were doing there. That is no reason to go to the profile: the page for the response says more, with a button.
    pub fn refused_on_the_way(self) -> Option<(ReturnPath, CompletionError)> {
        if !self.is_active.get() {
            return None;
        }
        self.outcome.with(|outcome| match outcome {
            LoginOutcome::Refused(RefusedLogin {
                error,
                return_to: Some(return_to),
            }) if *return_to != ReturnPath::default() => Some((return_to.clone(), error.clone())),
            _ => None,
        })
    }

    /// Forgets what came of the response, once that was shown and its page is left.
    pub fn clear_outcome(self) {
        self.outcome.set(LoginOutcome::None);
    }

    /// How far the refresh of the session is.
    pub fn refresh_state(self) -> RefreshState {
        self.refresh.get()
    }

    /// Whether the session survives a reload of this tab: false in memory mode and where storage is refused.
    pub fn is_stored(self) -> bool {
        self.is_stored.get()
    }

    /// The time, in milliseconds since the Unix epoch; advances every second while signed in.
    pub fn now(self) -> u64 {
        self.now.get()
    }

    /// Where the next login leads back to: the page for signed-in people that was last open, or the profile.
    pub fn return_to(self) -> ReturnPath {
        self.return_to.get_untracked()
    }

    /// Remembers the page for signed-in people that is open.
    pub fn remember(self, return_to: ReturnPath) {
        self.return_to.set(return_to);
    }

    /// Ends the session of `login` for `reason`. One that is not the current one is left alone, and so is a login in progress.
    fn end(self, login: &State, reason: EndReason) {
        if self.active_untracked().is_some_and(|session| session.login == *login) {
            self.abort_requests();
            self.forget(reason);
        }
    }

    fn forget(self, reason: EndReason) {
        TabStore.remove(RECORD);
        if matches!(reason, EndReason::LoggedOut | EndReason::LoggedOutElsewhere) {
            let _ = TabStore.set(LOGGED_OUT, &true);
        }
        self.refresh.set(RefreshState::Idle);
        self.lists.update_value(Vec::clear);
        self.state.set(SessionState::Ended(reason));
    }

    fn abort_requests(self) {
        self.requests
            .update_value(|requests| requests.drain(..).for_each(|request| request.now()));
    }
}

/// The time, by both clocks.
fn time() -> Time {
    Time {
        wall: clock::now_ms(),
        monotonic: clock::monotonic_ms(),
    }
}

fn logged_out_at() -> Option<u64> {
    SharedStore.get(LOGGED_OUT_AT)
}
