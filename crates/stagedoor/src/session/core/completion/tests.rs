use super::{CompletionError, check};
use crate::oauth::samples::{NOW, pending};
use crate::oauth::{ErrorCode, ErrorResponse, MalformedReason, PENDING_LIFETIME_MS, ResponseError, ResponseUrl, State};
use crate::session::core::pending_logins;
use crate::store::{MemoryStore, Store};

fn state(seed: u8) -> State {
    State::from_random(&[seed; 32])
}

fn unsolicited(login: Option<State>) -> CompletionError {
    CompletionError::Unsolicited { login, code: None }
}

fn store() -> MemoryStore {
    let store = MemoryStore::default();
    for seed in [1, 2] {
        pending_logins::add(&store, &state(seed), pending(), NOW).expect("stored");
    }
    store.set_text("session", "the live session");
    store
}

fn success(state: &str) -> String {
    format!("#access_token=tok&token_type=Bearer&expires_in=60&state={state}")
}

fn url(query: &str, fragment: &str) -> ResponseUrl {
    ResponseUrl::parse(&format!("{query}{fragment}")).expect("a response")
}

fn answer(store: &MemoryStore, query: &str, fragment: &str) -> Result<bool, CompletionError> {
    let checked = check(store, &url(query, fragment), NOW).map(|grant| grant.is_some());
    checked.map_err(|refused| refused.error)
}

fn waits(store: &MemoryStore, seed: u8) -> bool {
    matches!(
        pending_logins::take(store, &state(seed), NOW),
        pending_logins::Taken::Pending(_)
    )
}

#[test]
fn s2_the_state_that_was_sent_makes_a_grant() {
    assert_eq!(answer(&store(), "", &success(state(1).as_str())), Ok(true));
}

#[test]
fn s2_a_missing_empty_or_unequal_state_refuses_and_touches_nothing() {
    let store = store();
    for foreign in ["", state(3).as_str(), "__proto__", "../x", "session", "log-in:"] {
        assert_eq!(
            answer(&store, "", &success(foreign)),
            Err(unsolicited(State::parse(foreign))),
            "{foreign}"
        );
    }
    let without = "#access_token=tok&token_type=Bearer";
    assert_eq!(answer(&store, "", without), Err(unsolicited(None)));
    assert!(waits(&store, 1) && waits(&store, 2));
    assert_eq!(store.text("session").as_deref(), Some("the live session"));
}

#[test]
fn s3_the_same_answer_again_is_refused() {
    let store = store();
    let fragment = success(state(1).as_str());
    assert_eq!(answer(&store, "", &fragment), Ok(true));
    assert_eq!(answer(&store, "", &fragment), Err(CompletionError::AlreadyUsed));
}

#[test]
fn s3_a_refused_answer_uses_the_log_in_up_as_well() {
    for spoiled in ["&token_type=mac", "&expires_in=x", "&error=access_denied&scope=%zz"] {
        let store = store();
        let fragment = success(state(1).as_str());
        assert!(answer(&store, "", &format!("{fragment}{spoiled}")).is_err());
        assert_eq!(
            answer(&store, "", &fragment),
            Err(CompletionError::AlreadyUsed),
            "{spoiled}"
        );
        assert!(waits(&store, 2));
    }
}

#[test]
fn s4_an_answer_after_ten_minutes_is_too_late() {
    let late = NOW + PENDING_LIFETIME_MS + 1;
    let answer = check(&store(), &url("", &success(state(1).as_str())), late).map_err(|refused| refused.error);
    assert_eq!(answer.map(|_| ()), Err(CompletionError::TooLate));
}

#[test]
fn p12_an_error_with_a_wrong_or_missing_state_changes_nothing() {
    let store = store();
    let before = store.keys();
    for login in ["", "&state=", state(3).as_str()] {
        let query = match State::parse(login) {
            Some(login) => format!("?error=access_denied&state={}", login.as_str()),
            None => format!("?error=access_denied{login}"),
        };
        let (login, code) = (State::parse(login), Some(ErrorCode::AccessDenied));
        assert_eq!(
            answer(&store, &query, ""),
            Err(CompletionError::Unsolicited { login, code }),
            "{query}"
        );
    }
    assert_eq!(store.keys(), before);
    assert_eq!(store.text("session").as_deref(), Some("the live session"));
    assert!(waits(&store, 1) && waits(&store, 2));
}

#[test]
fn p5_a_denied_log_in_is_over() {
    let store = store();
    let query = format!("?error=access_denied&state={}", state(1).as_str());
    let Err(CompletionError::Response(ResponseError::Server(error))) = answer(&store, &query, "") else {
        panic!("expected the server's error");
    };
    assert_eq!(error.code, ErrorCode::AccessDenied);
    assert!(!waits(&store, 1) && waits(&store, 2));
}

#[test]
fn s6_a_state_reads_nothing_but_its_own_entry() {
    let store = store();
    let waiting = store.text(&format!("log-in:{}", state(1).as_str())).expect("an entry");
    store.set_text("session", &waiting);
    assert_eq!(answer(&store, "", &success("session")), Err(unsolicited(None)));
    assert_eq!(answer(&store, "", &success("../session")), Err(unsolicited(None)));
}

#[test]
fn p13_nothing_is_no_failure() {
    for (query, fragment) in [("", "#_=_"), ("", "##a"), ("?utm=1", "#/x")] {
        assert_eq!(answer(&store(), query, fragment), Ok(false));
    }
}

#[test]
fn p3_a_doubled_state_touches_no_log_in() {
    let store = store();
    let query = format!("?state={}", state(2).as_str());
    let Err(CompletionError::Malformed(malformed)) = answer(&store, &query, &success(state(1).as_str())) else {
        panic!("expected a malformed response");
    };
    assert_eq!(malformed.reason, MalformedReason::Repeated("state"));
    assert!(waits(&store, 1) && waits(&store, 2));
}

#[test]
fn a_refused_flow_is_recognized_in_solicited_and_unsolicited_errors() {
    let solicited = |code: &str| CompletionError::Response(ResponseError::Server(ErrorResponse::parse(code, None)));
    let unsolicited = |code: &str| CompletionError::Unsolicited {
        login: None,
        code: Some(ErrorCode::parse(code)),
    };
    for code in ["unsupported_response_type", "unauthorized_client"] {
        assert!(
            solicited(code).is_flow_refused() && unsolicited(code).is_flow_refused(),
            "{code}"
        );
    }
    for other in [
        solicited("access_denied"),
        unsolicited("access_denied"),
        CompletionError::Unsolicited {
            login: None,
            code: None,
        },
    ] {
        assert!(!other.is_flow_refused(), "{other:?}");
    }
}

#[test]
fn p12_a_refused_response_leads_back_where_its_login_was_to_lead_and_others_lead_nowhere() {
    let return_to = |query: &str, fragment: &str| {
        let refused = check(&store(), &url(query, fragment), NOW).expect_err("refused");
        refused.return_to
    };
    let state = state(1);
    let answers = |error: &str| format!("?error={error}&state={}", state.as_str());
    let own = Some(pending().return_to);
    assert_eq!(return_to(&answers("access_denied"), ""), own);
    assert_eq!(
        return_to("", &format!("{}&token_type=mac", success(state.as_str()))),
        own
    );
    assert_eq!(
        return_to(&answers("unsupported_response_type"), ""),
        None,
        "another flow is offered"
    );
    assert_eq!(return_to("?error=access_denied", ""), None);
    assert_eq!(
        return_to(
            &format!("?error=access_denied&state={}", State::from_random(&[9; 32]).as_str()),
            ""
        ),
        None
    );
}
