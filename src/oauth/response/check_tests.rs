use super::{Refusal, Response};
use crate::oauth::samples::{binding, pending};
use crate::oauth::{Binding, ErrorCode, Flow, Grant, Scopes};

const SUCCESS: &str = "#access_token=tok&token_type=Bearer&expires_in=60";

fn check(query: &str, fragment: &str) -> Result<Grant, Refusal> {
    let response = Response::parse(query, fragment).expect("readable");
    response.check(pending(), &binding())
}

#[test]
fn p6_the_kind_must_be_the_one_asked_for() {
    assert_eq!(check("?code=abc", ""), Err(Refusal::Kind));
    let mut asked_for_code = pending();
    asked_for_code.binding.flow = Flow::Pkce;
    let now = asked_for_code.binding.clone();
    let response = Response::parse("", SUCCESS).expect("readable");
    assert_eq!(response.check(asked_for_code, &now), Err(Refusal::Kind));
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

#[test]
fn s5_any_changed_part_of_the_binding_refuses() {
    let changes: [fn(&mut Binding); 7] = [
        |now| now.flow = Flow::Pkce,
        |now| now.client_id.push('x'),
        |now| now.redirect_uri.push('/'),
        |now| now.issuer = Some("https://accounts.example".to_owned()),
        |now| now.authorize_url.push('x'),
        |now| now.token_url.push('x'),
        |now| now.api_url.push('x'),
    ];
    for change in changes {
        let mut now = binding();
        change(&mut now);
        let response = Response::parse("", SUCCESS).expect("readable");
        assert_eq!(response.check(pending(), &now), Err(Refusal::Binding));
    }
}

fn check_issuer(query: &str, fragment: &str) -> Result<Grant, Refusal> {
    let mut pending = pending();
    pending.binding.issuer = Some("https://accounts.example".to_owned());
    let now = pending.binding.clone();
    let response = Response::parse(query, fragment).expect("readable");
    response.check(pending, &now)
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
fn s9_the_issuer_is_looked_at_before_the_error() {
    let foreign = check_issuer("?error=access_denied&iss=https://evil.example", "");
    assert_eq!(foreign, Err(Refusal::Issuer));
    let plain = check_issuer("?error=access_denied", "");
    assert!(matches!(plain, Err(Refusal::Server(error)) if error.code == ErrorCode::AccessDenied));
}
