//! Runs the state machine of the session against the browser: carries out its effects, and lets signals follow its state.

use std::mem::discriminant;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use super::call::Call;
use super::core::{AttemptId, Effect, Event, LoginProgress, RequestId, Seen, Time, Timer};
use crate::api::{ApiError, TIMEOUT_MS};
use crate::browser::abort::Abort;
use crate::browser::broadcast::Channel;
use crate::browser::locks::Lock;
use crate::browser::timer::Timeout;
use crate::browser::{clock, http, location, page, response};
use crate::oauth::{ResponseUrl, State, TokenError, TokenResponse};
use crate::store::record;
use crate::url::{is_same_origin, path_segments};

/// What is in progress in the browser for a session.
#[derive(Default)]
pub(super) struct InProgress {
    /// The channel to all tabs, for log-outs.
    log_outs: Option<Channel>,
    /// The channels of logins.
    channels: Vec<(State, Channel)>,
    locks: Vec<(AttemptId, Lock)>,
    requests: Vec<(RequestId, Abort)>,
    timers: Vec<(Timer, Timeout)>,
    pub(super) calls: Vec<Call>,
    pub(super) last_call: u32,
}

/// What can be seen right now.
pub(super) fn seen() -> Seen {
    Seen {
        time: Time {
            wall: clock::now_ms(),
            monotonic: clock::monotonic_ms(),
        },
        is_hidden: page::is_hidden(),
        is_online: page::is_online(),
    }
}

impl Session {
    /// Takes the authorization response that `response.js` has taken out of the address.
    pub fn take_from_script(self) -> Option<ResponseUrl> {
        ResponseUrl::parse(&response::take()?)
    }

    /// Takes the authorization response out of the address, unless `response.js` has done so before. Needs the configuration, which says at
    /// which page it comes.
    pub fn take_from_page(self) -> Option<ResponseUrl> {
        if response::is_there() {
            return self.take_from_script();
        }
        let config = self.core.try_with_value(|core| core.configured.clone())??;
        let (redirect_uri, page) = (&config.client.redirect_uri, location::page_url());
        if !is_same_origin(&page, redirect_uri) || !path_segments(&page).eq(path_segments(redirect_uri)) {
            return None;
        }
        let (_, path, search) = location::here()?;
        let (response, left) = ResponseUrl::take_from(&search, &location::fragment())?;
        let clean = path + &left;
        if location::replace(&clean) {
            return Some(response);
        }
        // Browsers refuse it after a hundred calls in half a minute. The response is given up: it must not stay in the address.
        location::reload_at(&clean);
        None
    }

    /// Opens the channel to all tabs.
    pub(super) fn listen(self) {
        let hear = move |text: &str| {
            if let Some(mark) = record::from_text(text) {
                self.handle(Event::LoggedOut(mark));
            }
        };
        let log_outs = Channel::open("log-out", Box::new(hear));
        self.with_progress(|in_progress| in_progress.log_outs = log_outs);
    }

    /// Opens the channels of these logins, and closes those of others.
    fn listen_to(self, logins: Vec<State>) {
        self.with_progress(|in_progress| {
            let channels = &mut in_progress.channels;
            channels.retain(|(login, _)| logins.contains(login));
            for login in logins {
                if !channels.iter().any(|(open, _)| *open == login) {
                    channels.extend(self.channel_of(&login).map(|channel| (login, channel)));
                }
            }
        });
    }

    fn channel_of(self, login: &State) -> Option<Channel> {
        let name = format!("log-in:{}", login.as_str());
        let login = login.clone();
        let hear = move |text: &str| {
            if let Some(message) = record::from_text(text) {
                self.handle(Event::Message(login.clone(), message));
            }
        };
        Channel::open(&name, Box::new(hear))
    }

    /// Lets the state machine handle an event. Does nothing once the page is gone.
    pub(super) fn handle(self, event: Event) {
        if let Some(effects) = self.core.try_update_value(|core| core.handle(event, seen())) {
            self.follow(effects);
        }
    }

    /// Lets the signals follow the state machine, then carries out its effects. It is not borrowed meanwhile: effects may bring events.
    pub(super) fn follow(self, effects: Vec<Effect>) {
        let view = self.core.try_with_value(|core| {
            let is_redirecting = core.login.is_redirecting();
            let is_redeeming = matches!(core.login, LoginProgress::Redeeming(..));
            let flags = [is_redirecting, is_redeeming, core.refresh.is_failing(), core.is_stored];
            let heard = core.heard().cloned().collect();
            (core.state.clone(), core.outcome.clone(), heard, flags)
        });
        let Some((state, outcome, heard, [is_redirecting, is_redeeming, is_failing, is_stored])) = view else {
            return;
        };
        self.listen_to(heard);
        set_if_changed(self.state, state);
        set_if_changed(self.is_redirecting, is_redirecting);
        set_if_changed(self.is_redeeming, is_redeeming);
        set_if_changed(self.outcome, outcome);
        set_if_changed(self.is_refresh_failing, is_failing);
        set_if_changed(self.is_stored, is_stored);
        self.now.set(clock::now_ms());
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(self, effect: Effect) {
        match effect {
            Effect::Redirect(url) => {
                if !location::assign(&url) {
                    self.handle(Event::RedirectFailed);
                }
            }
            Effect::StopRedirect => location::stop(),
            Effect::RequestToken { request, url, form } => self.request_token(request, url, form),
            Effect::AbortRequest(request) => {
                if let Some(abort) = self.take_request(request) {
                    abort.now();
                }
            }
            Effect::AcquireLock(attempt, name) => {
                let lock = Lock::request(&name, move || self.handle(Event::Locked(attempt)));
                self.with_progress(|in_progress| in_progress.locks.push((attempt, lock)));
            }
            Effect::ReleaseLock(attempt) => {
                self.with_progress(|in_progress| in_progress.locks.retain(|(of, _)| *of != attempt));
            }
            Effect::Send(to, message) => self.in_progress.with_value(|in_progress| {
                if let Some((_, channel)) = in_progress.channels.iter().find(|(login, _)| *login == to) {
                    channel.send(&message);
                }
            }),
            Effect::TellLogOut(mark) => self.in_progress.with_value(|in_progress| {
                if let Some(channel) = &in_progress.log_outs {
                    channel.send(&mark);
                }
            }),
            Effect::SetTimer(timer, ms) => self.set_timer(timer, ms),
            Effect::Lend(call, session) => self.send_call(call, session),
            Effect::Refuse { call, is_over: true } => drop(self.take_call(call)),
            Effect::Refuse { call, is_over: false } => self.finish_call(call, Err(ApiError::Network)),
            Effect::AbortCalls => self.abort_calls(),
        }
    }

    pub(super) fn with_progress<R>(self, change: impl FnOnce(&mut InProgress) -> R) -> Option<R> {
        self.in_progress.try_update_value(change)
    }

    /// Sets a timer in place of the last one of its kind: that belongs to something that is over.
    fn set_timer(self, timer: Timer, ms: u64) {
        let timeout = Timeout::new(ms, move || self.handle(Event::Timer(timer)));
        self.with_progress(|in_progress| {
            let timers = &mut in_progress.timers;
            timers.retain(|(other, _)| discriminant(other) != discriminant(&timer));
            timers.push((timer, timeout));
        });
    }

    fn request_token(self, request: RequestId, url: String, form: String) {
        let abort = Abort::after(TIMEOUT_MS);
        let handle = abort.clone();
        self.with_progress(|in_progress| in_progress.requests.extend(handle.map(|abort| (request, abort))));
        spawn_local(async move {
            let result = post(&url, form, abort).await;
            self.take_request(request);
            self.handle(Event::Token(request, result));
        });
    }

    fn take_request(self, request: RequestId) -> Option<Abort> {
        let taken = self.with_progress(|in_progress| {
            let index = in_progress.requests.iter().position(|(of, _)| *of == request)?;
            Some(in_progress.requests.swap_remove(index).1)
        });
        taken.flatten()
    }
}

fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|before| *before != value) {
        signal.set(value);
    }
}

/// Posts a token request.
async fn post(url: &str, form: String, abort: Option<Abort>) -> Result<TokenResponse, TokenError> {
    let abort = abort.ok_or(TokenError::Transient)?;
    let response = http::post_form(url, form, &abort).await;
    let response = response.map_err(|_| TokenError::Transient)?;
    TokenResponse::parse(response.status, &response.body.ok_or(TokenError::Transient)?)
}
