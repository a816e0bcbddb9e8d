use super::{ApiError, FailedResponse};
use crate::oauth::Scopes;

fn of(status: u16, body: &str) -> ApiError {
    let response = FailedResponse {
        status,
        body,
        ..FailedResponse::default()
    };
    response.error()
}

fn challenged(status: u16, challenge: &str, body: &str) -> ApiError {
    let response = FailedResponse {
        status,
        www_authenticate: Some(challenge),
        body,
        ..FailedResponse::default()
    };
    response.error()
}

fn missing(scopes: &str) -> ApiError {
    ApiError::MissingScope(Scopes::parse(scopes))
}

#[test]
fn h1_a_401_is_recognized_by_its_status_whatever_the_body() {
    for body in [
        "",
        r#"{"error":"x"}"#,
        r#"{"error":{"status":401,"message":"The access token expired"}}"#,
        "<html>",
    ] {
        assert_eq!(of(401, body), ApiError::Unauthorized);
    }
}

#[test]
fn h1_a_401_for_missing_permissions_is_a_missing_scope() {
    let body = r#"{"error":{"status":401,"message":"Permissions missing"}}"#;
    assert_eq!(of(401, body), missing(""));
}

#[test]
fn h2_a_403_is_a_missing_scope_or_has_its_message() {
    let scope = r#"{"error":{"status":403,"message":"Insufficient client scope"}}"#;
    assert_eq!(of(403, scope), missing(""));
    for (body, message) in [
        ("", ""),
        (r#"{"error":{"status":403,"message":"Forbidden"}}"#, "Forbidden"),
        (r#"{"error":"Forbidden"}"#, "Forbidden"),
        (
            "Spotify is unavailable in this country",
            "Spotify is unavailable in this country",
        ),
        ("ä", "ä"),
    ] {
        assert_eq!(of(403, body), ApiError::Forbidden(message.to_owned()), "{body}");
    }
}

#[test]
fn h2_insufficient_scope_of_rfc_6750_is_a_missing_scope() {
    for (challenge, scopes) in [
        (r#"Bearer error="insufficient_scope""#, ""),
        (r#"Bearer realm="x", error="insufficient_scope", scope="a b""#, "a b"),
        (r#"Bearer scope="a",error="insufficient_scope""#, "a"),
        (r#"bearer ERROR="insufficient_scope", SCOPE="a""#, "a"),
    ] {
        assert_eq!(challenged(403, challenge, ""), missing(scopes), "{challenge}");
    }
    for body in [
        r#"{"error":"insufficient_scope"}"#,
        r#"{"error":{"status":403,"message":"insufficient_scope"}}"#,
        "insufficient_scope",
    ] {
        assert_eq!(of(403, body), missing(""), "{body}");
    }
    for other in [
        "",
        "Bearer",
        "Bearer error=",
        "\"",
        r#"Bearer error="invalid_token""#,
        r#"xerror="insufficient_scope""#,
    ] {
        assert_eq!(
            challenged(403, other, ""),
            ApiError::Forbidden(String::new()),
            "{other}"
        );
    }
}

fn limited(retry_after_s: Option<u64>) -> ApiError {
    let response = FailedResponse {
        status: 429,
        retry_after_s,
        ..FailedResponse::default()
    };
    response.error()
}

#[test]
fn h3_a_retry_after_of_zero_counts_as_absent() {
    for (sent, retry_after_s) in [(Some(7), Some(7)), (Some(0), None), (None, None)] {
        assert_eq!(limited(sent), ApiError::RateLimited { retry_after_s });
    }
}

#[test]
fn h4_only_some_errors_are_transient() {
    for status in [500, 502, 503, 599] {
        assert_eq!(of(status, "<html>"), ApiError::Server(status));
        assert!(of(status, "").is_transient());
    }
    assert!(ApiError::Network.is_transient() && ApiError::TimedOut.is_transient());
    for permanent in [
        of(401, ""),
        of(403, ""),
        of(404, ""),
        of(302, ""),
        ApiError::Unreadable,
        ApiError::ForeignOrigin,
    ] {
        assert!(!permanent.is_transient(), "{permanent:?}");
    }
}

#[test]
fn h5_a_400_or_404_means_that_there_is_no_such_thing() {
    for body in [
        "",
        r#"{"error":{"status":400,"message":"invalid id"}}"#,
        r#"{"error":{"status":404,"message":"Resource not found"}}"#,
    ] {
        assert_eq!(of(400, body), ApiError::NotFound);
        assert_eq!(of(404, body), ApiError::NotFound);
    }
    assert_eq!(of(410, ""), ApiError::Status(410));
}

#[test]
fn h5_all_three_error_bodies_are_parsed() {
    assert_eq!(of(403, r#"{"error":"insufficient client scope"}"#), missing(""));
    assert_eq!(
        of(403, r#"{"error":{"message":"Insufficient client scope"}}"#),
        missing("")
    );
    assert_eq!(of(403, ""), ApiError::Forbidden(String::new()));
}
