use super::{AuthorizationResponse, MAX_RESPONSE_BYTES, MalformedReason, ResponseBody};
use crate::oauth::{AccessToken, ErrorCode, ErrorResponse, FormError, Scopes, State, TokenResponse, TokenType};

fn state() -> State {
    State::from_random(&[5; 32])
}

fn fragment(extra: &str) -> String {
    let state = state();
    let state = state.as_str();
    format!("#access_token=tok&token_type=Bearer&expires_in=3600&state={state}{extra}")
}

fn token(query: &str, fragment: &str) -> TokenResponse {
    match AuthorizationResponse::parse(query, fragment).expect("readable").body {
        ResponseBody::Token(token) => token,
        other => panic!("expected a token, got {other:?}"),
    }
}

fn body(query: &str, fragment: &str) -> ResponseBody {
    AuthorizationResponse::parse(query, fragment).expect("readable").body
}

fn malformed_reason(query: &str, fragment: &str) -> MalformedReason {
    AuthorizationResponse::parse(query, fragment)
        .expect_err("malformed")
        .reason
}

fn error_code(query: &str, fragment: &str) -> ErrorCode {
    match body(query, fragment) {
        ResponseBody::Error(error) => error.code,
        other => panic!("expected an error, got {other:?}"),
    }
}

#[test]
fn p1_parses_a_success_from_the_fragment() {
    let read = AuthorizationResponse::parse("", &fragment("&scope=a+b%20c")).expect("readable");
    assert_eq!(read.state, Some(state()));
    assert_eq!(read.iss, None);
    assert_eq!(
        read.body,
        ResponseBody::Token(TokenResponse {
            access_token: AccessToken::parse("tok").expect("a token"),
            expires_in: 3600,
            scopes: Some(Scopes::parse("a b c")),
            token_type: TokenType::Bearer,
            refresh_token: None,
        })
    );
}

#[test]
fn p2_an_undecodable_description_is_left_out_and_the_error_stays() {
    for description in ["introducci%u00f3n", "acc%E8s", "%"] {
        let query = format!("?error=access_denied&error_description={description}");
        let response = AuthorizationResponse::parse(&query, "").expect("readable");
        let expected = ErrorResponse::parse("access_denied", None);
        assert_eq!(response.body, ResponseBody::Error(expected), "{description}");
    }
}

#[test]
fn p2_refuses_an_undecodable_parameter_that_is_used() {
    let bad = "#access_token=%zz&token_type=bearer";
    let expected = MalformedReason::Undecodable("access_token", FormError::BadEscape);
    assert_eq!(malformed_reason("", bad), expected);
    let expected = MalformedReason::Undecodable("scope", FormError::InvalidUtf8);
    assert_eq!(malformed_reason("", &fragment("&scope=%ff")), expected);
}

#[test]
fn p2_ignores_an_undecodable_parameter_that_is_not_used() {
    token("?%zz=1&utm=%ff", &fragment("&x=%"));
}

#[test]
fn p3_refuses_a_repeated_parameter_in_one_part_and_across_parts() {
    for name in ["access_token", "token_type", "expires_in"] {
        let repeated = format!("&{name}=1");
        assert_eq!(
            malformed_reason("", &fragment(&repeated)),
            MalformedReason::Repeated(name)
        );
        let across = format!("?{name}=1");
        assert_eq!(
            malformed_reason(&across, &fragment("")),
            MalformedReason::Repeated(name)
        );
    }
    for name in ["error", "error_description", "code", "iss", "scope"] {
        let twice = format!("?{name}=1&{name}=1");
        assert_eq!(malformed_reason(&twice, ""), MalformedReason::Repeated(name));
    }
    assert_eq!(
        malformed_reason("?%65rror=a&error=b", ""),
        MalformedReason::Repeated("error")
    );
}

#[test]
fn p3_refuses_a_repeated_state_and_trusts_neither() {
    let state = state();
    let twice = format!("?state={}", state.as_str());
    let malformed = AuthorizationResponse::parse(&twice, &fragment("")).expect_err("malformed");
    assert_eq!(malformed.reason, MalformedReason::Repeated("state"));
    assert_eq!(malformed.state, None);
    let hidden = fragment("&expires_in=1&state=");
    let malformed = AuthorizationResponse::parse("", &hidden).expect_err("malformed");
    assert_eq!(malformed.reason, MalformedReason::Repeated("state"));
    assert_eq!(malformed.state, None);
}

#[test]
fn p3_accepts_known_parameters_in_both_parts_and_repeated_unknown_ones() {
    let read = AuthorizationResponse::parse("?iss=https://a.example&x=1&x=2", &fragment("&x=3"));
    let read = read.expect("readable");
    assert_eq!(read.iss.as_deref(), Some("https://a.example"));
    assert!(matches!(read.body, ResponseBody::Token(_)));
}

#[test]
fn p3_names_are_case_sensitive() {
    token("?ERROR=x&Error=y", &fragment("&Access_Token=other"));
    assert_eq!(body("?State=x&CODE=y", ""), ResponseBody::Empty);
}

#[test]
fn p4_an_empty_value_counts_as_absent() {
    token("?error=&code=", &fragment("&scope="));
    assert_eq!(body("?error=&state=&code", ""), ResponseBody::Empty);
    assert_eq!(
        malformed_reason("", "#access_token=tok&token_type=&state=x"),
        MalformedReason::TokenType
    );
    assert_eq!(
        token("", "#access_token=t&token_type=bearer&expires_in=").expires_in,
        3600
    );
}

#[test]
fn p5_parses_errors_from_the_query_and_from_the_fragment() {
    assert_eq!(error_code("?error=access_denied", ""), ErrorCode::AccessDenied);
    assert_eq!(
        error_code("", "#error=unsupported_response_type"),
        ErrorCode::UnsupportedResponseType
    );
}

#[test]
fn p5_an_error_takes_precedence_over_a_token_or_a_code() {
    assert_eq!(
        error_code("?error=access_denied", &fragment("")),
        ErrorCode::AccessDenied
    );
    assert_eq!(error_code("", &fragment("&error=server_error")), ErrorCode::ServerError);
    assert_eq!(error_code("?code=1&error=server_error", ""), ErrorCode::ServerError);
}

#[test]
fn p6_refuses_a_token_in_the_query_and_a_code_in_the_fragment() {
    let query = fragment("").replace('#', "?");
    assert_eq!(malformed_reason(&query, ""), MalformedReason::WrongPart("access_token"));
    assert_eq!(
        malformed_reason("", "#code=1&state=x"),
        MalformedReason::WrongPart("code")
    );
    assert_eq!(
        malformed_reason("?code=1", &fragment("")),
        MalformedReason::TokenAndCode
    );
}

#[test]
fn p7_token_type_is_required_and_is_bearer_in_any_case() {
    for kind in ["bearer", "Bearer", "BEARER", "bEaReR"] {
        token("", &format!("#token_type={kind}&access_token=tok"));
    }
    for kind in ["mac", "Bearer+", "bearer%20x", "N_A", "%C3%9Fearer"] {
        let text = format!("#token_type={kind}&access_token=tok");
        assert_eq!(malformed_reason("", &text), MalformedReason::TokenType, "{kind}");
    }
    assert_eq!(malformed_reason("", "#access_token=tok"), MalformedReason::TokenType);
}

#[test]
fn p8_accepts_a_token_of_printable_ascii_up_to_8_kib() {
    let long = "x".repeat(8 * 1024);
    let read = token("", &format!("#token_type=bearer&access_token={long}"));
    assert_eq!(read.access_token.expose_secret(), long);
    for bad in ["a%20b", "a+b", "t%C3%B6k", "a%0Ab", "a%00"] {
        let text = format!("#token_type=bearer&access_token={bad}");
        assert_eq!(malformed_reason("", &text), MalformedReason::TokenCharacters, "{bad}");
    }
}

#[test]
fn p8_refuses_a_response_above_64_kib() {
    let base = fragment("&x=");
    let fitting = format!("{base}{}", "x".repeat(MAX_RESPONSE_BYTES - base.len()));
    token("", &fitting);
    assert_eq!(malformed_reason("?", &fitting), MalformedReason::TooLong);
}

#[test]
fn p9_refuses_a_malformed_expires_in() {
    for bad in ["-1", "1e3", "%2B5", "+5", "%205", "3600.0", "abc", "NaN", "Infinity"] {
        let text = format!("#access_token=tok&token_type=bearer&expires_in={bad}");
        assert_eq!(malformed_reason("", &text), MalformedReason::ExpiresIn, "{bad}");
    }
}

#[test]
fn p10_an_absent_scope_differs_from_a_present_one_and_a_refresh_token_is_ignored() {
    assert_eq!(token("", &fragment("")).scopes, None);
    let reduced = token("", &fragment("&scope=a&refresh_token=r&refresh_token=r"));
    assert_eq!(reduced.scopes, Some(Scopes::parse("a")));
}

#[test]
fn p11_the_error_uri_is_not_kept() {
    let ResponseBody::Error(error) = body(
        "?error=x&error_description=Sorry%2C+no&error_uri=https://evil.example",
        "",
    ) else {
        panic!("expected an error");
    };
    assert_eq!(error.description.as_deref(), Some("Sorry, no"));
    assert!(!format!("{error:?}").contains("evil"));
}

#[test]
fn p13_a_callback_without_a_response_is_empty() {
    for (query, fragment) in [
        ("", ""),
        ("?", "#"),
        ("", "#_=_"),
        ("", "##a"),
        ("", "#/x"),
        ("?utm_source=mail", "#top"),
        ("?=&&==", "#&"),
    ] {
        assert_eq!(body(query, fragment), ResponseBody::Empty, "{query} {fragment}");
    }
    assert_eq!(malformed_reason("?state=x", ""), MalformedReason::Incomplete);
}

#[test]
fn s6_a_state_that_this_app_could_not_have_made_counts_as_absent() {
    for foreign in ["__proto__", "../x", "session", "%00", "a b"] {
        let read = AuthorizationResponse::parse(&format!("?error=x&state={foreign}"), "");
        assert_eq!(read.expect("readable").state, None, "{foreign}");
    }
}

#[test]
fn s3_a_malformed_response_still_names_the_login_that_it_ends() {
    let malformed = AuthorizationResponse::parse("", &fragment("&token_type=mac")).expect_err("malformed");
    assert_eq!(malformed.state, Some(state()));
}

#[test]
fn t2_debug_of_a_response_shows_no_secret() {
    let state = state();
    let text = fragment("").replace("tok&", "very-secret&");
    let shown = format!("{:?}", AuthorizationResponse::parse("", &text));
    assert!(!shown.contains("very-secret") && !shown.contains(state.as_str()));
}
