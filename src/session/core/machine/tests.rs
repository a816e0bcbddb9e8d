use super::Core;
use crate::oauth::samples::{NOW, client};
use crate::oauth::{Client, Flow, ReturnPath, Scopes, State, TokenStorage};
use crate::session::core::{EndReason, Event, LoginProgress, Seen, SessionState, Time, WantedLogin};
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
        client: client(),
        scopes: Scopes::default(),
        return_to: ReturnPath::default(),
        token_storage: TokenStorage::Session,
        show_dialog: false,
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
    let response = Some((String::new(), fragment));
    core.handle(Event::Shown { response }, seen());
    assert!(core.active().is_some());
    core
}

#[test]
fn s5_a_session_of_another_configuration_is_over_whatever_its_time() {
    let mut core = signed_in();
    core.handle(Event::Configured(client().into(), TokenStorage::Session), seen());
    assert!(core.active().is_some(), "the same configuration");
    let other = Client {
        flow: Flow::Pkce,
        ..client()
    };
    core.handle(Event::Configured(other.into(), TokenStorage::Session), seen());
    assert_eq!(core.state, SessionState::Ended(EndReason::Reconfigured));
}

#[test]
fn s8_two_quick_presses_start_one_login() {
    let mut core = Core::new(MemoryStore::default(), MemoryStore::default(), 0);
    assert!(!core.log_in(wanted(), seen()).expect("started").is_empty());
    assert!(core.log_in(wanted(), seen()).expect("started").is_empty());
    assert_eq!(core.login, LoginProgress::Redirecting);
    core.handle(Event::RedirectFailed, seen());
    assert_eq!(core.login, LoginProgress::Idle);
}

#[test]
fn s10_a_login_that_can_not_be_stored_does_not_start() {
    let mut core = Core::new(MemoryStore::default(), MemoryStore::default(), 0);
    core.tab.is_full.set(true);
    assert!(core.log_in(wanted(), seen()).is_err());
    assert_eq!(core.login, LoginProgress::Idle);
}
