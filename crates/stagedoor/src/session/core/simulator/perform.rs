//! Carries out the actions of a sequence, and in the end looks whether there is a way on.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::action::Action;
use super::server::{Loss, Mode, parameter};
use super::violation::Violation;
use super::world::{Page, SHORT_PAUSE_MS, Tab, World};
use crate::config::for_client;
use crate::oauth::samples::client;
use crate::oauth::{Client, Flow, ResponseUrl, ReturnPath, Scopes, State, StoredLogin};
use crate::session::core::event::{CallId, Event, WantedLogin};
use crate::session::core::rule::Rule;
use crate::session::core::{LoginOutcome, pending_logins};

/// The most tabs that a sequence opens.
const TABS: usize = 3;

/// Runs a sequence in a new browser, and returns the rules that it breaks.
pub fn run(actions: &[Action]) -> BTreeSet<Violation> {
    run_without(None, actions)
}

/// The same with a rule left out.
pub fn run_without(rule: Option<Rule>, actions: &[Action]) -> BTreeSet<Violation> {
    let mut world = World::without(rule);
    world.tabs.push(Tab::default());
    world.open(0, None, Loss::Network);
    for action in actions {
        world.allowance += 4;
        world.perform(*action);
    }
    world.look_for_a_way_on();
    world.violations
}

impl World {
    fn perform(&mut self, action: Action) {
        let count = self.tabs.len();
        match action {
            Action::Wait(seconds) => self.wait(u64::from(seconds) * 1000),
            Action::WaitMs(ms) => self.wait(ms.into()),
            Action::LogIn(tab, flow) => self.log_in(tab % count, flow),
            Action::Answer(tab) => self.answer(tab % count),
            Action::AnswerElsewhere(tab, other) => self.answer_elsewhere(tab % count, other % count),
            Action::Back(tab) => {
                if self.tabs[tab % count].request.take().is_some() {
                    self.open(tab % count, None, Loss::Network);
                }
            }
            Action::AnswerAgain(tab) => {
                let tab = tab % count;
                if let Some(response) = self.tabs[tab].response.clone() {
                    self.open(tab, Some(response), Loss::Reload);
                }
            }
            Action::Forge(tab) => self.forge(tab % count),
            Action::LogOut(tab) => {
                let tab = tab % count;
                self.marks += 1;
                self.handle(tab, Event::LogOut(self.marks));
                if self.tabs[tab]
                    .running_page()
                    .is_some_and(|page| page.leaving_for.is_some())
                {
                    self.violations.insert(Violation::RedirectAfterLogOut);
                }
            }
            Action::Reload(tab) => {
                if self.tabs[tab % count].page.is_some() {
                    self.open(tab % count, None, Loss::Reload);
                }
            }
            Action::Duplicate(tab) => self.duplicate(tab % count),
            Action::Close(tab) => self.close(tab % count),
            Action::Hide(tab) => self.set_hidden(tab % count, true),
            Action::Show(tab) => self.set_hidden(tab % count, false),
            Action::Suspend(tab) => self.suspend(tab % count),
            Action::Resume(tab, order) => self.resume(tab % count, order),
            Action::Sleep(seconds, stands_still) => self.sleep(seconds, stands_still),
            Action::SetClock(seconds) => self.offset += i64::from(seconds) * 1000,
            Action::Offline => self.is_offline = true,
            Action::Online => self.go_online(),
            Action::Endpoint(mode) => self.server.mode = mode,
            Action::Lifetime(seconds) => self.server.lifetime = seconds,
            Action::Revoke => self.server.revoke(),
            Action::Call(tab) => self.call(tab % count),
            Action::LoseMessages(loses) => {
                self.loses_messages = loses;
                self.have_messages_been_lost |= loses;
            }
            Action::FillStorage(is_full) => self.shared.is_full.set(is_full),
        }
    }

    fn log_in(&mut self, tab: usize, flow: Flow) {
        let seen = self.seen(tab);
        let number = u32::try_from(self.logins.len()).unwrap_or_default();
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        let Some(page) = self.tabs[tab].running_page() else {
            return;
        };
        let config = for_client(Client { flow, ..client() }).with_parameter_after_log_out("show_dialog", "true");
        let wanted = WantedLogin {
            config: config.into(),
            scopes: Scopes::default(),
            return_to: ReturnPath::default(),
            state: bytes,
            verifier: bytes,
        };
        if let Ok(effects) = page.core.log_in(wanted, seen) {
            self.logins
                .insert(State::from_random(&bytes).as_str().to_owned(), number);
            for effect in effects {
                self.carry_out(tab, effect, false);
            }
        }
    }

    /// The authorization server answers the request that the tab has left for.
    fn answer(&mut self, tab: usize) {
        if let Some(url) = self.tabs[tab].request.take() {
            self.answer_in(tab, &url);
        }
    }

    /// The answer to an authorization request comes in a tab.
    fn answer_in(&mut self, tab: usize, url: &str) {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let state = parameter(query, "state").unwrap_or_default();
        let number = self.logins.get(&state).copied().unwrap_or_default();
        let response = if parameter(query, "response_type").as_deref() == Some("code") {
            format!("?code={number}&state={state}")
        } else {
            let token = self.server.issue(number, self.now);
            let life = self.server.lifetime;
            format!("#access_token={token}&token_type=bearer&expires_in={life}&state={state}")
        };
        let response = ResponseUrl::parse(&response);
        self.tabs[tab].response = response.clone();
        self.open(tab, response, Loss::Network);
    }

    /// An app of the device takes the login of a tab over, so that its page stays, or a link in a mail leads on with it: the response
    /// comes in another tab.
    fn answer_elsewhere(&mut self, tab: usize, other: usize) {
        let is_at_the_server = |url: &String| url.starts_with(&client().authorize_url);
        let page = self.tabs[tab].page.as_mut();
        let taken_over = page.and_then(|page| page.leaving_for.take_if(|url| is_at_the_server(url)));
        let Some(url) = taken_over.or_else(|| self.tabs[tab].request.take()) else {
            return;
        };
        let Some(login) = State::parse(&parameter(&url, "state").unwrap_or_default()) else {
            return;
        };
        let waits = |tab: &Tab| matches!(pending_logins::get(&tab.store, &login), Some(StoredLogin::Pending(_)));
        let has_started = |page: &mut Page| page.core.started.as_ref() == Some(&login);
        let is_running = self.tabs[tab].running_page().is_some_and(has_started);
        let is_to_be_taken = is_running && waits(&self.tabs[tab]) && !waits(&self.tabs[other]) && !self.loses_messages;
        self.answer_in(other, &url);
        if is_to_be_taken {
            self.wait(4_000);
            let page = self.tabs[other].page.as_ref();
            let is_told = page.is_some_and(|page| page.core.outcome == LoginOutcome::Elsewhere);
            if waits(&self.tabs[tab]) || !is_told {
                self.violations.insert(Violation::ResponseLost);
            }
        }
    }

    /// Opens a response that no login asked for, in the page that is there.
    fn forge(&mut self, tab: usize) {
        // A log-out in another tab is heeded at each event.
        self.handle(tab, Event::Look);
        let Some(page) = &self.tabs[tab].page else {
            return;
        };
        let core = |page: &super::world::Page| {
            (
                page.core.state.clone(),
                format!("{:?}", page.core.login),
                page.core.refresh,
            )
        };
        let before = (core(page), (*self.tabs[tab].store).clone());
        let state = State::from_random(&[0xfe; 32]);
        let forged = format!("#access_token=acc-forged&token_type=bearer&state={}", state.as_str());
        if let Some(forged) = ResponseUrl::parse(&forged) {
            self.handle(tab, Event::Response(forged));
        }
        let page = self.tabs[tab].page.as_ref().map(core);
        if page != Some(before.0) || *self.tabs[tab].store != before.1 {
            self.violations.insert(Violation::ForgedResponseWorks);
        }
    }

    fn duplicate(&mut self, tab: usize) {
        if self.tabs.len() < TABS && self.tabs[tab].page.is_some() {
            let store = Rc::new((*self.tabs[tab].store).clone());
            self.tabs.push(Tab::storing(store));
            self.open(self.tabs.len() - 1, None, Loss::Network);
        }
    }

    /// Closes a tab, and opens an empty one in its place.
    fn close(&mut self, tab: usize) {
        let session = self.tabs[tab].active();
        self.close_page(tab, Loss::Network);
        self.tabs[tab] = Tab::default();
        self.note_out_of_reach(session);
        self.open(tab, None, Loss::Network);
    }

    fn suspend(&mut self, tab: usize) {
        self.tabs[tab].is_suspended = true;
        self.lose_answers(tab);
    }

    fn sleep(&mut self, seconds: u32, stands_still: bool) {
        for tab in 0..self.tabs.len() {
            self.lose_answers(tab);
        }
        let ms = u64::from(seconds) * 1000;
        if ms <= SHORT_PAUSE_MS {
            self.count_trying(ms);
        }
        self.now += ms;
        if stands_still {
            self.stood_still += ms;
        }
    }

    fn go_online(&mut self) {
        self.is_offline = false;
        for tab in 0..self.tabs.len() {
            self.handle(tab, Event::Online);
        }
    }

    fn call(&mut self, tab: usize) {
        if let Some(page) = self.tabs[tab].running_page() {
            page.calls += 1;
            let call = CallId(page.calls);
            page.open_calls.insert(call);
            self.handle(tab, Event::Call(call));
        }
    }

    /// However it got here, there is a way on once nothing is in the way any more: calls have a result, sessions are over or can be used,
    /// and a new login works.
    fn look_for_a_way_on(&mut self) {
        self.shared.is_full.set(false);
        self.loses_messages = false;
        self.server.mode = Mode::Healthy;
        self.server.lifetime = 3600;
        for tab in 0..self.tabs.len() {
            self.resume(tab, 0);
            self.set_hidden(tab, false);
        }
        self.go_online();
        self.wait(120_000);
        for tab in 0..self.tabs.len() {
            self.call(tab);
        }
        self.wait(60_000);
        let wall = self.time().wall;
        let is_stuck = |tab: &Tab| {
            tab.page.as_ref().is_some_and(|page| {
                let is_unusable = page.core.active().is_some_and(|session| !session.is_usable(wall));
                let is_offered = matches!(page.core.outcome, LoginOutcome::Offered(_));
                is_unusable || is_offered || !page.open_calls.is_empty() || !page.core.login.is_idle()
            })
        };
        let mut is_blocked = self.tabs.iter().any(is_stuck);
        self.close(0);
        self.log_in(0, Flow::Pkce);
        self.wait(1_000);
        self.answer(0);
        self.wait(1_000);
        let wall = self.time().wall;
        let session = self.tabs[0].page.as_ref().and_then(|page| page.core.active());
        is_blocked |= session.is_none_or(|session| !session.is_usable(wall));
        if is_blocked {
            self.violations.insert(Violation::Stuck);
        }
    }
}
