//! The reactive session, the only owner of the token: log in, complete, renew, expire, log out, in this tab and across tabs.
//!
//! One signal holds one enum, [`Status`]. What a status means, when it ends and when it is renewed is pure ([`Live`],
//! [`Renewal`]); this module only connects it to storage, the clock and the browser's events. It knows `oauth`, `spotify` and `browser`,
//! and no page.

mod arrival;
mod call;
mod completion;
mod departure;
mod flow_choice;
mod in_flight;
mod live;
mod message;
mod remote;
mod renew;
mod renewal;
mod status;
mod trial;
mod watch;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::abort::Abort;
use crate::browser::loader;
use crate::browser::storage::{SharedStore, Store, TabStore};
use crate::browser::tabs::Channel;
use crate::browser::{clock, random};
use crate::config::Config;
use crate::oauth::{ReturnTo, Scopes, TokenStorage};

use flow_choice::with_chosen_flow;
use trial::with_trial;

pub use arrival::{Arrival, Refused};
pub use call::CallError;
pub use departure::Departure;
pub use live::{Live, Phase};
pub use remote::{Remote, RemoteCall};
pub use renewal::Renewal;
pub use status::{Ended, LogInError, Status};
pub use trial::{begin_trial, client_id, end_trial};

/// Key of the session's record in this tab's storage. `start.js` looks whether it is there.
const RECORD: &str = "session";
/// Key of the mark that all tabs see: when somebody logged out, in milliseconds since the Unix epoch.
const LOGGED_OUT_AT: &str = "logged-out-at";

/// The handle that pages and components get. Copy it freely; it holds no secret itself.
#[derive(Clone, Copy)]
pub struct Session {
    departure: Departure,
    status: RwSignal<Status>,
    signed_in: Memo<bool>,
    arrival: RwSignal<Arrival>,
    renewal: RwSignal<Renewal>,
    kept: RwSignal<bool>,
    now: RwSignal<u64>,
    return_to: RwSignal<ReturnTo>,
    token_storage: StoredValue<TokenStorage>,
    calls: StoredValue<Vec<Abort>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    spread: StoredValue<u8>,
}

impl Session {
    /// A session that has not started yet: nobody is signed in. Needs a reactive owner.
    pub fn create() -> Self {
        let departure = Departure::create(None);
        let status = departure.status();
        Self {
            departure,
            status,
            signed_in: Memo::new(move |_| status.with(|status| status.live().is_some())),
            arrival: RwSignal::new(Arrival::Nothing),
            renewal: RwSignal::new(Renewal::Idle),
            kept: RwSignal::new(true),
            now: RwSignal::new(clock::now_ms()),
            return_to: RwSignal::new(ReturnTo::default()),
            token_storage: StoredValue::new(TokenStorage::Session),
            calls: StoredValue::new_local(Vec::new()),
            channel: StoredValue::new_local(None),
            spread: StoredValue::new(random::bytes().map_or(0, |bytes| bytes[0])),
        }
    }

    /// The way to a log-in.
    pub fn departure(self) -> Departure {
        self.departure
    }

    /// Restores what this tab kept, then completes the log-in that the response in the URL answers. Neither waits for the
    /// configuration: what it takes was stored with it. From now on the session watches the clock and the other tabs, for the
    /// life of the page.
    pub fn start(self) {
        self.channel
            .set_value(Channel::open("session", move |message| self.hear(message)));
        watch::start(self);
        self.restore();
        self.take_response();
        self.check();
    }

    /// Restores the session that this tab kept.
    fn restore(self) {
        match Live::restore(&TabStore, logged_out_at(), clock::now_ms()) {
            Ok(Some(live)) => {
                self.kept.set(true);
                self.sign_in(live);
            }
            Ok(None) => {}
            Err(ended) => self.forget(ended, |out| out),
        }
    }

    /// Restores a session that began while this page was in the back/forward cache, then checks it.
    fn resume(self) {
        if matches!(self.status.get_untracked(), Status::SignedOut(_)) {
            self.restore();
        }
        self.check();
    }

    /// Completes the log-in that the response in the URL of this page answers, if there is one.
    fn take_response(self) {
        if let Some(response) = loader::take_response() {
            self.complete(&response, clock::now_ms());
        }
    }

    /// Takes the configuration in. A session that belongs to another one ends.
    pub fn configure(self, config: Arc<Config>) {
        let is_moved = self.token_storage.get_value() != config.token_storage;
        self.token_storage.set_value(config.token_storage);
        self.departure.config().set(Some(config));
        self.check();
        if let (true, Some(live)) = (is_moved, self.alive()) {
            self.keep(&live);
        }
    }

    fn sign_in(self, live: Live) {
        self.renewal.set(Renewal::Idle);
        self.status.set(Status::SignedIn(Arc::new(live)));
    }

    /// Keeps the record of a session where it is to be kept, in one step.
    fn keep(self, live: &Live) {
        let to_be_kept = self.token_storage.get_value() == TokenStorage::Session;
        if !to_be_kept {
            TabStore.remove(RECORD);
        }
        self.kept.set(to_be_kept && live.store(&TabStore).is_ok());
    }

    fn config(self) -> Option<Arc<Config>> {
        self.departure.config().try_get_untracked().flatten()
    }

    /// What a log-in asks for by the configuration; nothing while that is not there.
    pub fn usual_scopes(self) -> Scopes {
        let scopes = |config: Arc<Config>| config.scopes.clone();
        self.departure.config().get().map(scopes).unwrap_or_default()
    }

    /// What the session is now.
    pub fn status(self) -> Status {
        self.status.get()
    }

    /// Whether a session lives and is shown.
    pub fn signed_in(self) -> Memo<bool> {
        self.signed_in
    }

    /// The session that lives and is shown, if one does.
    pub fn live(self) -> Option<Arc<Live>> {
        self.status.with(|status| status.live().cloned())
    }

    /// The session that lives and is shown, as it is now. Not tracked.
    pub fn live_now(self) -> Option<Arc<Live>> {
        self.status.with_untracked(|status| status.live().cloned())
    }

    /// The session that lives, also while another log-in is under way. Not tracked.
    fn alive(self) -> Option<Arc<Live>> {
        self.status.try_with_untracked(|status| status.session().cloned())?
    }

    /// What has become of the response that this page was opened with.
    pub fn arrival(self) -> Arrival {
        self.arrival.get()
    }

    /// Forgets the response that this page was opened with, once its page is left.
    pub fn leave_arrival(self) {
        self.arrival.set(Arrival::Nothing);
    }

    /// How far the renewal of the session is.
    pub fn renewal(self) -> Renewal {
        self.renewal.get()
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

    /// Ends the session `id` for `reason`; one that is not the current one is left alone, and so is a log-in under way.
    fn end(self, id: u64, reason: Ended) {
        if self.alive().is_none_or(|live| live.id != id) {
            return;
        }
        match self.status.get_untracked() {
            Status::Leaving(_) => self.forget(reason, |out| Status::Leaving(Box::new(out))),
            Status::Completing(_) => self.forget(reason, |out| Status::Completing(Box::new(out))),
            _ => {
                self.drop_calls();
                self.forget(reason, |out| out);
            }
        }
    }

    fn forget(self, reason: Ended, within: impl FnOnce(Status) -> Status) {
        TabStore.remove(RECORD);
        self.renewal.set(Renewal::Idle);
        self.status.set(within(Status::SignedOut(Some(reason))));
    }

    fn drop_calls(self) {
        self.calls
            .update_value(|calls| calls.drain(..).for_each(|call| call.now()));
    }

    /// Looks at the clock and at what other tabs said: ends the session when it is over, renews it when that is due.
    fn check(self) {
        let now = clock::now_ms();
        if let Some(live) = self.alive() {
            let given_up = !live.is_usable(now) && self.renewal.get_untracked().is_given_up(now);
            let misfit = self.config().is_some_and(|config| !live.fits(&config.binding));
            let ended = misfit
                .then_some(Ended::Reconfigured)
                .or_else(|| live.verdict(now, logged_out_at()))
                .or(given_up.then_some(Ended::Expired));
            match ended {
                Some(ended) => self.end(live.id, ended),
                None => self.renew_when_due(),
            }
        }
        self.now.set(now);
    }
}

/// The configuration, with what was chosen in this browser where it leaves that open.
pub fn with_choices(config: Config) -> Arc<Config> {
    Arc::new(with_chosen_flow(with_trial(config)))
}

fn logged_out_at() -> Option<u64> {
    SharedStore.get(LOGGED_OUT_AT)
}
