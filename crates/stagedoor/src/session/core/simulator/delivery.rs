//! What comes to a page, in its time or after it was suspended, and what its session makes happen.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::server::{Loss, Mode, parameter};
use super::violation::Cause;
use super::world::{At, BETWEEN_TABS_MS, SHORT_PAUSE_MS, World};
use crate::oauth::samples::client;
use crate::oauth::{ErrorCode, ResponseUrl, State, TokenError, TokenResponse};
use crate::session::core::event::{AttemptId, CallId, Effect, Event, RequestId, Timer};
use crate::session::core::message::LogOutMark;
use crate::session::core::rule::Rule;
use crate::session::core::{ActiveSession, RECORD};
use crate::store::{MemoryStore, Store, record};

/// How long a request takes to the server, and its answer back, in milliseconds.
const LATENCY_MS: u64 = 50;
/// How long a server that is slow takes, in milliseconds.
const SLOW_MS: u64 = 8_000;
/// How long a request to the token endpoint may take, in milliseconds.
const REQUEST_MS: u64 = 10_000;
/// How long a page is still there after it has left for another, in milliseconds.
const UNLOAD_MS: u64 = 200;
/// After how long a hidden page ticks once a minute only, in milliseconds.
const THROTTLED_AFTER_MS: u64 = 300_000;

#[derive(Debug)]
pub(super) enum What {
    Tick,
    Timer(Timer),
    Locked(AttemptId),
    /// A message by the channel of a login.
    Message(State, String),
    LoggedOut(LogOutMark),
    StorageChanged,
    /// A token request reaches the server.
    Request(RequestId, String),
    Answer(RequestId, Result<TokenResponse, TokenError>),
    /// A call reaches the Web API; whether it is the second token of the call.
    Call(CallId, Arc<ActiveSession>, bool),
    Unload,
}

impl What {
    /// Where it stands in line after a suspension, by one of six orders.
    fn rank(&self, order: usize) -> usize {
        const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let [network, message, timer] = ORDERS[order % 6];
        match self {
            Self::Message(..) | Self::LoggedOut(_) => message,
            Self::Timer(_) | Self::Tick | Self::Unload => timer,
            _ => network,
        }
    }
}

impl World {
    pub(super) fn happen(&mut self, at: At, what: What) {
        if let What::Request(request, form) = what {
            return self.serve(at, request, &form);
        }
        let tab = at.tab;
        if self.at(tab) != Some(at) {
            return;
        }
        if self.tabs[tab].is_suspended {
            return self.tabs[tab].deferred.push(what);
        }
        match what {
            What::Request(..) => {}
            What::Tick => {
                let is_throttled = self.tabs[tab]
                    .hidden_since
                    .is_some_and(|since| self.now - since > THROTTLED_AFTER_MS);
                self.later(if is_throttled { 60_000 } else { 1000 }, at, What::Tick);
                self.allowance += 1;
                self.handle(tab, Event::Look);
            }
            What::StorageChanged => self.handle(tab, Event::Look),
            What::Timer(timer) => self.handle(tab, Event::Timer(timer)),
            What::Locked(attempt) => self.handle(tab, Event::Locked(attempt)),
            What::LoggedOut(log_out) => self.handle(tab, Event::LoggedOut(log_out)),
            What::Message(login, text) => {
                if let Some(message) = record::from_text(&text) {
                    self.handle(tab, Event::Message(login, message));
                }
            }
            What::Answer(request, result) => {
                let page = self.tabs[tab].page.as_mut();
                if let Some(form) = page.and_then(|page| page.requests.remove(&request)) {
                    self.note_refusal(at, &form, &result);
                    self.handle(tab, Event::Token(request, result));
                }
            }
            What::Call(call, lent, is_second) => self.answer_call(tab, call, lent, is_second),
            What::Unload => {
                let page = self.tabs[tab].page.as_mut();
                if let Some(url) = page.and_then(|page| page.leaving_for.take()) {
                    self.leave_for(tab, url);
                }
            }
        }
    }

    /// The page of a tab gives way to the authorization server, or to that of a response.
    fn leave_for(&mut self, tab: usize, url: String) {
        let session = self.tabs[tab].active();
        self.close_page(tab, Loss::Redirect);
        self.note_out_of_reach(session);
        match url.strip_prefix(&client().redirect_uri) {
            Some(response) => self.open(tab, ResponseUrl::parse(response), Loss::Redirect),
            None => self.tabs[tab].request = Some(url),
        }
    }

    /// A token request reaches the server, whether the page is still there or not.
    fn serve(&mut self, at: At, request: RequestId, form: &str) {
        let answer = self.server.token(form, self.now);
        if self.server.mode == Mode::Hangs {
            return;
        }
        if self.server.mode == Mode::Loses || self.is_offline {
            return self.server.lost(form, Loss::Network);
        }
        self.later(LATENCY_MS, at, What::Answer(request, answer));
    }

    fn note_refusal(&mut self, at: At, form: &str, result: &Result<TokenResponse, TokenError>) {
        let is_final = matches!(result, Err(TokenError::Refused(error)) if error.code != ErrorCode::InvalidGrant);
        if is_final {
            self.refused
                .extend(parameter(form, "refresh_token").map(|token| (at, token)));
        }
    }

    /// The answers that a page waits for may come too late for the others.
    pub(super) fn lose_answers(&mut self, tab: usize) {
        let forms = self.tabs[tab].page.iter().flat_map(|page| page.requests.values());
        for form in forms.cloned().collect::<Vec<_>>() {
            self.server.lost(&form, Loss::Network);
        }
    }

    /// Whether a page waits for the answer to a refresh token.
    pub(super) fn is_refreshing(&self, tab: usize) -> bool {
        let page = self.tabs[tab].page.as_ref();
        let is_refresh = |form: &String| parameter(form, "refresh_token").is_some();
        page.is_some_and(|page| page.requests.values().any(is_refresh))
    }

    fn answer_call(&mut self, tab: usize, call: CallId, lent: Arc<ActiveSession>, is_second: bool) {
        let is_accepted = self.is_offline || self.server.accepts(lent.access_token.expose_secret(), self.now);
        if is_accepted {
            if let Some(page) = &mut self.tabs[tab].page {
                page.open_calls.remove(&call);
            }
            return;
        }
        let unauthorized = Event::Unauthorized { call, lent, is_second };
        self.handle(tab, unauthorized);
    }

    /// What has come while a page was suspended comes now.
    pub(super) fn resume(&mut self, tab: usize, order: usize) {
        self.tabs[tab].is_suspended = false;
        let paused = std::mem::take(&mut self.tabs[tab].paused_ms);
        if paused <= SHORT_PAUSE_MS {
            self.tabs[tab].tried_ms += paused;
        }
        let Some(at) = self.at(tab) else {
            return;
        };
        let mut deferred = std::mem::take(&mut self.tabs[tab].deferred);
        deferred.sort_by_key(|what| what.rank(order));
        for what in deferred {
            self.happen(at, what);
        }
    }

    /// Lets something happen to the session of a tab, checks what became of it, and carries out the effects.
    pub(super) fn handle(&mut self, tab: usize, event: Event) {
        let seen = self.seen(tab);
        let Some(page) = self.tabs[tab].running_page() else {
            return;
        };
        let before = page.core.state.clone();
        let changes = self.shared.changes.get();
        let is_second = matches!(event, Event::Unauthorized { .. });
        let cause = Cause::of(&event);
        let is_forged = matches!(event, Event::Response(..));
        let stored = (self.left_out == Some(Rule::SingleUse)).then(|| (*self.tabs[tab].store).clone());
        let Some(page) = self.tabs[tab].running_page() else {
            return;
        };
        let effects = page.core.handle(event, seen);
        self.spoil_store(tab, stored, is_forged);
        self.check(tab, &before, cause);
        if self.shared.changes.get() != changes {
            self.tell_others(tab, || What::StorageChanged);
        }
        for effect in effects {
            self.carry_out(tab, effect, is_second);
        }
        self.check_attempt(tab);
    }

    /// What the store of a tab is like where a rule about it is left out.
    fn spoil_store(&mut self, tab: usize, before: Option<MemoryStore>, is_forged: bool) {
        let store = &self.tabs[tab].store;
        if let Some(before) = before {
            for key in before.keys().into_iter().filter(|key| key.starts_with("log-in:")) {
                store.set_text(&key, &before.text(&key).unwrap_or_default());
            }
        }
        if is_forged && self.left_out == Some(Rule::ForgedIsHarmless) {
            store.remove(RECORD);
        }
    }

    fn tell_others(&mut self, tab: usize, what: impl Fn() -> What) {
        for other in (0..self.tabs.len()).filter(|other| *other != tab) {
            if let Some(at) = self.at(other) {
                self.later(BETWEEN_TABS_MS, at, what());
            }
        }
    }

    /// Sends a message to the other tabs that have the channel of this login open.
    fn tell_others_of(&mut self, tab: usize, login: &State, text: &str) {
        for other in (0..self.tabs.len()).filter(|other| *other != tab) {
            let page = self.tabs[other].page.as_ref();
            let hears = page.is_some_and(|page| page.core.heard().any(|heard| heard == login));
            if let (true, false, Some(at)) = (hears, self.loses_messages, self.at(other)) {
                self.later(BETWEEN_TABS_MS, at, What::Message(login.clone(), text.to_owned()));
            }
        }
    }

    pub(super) fn carry_out(&mut self, tab: usize, effect: Effect, is_second: bool) {
        let Some(at) = self.at(tab) else {
            return;
        };
        self.check_effect(tab, &effect);
        let Some(page) = &mut self.tabs[tab].page else {
            return;
        };
        match effect {
            Effect::Redirect(url) => {
                page.leaving_for = Some(url);
                self.later(UNLOAD_MS, at, What::Unload);
            }
            Effect::StopRedirect => page.leaving_for = None,
            Effect::RequestToken { request, form, .. } => {
                page.requests.insert(request, form.clone());
                let delay = if self.server.mode == Mode::Slow {
                    SLOW_MS
                } else {
                    LATENCY_MS
                };
                if !self.is_offline {
                    self.later(delay, at, What::Request(request, form));
                }
                self.later(REQUEST_MS, at, What::Answer(request, Err(TokenError::Transient)));
            }
            Effect::AbortRequest(request) => {
                if let Some(form) = page.requests.remove(&request) {
                    self.server.lost(&form, Loss::Network);
                }
            }
            Effect::AcquireLock(attempt, name) => {
                let queue = self.locks.entry(name).or_default();
                queue.push_back((at, attempt));
                if queue.len() == 1 {
                    self.later(BETWEEN_TABS_MS, at, What::Locked(attempt));
                }
            }
            Effect::ReleaseLock(attempt) => {
                let names: Vec<_> = self.locks.keys().cloned().collect();
                for name in names {
                    self.leave_queue(&name, |entry| *entry == (at, attempt));
                }
            }
            Effect::Send(login, message) => {
                let text = record::to_text(&message).unwrap_or_default();
                self.tell_others_of(tab, &login, &text);
            }
            Effect::TellLogOut(log_out) => {
                if !self.loses_messages {
                    self.tell_others(tab, || What::LoggedOut(log_out));
                }
            }
            Effect::SetTimer(timer, ms) => self.later(ms, at, What::Timer(timer)),
            Effect::Lend(call, session) => self.later(2 * LATENCY_MS, at, What::Call(call, session, is_second)),
            Effect::Refuse { call, .. } => {
                page.open_calls.remove(&call);
            }
            Effect::AbortCalls => page.open_calls.clear(),
        }
    }

    /// The refresh tokens that are on their way from pages that run, other than this one.
    pub(super) fn tokens_in_flight(&self, tab: usize) -> BTreeSet<String> {
        let others = self.tabs.iter().enumerate();
        let running = others.filter(|(other, of)| *other != tab && !of.is_suspended);
        let pages = running.filter_map(|(_, tab)| tab.page.as_ref());
        let forms = pages.flat_map(|page| page.requests.values());
        forms.filter_map(|form| parameter(form, "refresh_token")).collect()
    }
}
