use super::{AuthorizationResponse, ResponseError};
use crate::oauth::samples::{owned, parameters, pending};
use crate::oauth::{CodeVerifier, ErrorCode, Flow, Grant, PendingLogin, Scopes, State, TokenGrant, TokenResponse};

const SUCCESS: &str = "#access_token=tok&token_type=Bearer&expires_in=60";

fn read(query: &str, fragment: &str) -> AuthorizationResponse {
    let response = AuthorizationResponse::parse(query, fragment).expect("readable");
    AuthorizationResponse {
        state: Some(State::from_random(&[1; 32])),
        ..response
    }
}

fn token(grant: Grant) -> TokenGrant {
    match grant {
        Grant::Token(grant) => grant,
        Grant::Code(_) => panic!("expected a token"),
    }
}

fn check(query: &str, fragment: &str) -> Result<TokenGrant, ResponseError> {
    read(query, fragment).check(pending()).map(token)
}

fn code_requested() -> PendingLogin {
    let mut pending = pending();
    pending.client.flow = Flow::Pkce;
    pending.verifier = Some(CodeVerifier::from_random(&[2; 32]));
    pending
}

#[test]
fn p6_refuses_a_response_type_that_was_not_requested() {
    assert_eq!(check("?code=abc", ""), Err(ResponseError::UnexpectedResponseType));
    assert_eq!(
        read("", SUCCESS).check(code_requested()),
        Err(ResponseError::UnexpectedResponseType)
    );
    let without_verifier = PendingLogin {
        verifier: None,
        ..code_requested()
    };
    assert_eq!(
        read("?code=abc", "").check(without_verifier),
        Err(ResponseError::UnexpectedResponseType)
    );
    assert_eq!(check("", ""), Err(ResponseError::UnexpectedResponseType));
}

#[test]
fn p9_refuses_a_token_with_a_lifetime_of_zero() {
    let text = SUCCESS.replace("=60", "=0");
    assert_eq!(check("", &text), Err(ResponseError::AlreadyExpired));
}

#[test]
fn p10_an_absent_scope_means_as_requested_and_a_present_one_as_granted() {
    let requested = pending().scopes;
    let full = check("", SUCCESS).expect("a grant");
    assert_eq!(*full.scopes(), requested);
    let reduced = check("", &format!("{SUCCESS}&scope=user-read-private")).expect("a grant");
    assert_eq!(*reduced.scopes(), Scopes::parse("user-read-private"));
    assert_eq!(
        reduced.pending.scopes.missing_from(reduced.scopes()),
        Scopes::parse("user-read-email")
    );
}

fn check_issuer(query: &str, fragment: &str) -> Result<TokenGrant, ResponseError> {
    let mut pending = pending();
    pending.client.issuer = Some("https://accounts.example".to_owned());
    read(query, fragment).check(pending).map(token)
}

#[test]
fn s9_the_issuer_must_be_equal_as_a_plain_string() {
    assert!(check_issuer("?iss=https%3A%2F%2Faccounts.example", SUCCESS).is_ok());
    let inside = format!("{SUCCESS}&iss=https://accounts.example");
    assert!(check_issuer("", &inside).is_ok());
    for other in ["https://accounts.example/", "https://ACCOUNTS.example", "x"] {
        let query = format!("?iss={other}");
        assert_eq!(check_issuer(&query, SUCCESS), Err(ResponseError::IssuerMismatch));
    }
    assert_eq!(check_issuer("", SUCCESS), Err(ResponseError::IssuerMismatch), "missing");
    assert!(check("?iss=anything", SUCCESS).is_ok(), "none configured");
}

#[test]
fn s9_the_issuer_is_required_on_an_error_as_well() {
    for refused in [
        "?error=access_denied",
        "?error=access_denied&iss=",
        "?error=access_denied&iss=https://evil.example",
    ] {
        assert_eq!(
            check_issuer(refused, ""),
            Err(ResponseError::IssuerMismatch),
            "{refused}"
        );
    }
    let accepted = check_issuer("?error=access_denied&iss=https://accounts.example", "");
    assert!(matches!(accepted, Err(ResponseError::Server(error)) if error.code == ErrorCode::AccessDenied));
    let unset = check("?error=access_denied", "");
    assert!(matches!(unset, Err(ResponseError::Server(_))), "no issuer configured");
}

#[test]
fn c4_refuses_a_code_without_a_state() {
    let response = AuthorizationResponse {
        state: None,
        ..read("?code=abc", "")
    };
    assert_eq!(
        response.check(code_requested()),
        Err(ResponseError::UnexpectedResponseType)
    );
}

#[test]
fn c2_a_code_is_redeemed_with_the_verifier_of_its_own_login() {
    let grant = read("?code=a%2Bb%2F", "").check(code_requested());
    let Ok(Grant::Code(code)) = grant else {
        panic!("expected a code, got {grant:?}");
    };
    assert_eq!(code.token_url(), "https://accounts.example/api/token");
    let verifier = CodeVerifier::from_random(&[2; 32]);
    let expected = [
        ("client_id", "client"),
        ("code", "a+b/"),
        ("code_verifier", verifier.expose_secret()),
        ("grant_type", "authorization_code"),
        ("redirect_uri", "http://127.0.0.1:8888/callback"),
    ];
    assert_eq!(parameters(&code.form()), owned(&expected));
    let body = r#"{"access_token":"tok","token_type":"Bearer","expires_in":60,"refresh_token":"ref","scope":"user-read-email"}"#;
    let grant = code.redeem(TokenResponse::parse(200, body).expect("readable"));
    assert_eq!(*grant.scopes(), Scopes::parse("user-read-email"));
    assert_eq!(grant.pending.scopes, pending().scopes);
    assert!(grant.token.refresh_token.is_some());
}

#[test]
fn c2_debug_of_a_code_shows_neither_code_nor_verifier() {
    let grant = read("?code=very-secret", "").check(code_requested());
    let shown = format!("{grant:?} {:?}", read("?code=very-secret", ""));
    assert!(!shown.contains("very-secret"));
    assert!(!shown.contains(CodeVerifier::from_random(&[2; 32]).expose_secret()));
}
