use std::sync::Arc;

use super::Core;
use crate::config::for_client;
use crate::oauth::samples::{NOW, client};
use crate::oauth::{Client, Flow, ResponseUrl, ReturnPath, Scopes, State, TokenResponse};
use crate::session::core::message::LoginMessage;
use crate::session::core::{ActiveSession, CallId, Effect, EndReason, Event, Seen, SessionState, Time, WantedLogin};
use crate::store::MemoryStore;

fn seen() -> Seen {
    Seen {
        time: Time {
            wall: NOW,
            monotonic: 0,
        },
        is_hidden: false,
        is_online: true,
    }
}

fn wanted() -> WantedLogin {
    WantedLogin {
        config: Arc::new(for_client(client())),
        scopes: Scopes::default(),
        return_to: ReturnPath::default(),
        state: [1; 32],
        verifier: [2; 32],
    }
}

/// A session that was begun by the implicit grant.
fn signed_in() -> Core<MemoryStore, MemoryStore> {
    let mut core = Core::new(MemoryStore::default(), MemoryStore::default(), 0);
    core.log_in(wanted(), seen()).expect("started");
    let state = State::from_random(&[1; 32]);
    let fragment = format!(
        "#access_token=tok&token_type=bearer&expires_in=3600&state={}",
        state.as_str()
    );
    let response = ResponseUrl::parse(&fragment);
    core.handle(Event::Shown { response }, seen());
    assert!(core.active().is_some());
    core
}

#[test]
fn s5_a_session_of_another_configuration_is_over_whatever_its_time() {
    let mut core = signed_in();
    core.handle(Event::Configured(Arc::new(for_client(client()))), seen());
    assert!(core.active().is_some(), "the same configuration");
    let other = Client {
        flow: Flow::Pkce,
        ..client()
    };
    core.handle(Event::Configured(Arc::new(for_client(other))), seen());
    assert_eq!(core.state, SessionState::Ended(EndReason::Reconfigured));
}

#[test]
fn s8_two_quick_presses_start_one_login() {
    let mut core = Core::new(MemoryStore::default(), MemoryStore::default(), 0);
    assert!(!core.log_in(wanted(), seen()).expect("started").is_empty());
    assert!(core.log_in(wanted(), seen()).expect("started").is_empty());
    assert!(core.login.is_redirecting());
    core.handle(Event::RedirectFailed, seen());
    assert!(core.login.is_idle());
}

#[test]
fn s10_a_login_that_can_not_be_stored_does_not_start() {
    let mut core = Core::new(MemoryStore::default(), MemoryStore::default(), 0);
    core.tab.is_full.set(true);
    assert!(core.log_in(wanted(), seen()).is_err());
    assert!(core.login.is_idle());
}

/// A session that was begun with a code, and can be refreshed.
fn refreshable() -> Core<MemoryStore, MemoryStore> {
    let mut core = Core::new(MemoryStore::default(), MemoryStore::default(), 0);
    let client = Client {
        flow: Flow::Pkce,
        ..client()
    };
    let wanted = WantedLogin {
        config: Arc::new(for_client(client)),
        ..wanted()
    };
    core.log_in(wanted, seen()).expect("started");
    let state = State::from_random(&[1; 32]);
    let response = ResponseUrl::parse(&format!("?code=c&state={}", state.as_str()));
    let effects = core.handle(Event::Shown { response }, seen());
    let request = effects.iter().find_map(|effect| match effect {
        Effect::RequestToken { request, .. } => Some(*request),
        _ => None,
    });
    let body = r#"{"access_token":"tok-1","token_type":"Bearer","expires_in":3600,"refresh_token":"ref-1"}"#;
    let result = TokenResponse::parse(200, body);
    core.handle(Event::Token(request.expect("a request"), result), seen());
    core
}

#[test]
fn h1_a_401_to_an_older_token_leaves_a_newer_one_alone() {
    let mut core = refreshable();
    let older = core.active().expect("signed in").clone();
    let body = r#"{"access_token":"tok-2","token_type":"Bearer","expires_in":3600}"#;
    let newer = older.refreshed(TokenResponse::parse(200, body).expect("readable"), NOW);
    core.handle(
        Event::Message(newer.login().clone(), LoginMessage::Session(newer.clone().into())),
        seen(),
    );
    let unauthorized = |lent: &Arc<ActiveSession>| Event::Unauthorized {
        call: CallId(1),
        lent: lent.clone(),
        is_second: true,
    };
    let effects = core.handle(unauthorized(&older), seen());
    assert_eq!(core.active().map(|session| session.as_ref()), Some(&newer));
    assert!(
        matches!(effects[..], [Effect::Refuse { is_over: false, .. }]),
        "{effects:?}"
    );
    let newest = core.active().expect("signed in").clone();
    core.handle(unauthorized(&newest), seen());
    assert_eq!(core.state, SessionState::Ended(EndReason::Rejected));
}
