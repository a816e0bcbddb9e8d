use super::{Refusal, Response};
use crate::oauth::samples::pending;
use crate::oauth::{ErrorCode, Flow, Grant, Passed, Pending, Scopes, State, TokenAnswer, Verifier, samples};

const SUCCESS: &str = "#access_token=tok&token_type=Bearer&expires_in=60";

fn read(query: &str, fragment: &str) -> Response {
    let response = Response::parse(query, fragment).expect("readable");
    Response {
        state: Some(State::from_random(&[1; 32])),
        ..response
    }
}

fn token(passed: Passed) -> Grant {
    match passed {
        Passed::Token(grant) => grant,
        Passed::Code(_) => panic!("expected a token"),
    }
}

fn check(query: &str, fragment: &str) -> Result<Grant, Refusal> {
    read(query, fragment).check(pending()).map(token)
}

fn asked_for_code() -> Pending {
    let mut pending = pending();
    pending.binding.flow = Flow::Pkce;
    pending.verifier = Some(Verifier::from_random(&[2; 32]));
    pending
}

#[test]
fn p6_the_kind_must_be_the_one_asked_for() {
    assert_eq!(check("?code=abc", ""), Err(Refusal::Kind));
    assert_eq!(read("", SUCCESS).check(asked_for_code()), Err(Refusal::Kind));
    let without_verifier = Pending {
        verifier: None,
        ..asked_for_code()
    };
    assert_eq!(read("?code=abc", "").check(without_verifier), Err(Refusal::Kind));
    assert_eq!(check("", ""), Err(Refusal::Kind));
}

#[test]
fn p9_a_life_of_zero_is_over_on_arrival() {
    let text = SUCCESS.replace("=60", "=0");
    assert_eq!(check("", &text), Err(Refusal::ExpiredOnArrival));
}

#[test]
fn p10_absent_scope_means_as_asked_and_present_scope_as_granted() {
    let asked = pending().scopes;
    let full = check("", SUCCESS).expect("a grant");
    assert_eq!(full.scopes, asked);
    let reduced = check("", &format!("{SUCCESS}&scope=user-read-private")).expect("a grant");
    assert_eq!(reduced.scopes, Scopes::parse("user-read-private"));
    assert_eq!(
        reduced.asked.missing_from(&reduced.scopes),
        Scopes::parse("user-read-email")
    );
}

fn check_issuer(query: &str, fragment: &str) -> Result<Grant, Refusal> {
    let mut pending = pending();
    pending.binding.issuer = Some("https://accounts.example".to_owned());
    read(query, fragment).check(pending).map(token)
}

#[test]
fn s9_the_issuer_must_be_equal_as_a_plain_string() {
    assert!(check_issuer("?iss=https%3A%2F%2Faccounts.example", SUCCESS).is_ok());
    let inside = format!("{SUCCESS}&iss=https://accounts.example");
    assert!(check_issuer("", &inside).is_ok());
    for other in ["https://accounts.example/", "https://ACCOUNTS.example", "x"] {
        let query = format!("?iss={other}");
        assert_eq!(check_issuer(&query, SUCCESS), Err(Refusal::Issuer));
    }
    assert_eq!(check_issuer("", SUCCESS), Err(Refusal::Issuer), "missing");
    assert!(check("?iss=anything", SUCCESS).is_ok(), "none configured");
}

#[test]
fn s9_the_issuer_is_checked_on_an_error_as_well() {
    let foreign = check_issuer("?error=access_denied&iss=https://evil.example", "");
    assert_eq!(foreign, Err(Refusal::Issuer));
    let missing = check_issuer("?error=access_denied", "");
    assert_eq!(missing, Err(Refusal::Issuer));
    let right = check_issuer("?error=access_denied&iss=https://accounts.example", "");
    assert!(matches!(right, Err(Refusal::Server(error)) if error.code == ErrorCode::AccessDenied));
}

#[test]
fn c4_a_code_without_a_state_makes_nothing() {
    let response = Response {
        state: None,
        ..read("?code=abc", "")
    };
    assert_eq!(response.check(asked_for_code()), Err(Refusal::Kind));
}

#[test]
fn c2_a_code_is_redeemed_with_the_verifier_of_its_own_log_in() {
    let passed = read("?code=a%2Bb%2F", "").check(asked_for_code());
    let Ok(Passed::Code(code)) = passed else {
        panic!("expected a code, got {passed:?}");
    };
    assert_eq!(code.token_url(), "https://accounts.example/api/token");
    let verifier = Verifier::from_random(&[2; 32]);
    let expected = [
        ("client_id", "client"),
        ("code", "a+b/"),
        ("code_verifier", verifier.expose_secret()),
        ("grant_type", "authorization_code"),
        ("redirect_uri", "http://127.0.0.1:8888/callback"),
    ];
    assert_eq!(samples::parameters(&code.form()), samples::owned(&expected));
    let answer = r#"{"access_token":"tok","token_type":"Bearer","expires_in":60,"refresh_token":"ref","scope":"user-read-email"}"#;
    let grant = code.redeemed(TokenAnswer::parse(200, answer).expect("readable"));
    assert_eq!(grant.scopes, Scopes::parse("user-read-email"));
    assert_eq!(grant.asked, pending().scopes);
    assert!(grant.refresh.is_some());
}

#[test]
fn c2_debug_of_a_code_shows_neither_code_nor_verifier() {
    let passed = read("?code=very-secret", "").check(asked_for_code());
    let shown = format!("{passed:?} {:?}", read("?code=very-secret", ""));
    assert!(!shown.contains("very-secret"));
    assert!(!shown.contains(Verifier::from_random(&[2; 32]).expose_secret()));
}
