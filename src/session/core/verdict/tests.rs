//! The session through sequences of events, as they come in the life of a tab. The model does what `Session` does, with the same pure
//! functions, and has a server, a network and a clock that may be wrong.

use proptest::prelude::*;

use super::{Look, Verdict};
use crate::oauth::samples::{NOW, pending};
use crate::oauth::{AuthorizationResponse, Grant, State, TokenResponse};
use crate::session::core::refresh_state::{Overdue, RefreshState};
use crate::session::core::{ActiveSession, EndReason, RECORD, Time, completion, pending_logins};
use crate::store::{MemoryStore, Store};

/// How long a refresh may take before it counts as failed, in milliseconds: lock, question and token endpoint.
const REFRESH_LIMIT_MS: u64 = 26_000;

#[derive(Clone, Debug)]
enum Event {
    /// The person waits for so many seconds, the page ticks.
    Tick(u64),
    /// The machine sleeps for so many seconds.
    Sleep(u64),
    /// The clock is set by so many seconds.
    SetClock(i64),
    /// A login starts.
    StartLogin,
    /// The last login is answered with a token of so many seconds, refreshable or not.
    Response(u64, bool),
    /// A response that no login asked for.
    ForgedResponse,
    /// The refresh in progress brings a token of so many seconds.
    RefreshSucceeds(u64),
    /// The refresh in progress fails, and the next may succeed.
    RefreshFails,
    /// The server does not take the refresh token any more.
    RefreshRejected,
    /// The network is there, or not.
    Network(bool),
    /// The page is in front, or not.
    Visible(bool),
    LogOut,
    LogOutElsewhere,
    Reload,
    /// A page calls the Web API.
    Call,
}

fn event() -> impl Strategy<Value = Event> {
    let life = prop_oneof![Just(0), Just(1), Just(8), Just(60), Just(3600), Just(99_999_999)];
    let seconds = prop_oneof![1..5_u64, 5..120_u64, 120..8000_u64];
    prop_oneof![
        4 => (1..90_u64).prop_map(Event::Tick),
        2 => seconds.prop_map(Event::Sleep),
        1 => (-10_000..10_000_i64).prop_map(Event::SetClock),
        2 => Just(Event::StartLogin),
        3 => (life.clone(), any::<bool>()).prop_map(|(life, refreshable)| Event::Response(life.max(1), refreshable)),
        1 => Just(Event::ForgedResponse),
        2 => life.prop_map(Event::RefreshSucceeds),
        2 => Just(Event::RefreshFails),
        1 => Just(Event::RefreshRejected),
        1 => any::<bool>().prop_map(Event::Network),
        1 => any::<bool>().prop_map(Event::Visible),
        1 => Just(Event::LogOut),
        1 => Just(Event::LogOutElsewhere),
        1 => Just(Event::Reload),
        3 => Just(Event::Call),
    ]
}

struct Model {
    /// The time as the device shows it.
    now: u64,
    /// The monotonic clock.
    monotonic: u64,
    store: MemoryStore,
    logged_out_at: Option<u64>,
    session: Option<ActiveSession>,
    refresh: RefreshState,
    refresh_began: u64,
    overdue: Overdue,
    is_online: bool,
    is_hidden: bool,
    logins: u8,
    /// Refreshes that began by themselves, and what allows for one more.
    refreshes: u64,
    allowance: u64,
    awake_s: u64,
}

impl Model {
    fn new() -> Self {
        Self {
            now: NOW + 1_000_000_000,
            monotonic: 0,
            store: MemoryStore::default(),
            logged_out_at: None,
            session: None,
            refresh: RefreshState::Idle,
            refresh_began: 0,
            overdue: Overdue::default(),
            is_online: true,
            is_hidden: false,
            logins: 0,
            refreshes: 0,
            allowance: 0,
            awake_s: 0,
        }
    }

    fn time(&self) -> Time {
        Time {
            wall: self.now,
            monotonic: self.monotonic,
        }
    }

    fn state(&self) -> State {
        State::from_random(&[self.logins; 32])
    }

    fn begin_refresh(&mut self) -> bool {
        let Some(started) = self.refresh.start(self.time()) else {
            return false;
        };
        self.refresh = started;
        self.refresh_began = self.monotonic;
        true
    }

    fn is_refreshing(&self) -> bool {
        matches!(self.refresh, RefreshState::Running { .. })
    }

    fn activate(&mut self, session: ActiveSession) {
        session.store(&self.store).expect("stored");
        self.refresh = RefreshState::Idle;
        self.session = Some(session);
    }

    fn end(&mut self) {
        self.store.remove(RECORD);
        self.refresh = RefreshState::Idle;
        self.session = None;
    }

    fn check(&mut self) {
        let Some(session) = &self.session else {
            return;
        };
        let look = Look {
            time: self.time(),
            logged_out_at: self.logged_out_at,
            is_reconfigured: false,
            is_hidden: self.is_hidden,
            jitter: 100,
        };
        let before = self.overdue;
        self.overdue = before.look(self.time(), session.is_usable(self.now), self.is_online);
        if before.has_slept(self.time()) {
            self.refresh = self.refresh.woken(self.time());
        }
        match Verdict::of(session, self.refresh, self.overdue, &look) {
            Verdict::Keep => {}
            Verdict::Refresh => {
                assert!(self.begin_refresh(), "a refresh that is due begins");
                self.refreshes += 1;
            }
            Verdict::End(_) => self.end(),
        }
        if self.is_refreshing() && self.monotonic - self.refresh_began > REFRESH_LIMIT_MS {
            self.refresh = self.refresh.failed(self.time());
        }
    }

    /// Calls the Web API, as `Session::get` does. Returns whether the call was made, or something on the way to it.
    fn call(&mut self) -> bool {
        self.check();
        let Some(session) = &self.session else {
            return false;
        };
        if session.is_usable(self.now) {
            assert!(self.now < session.deadline, "a token past its deadline is not sent");
            return true;
        }
        assert!(
            session.is_refreshable(),
            "a session that can't be refreshed is over at its deadline"
        );
        self.is_refreshing() || self.begin_refresh() || matches!(self.refresh, RefreshState::Waiting { .. })
    }

    fn happens(&mut self, event: &Event) {
        match *event {
            Event::Tick(seconds) => {
                for _ in 0..seconds {
                    self.now += 1000;
                    self.monotonic += 1000;
                    self.awake_s += 1;
                    self.check();
                }
            }
            Event::Sleep(seconds) => {
                self.now += seconds * 1000;
                self.monotonic += seconds * 1000;
                self.allowance += 1;
            }
            Event::SetClock(seconds) => {
                self.now = self.now.saturating_add_signed(seconds * 1000);
                self.allowance += 1;
            }
            Event::StartLogin => {
                self.logins = self.logins.wrapping_add(1);
                let fresh = crate::oauth::PendingLogin {
                    created_at: self.now,
                    ..pending()
                };
                pending_logins::add(&self.store, &self.state(), fresh, self.now).expect("stored");
            }
            Event::Response(life, is_refreshable) => self.respond(life, is_refreshable),
            Event::ForgedResponse => {
                let before = (self.store.keys(), self.store.text(RECORD));
                let forged = State::from_random(&[0xfe; 32]);
                let fragment = format!("#access_token=forged&token_type=bearer&state={}", forged.as_str());
                assert!(completion::check(&self.store, "", &fragment, self.now).is_err());
                assert_eq!(before, (self.store.keys(), self.store.text(RECORD)), "nothing changes");
            }
            Event::RefreshSucceeds(life) if self.is_refreshing() && self.is_online => {
                let body = format!(r#"{{"access_token":"tok-2","token_type":"Bearer","expires_in":{life}}}"#);
                match (TokenResponse::parse(200, &body), &self.session) {
                    (Ok(response), Some(session)) => {
                        let refreshed = session.refreshed(response, self.now);
                        self.activate(refreshed);
                    }
                    _ => self.refresh = self.refresh.failed(self.time()),
                }
            }
            Event::RefreshFails if self.is_refreshing() => self.refresh = self.refresh.failed(self.time()),
            Event::RefreshRejected if self.is_refreshing() => self.end(),
            Event::RefreshSucceeds(_) | Event::RefreshFails | Event::RefreshRejected => {}
            Event::Network(is_online) => {
                self.is_online = is_online;
                self.refresh = self.refresh.woken(self.time());
                self.allowance += 1;
            }
            Event::Visible(is_visible) => self.is_hidden = !is_visible,
            Event::LogOut => {
                self.logged_out_at = Some(self.now);
                pending_logins::clear(&self.store);
                self.end();
            }
            Event::LogOutElsewhere => self.logged_out_at = Some(self.now),
            Event::Reload => {
                self.refresh = RefreshState::Idle;
                self.overdue = Overdue::default();
                self.allowance += 1;
                let restored = ActiveSession::restore(&self.store, self.logged_out_at, self.now);
                self.session = restored.unwrap_or_default();
                if self.session.is_none() {
                    self.store.remove(RECORD);
                }
            }
            Event::Call => {
                self.allowance += 1;
                self.call();
            }
        }
        self.check();
    }

    fn respond(&mut self, life: u64, is_refreshable: bool) {
        let fragment = format!(
            "#access_token=tok&token_type=bearer&expires_in={life}&state={}",
            self.state().as_str()
        );
        let Ok(Some(Grant::Token(mut grant))) = completion::check(&self.store, "", &fragment, self.now) else {
            return;
        };
        assert!(
            completion::check(&self.store, "", &fragment, self.now).is_err(),
            "a response works once"
        );
        grant.refresh_token = is_refreshable
            .then(|| crate::oauth::RefreshToken::parse("ref"))
            .flatten();
        let session = ActiveSession::new(grant, self.now);
        if session.end_reason(self.now, self.logged_out_at) == Some(EndReason::LoggedOutElsewhere) {
            self.logged_out_at = None;
        }
        self.activate(session);
        self.allowance += 1;
    }

    fn holds(&self) {
        let stored = self.store.get::<ActiveSession>(RECORD);
        match (&self.session, stored) {
            (None, stored) => assert_eq!(stored, None, "what is over is not stored"),
            (Some(session), Some(stored)) => {
                assert_eq!(
                    stored.refreshes, session.refreshes,
                    "the stored session is the one there is"
                );
                assert_eq!(stored.deadline, session.deadline);
            }
            (Some(_), None) => panic!("a session that is not stored"),
        }
        // The shortest wait between two refreshes is two seconds, and each of the other events may bring one at once.
        assert!(
            self.refreshes <= self.awake_s / 2 + self.allowance + 1,
            "{} refreshes in {} s with {} reasons",
            self.refreshes,
            self.awake_s,
            self.allowance
        );
    }

    /// However it got here, there is a way on: with the network there and failing refreshes, a session ends or can be used within
    /// minutes, and a call leads to something.
    fn has_a_way_on(&mut self) {
        self.is_online = true;
        self.is_hidden = false;
        let is_long_lived = self
            .session
            .as_ref()
            .is_some_and(|session| session.lifetime() >= 30_000);
        let mut unusable_s = 0;
        for _ in 0..300 {
            self.happens(&Event::Tick(1));
            self.happens(&Event::RefreshFails);
            let is_usable = self.session.as_ref().is_none_or(|session| session.is_usable(self.now));
            unusable_s = if is_usable { 0 } else { unusable_s + 1 };
            assert!(
                unusable_s <= 90 || !is_long_lived,
                "a session that is neither usable nor over"
            );
        }
        if self.session.is_some() {
            assert!(self.call() || self.session.is_none(), "a call that leads to nothing");
        }
        self.happens(&Event::StartLogin);
        self.happens(&Event::Response(3600, false));
        assert!(
            self.session.as_ref().is_some_and(|session| session.is_usable(self.now)),
            "a new login works"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn e5_no_sequence_of_events_leaves_two_sessions_a_dead_token_a_loop_or_a_dead_end(
        events in proptest::collection::vec(event(), 0..60)
    ) {
        let mut model = Model::new();
        for event in &events {
            model.happens(event);
            model.holds();
        }
        model.has_a_way_on();
    }
}

fn session(expires_in: u64) -> ActiveSession {
    let text = format!("#access_token=tok&token_type=bearer&expires_in={expires_in}");
    let response = AuthorizationResponse::parse("", &text).expect("readable");
    let response = AuthorizationResponse {
        state: Some(State::from_random(&[1; 32])),
        ..response
    };
    match response.check(pending()) {
        Ok(Grant::Token(grant)) => ActiveSession::new(grant, NOW),
        other => panic!("expected a token, got {other:?}"),
    }
}

#[test]
fn s5_a_session_of_another_configuration_is_over_whatever_its_time() {
    let look = Look {
        time: Time {
            wall: NOW,
            monotonic: 0,
        },
        logged_out_at: None,
        is_reconfigured: true,
        is_hidden: false,
        jitter: 0,
    };
    let verdict = |look: &Look| Verdict::of(&session(3600), RefreshState::Idle, Overdue::default(), look);
    assert_eq!(verdict(&look), Verdict::End(EndReason::Reconfigured));
    let same = Look {
        is_reconfigured: false,
        ..look
    };
    assert_eq!(verdict(&same), Verdict::Keep);
}
