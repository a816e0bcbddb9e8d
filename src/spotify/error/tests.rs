use super::{ApiError, FailedResponse};
use crate::oauth::Scopes;

/// Wed, 21 Oct 2026 07:28:00 GMT, in milliseconds since the Unix epoch.
const NOW: u64 = 1_792_567_680_000;

fn of(status: u16, body: &str) -> ApiError {
    let response = FailedResponse {
        status,
        body,
        ..FailedResponse::default()
    };
    ApiError::from_response(response, NOW)
}

fn challenged(status: u16, challenge: &str, body: &str) -> ApiError {
    let response = FailedResponse {
        status,
        www_authenticate: Some(challenge),
        body,
        ..FailedResponse::default()
    };
    ApiError::from_response(response, NOW)
}

fn missing(scopes: &str) -> ApiError {
    ApiError::MissingScope(Scopes::parse(scopes))
}

#[test]
fn h2_a_country_without_spotify_is_told_as_text_and_as_json() {
    let message = "Spotify is unavailable in this country";
    let json = format!(r#"{{"error":{{"status":403,"message":"{message}"}}}}"#);
    for body in [message, &json, &format!("{message}.")] {
        assert_eq!(of(403, body), ApiError::UnavailableHere, "{body}");
    }
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
fn h2_the_kinds_of_403_are_distinguished() {
    let scope = r#"{"error":{"status":403,"message":"Insufficient client scope"}}"#;
    assert_eq!(of(403, scope), missing(""));
    let premium =
        r#"{"error":{"status":403,"message":"Active premium subscription required for the owner of the app."}}"#;
    assert_eq!(of(403, premium), ApiError::OwnerNeedsPremium);
    for other in [
        "",
        r#"{"error":{"status":403,"message":"Forbidden"}}"#,
        r#"{"error":"Forbidden"}"#,
        "ä",
    ] {
        assert_eq!(of(403, other), ApiError::Forbidden, "{other}");
    }
}

#[test]
fn h2_all_wordings_of_an_unregistered_user_are_one_kind() {
    for text in [
        "User not registered in the Developer Dashboard",
        "Check settings on developer.spotify.com/dashboard, the user may not be registered.",
        "The user is not registered for this application",
    ] {
        assert_eq!(of(403, text), ApiError::NotRegistered, "{text}");
        let json = format!(r#"{{"error":{{"status":403,"message":"{text}"}}}}"#);
        assert_eq!(of(403, &json), ApiError::NotRegistered, "{json}");
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
        assert_eq!(challenged(403, other, ""), ApiError::Forbidden, "{other}");
    }
}

fn limited(retry_after: Option<&str>) -> Option<u64> {
    let response = FailedResponse {
        status: 429,
        retry_after,
        ..FailedResponse::default()
    };
    match ApiError::from_response(response, NOW) {
        ApiError::RateLimited { retry_after_s } => retry_after_s,
        other => panic!("expected a rate limit, got {other:?}"),
    }
}

#[test]
fn h3_retry_after_is_read_in_seconds_and_as_a_date() {
    for (text, seconds) in [
        ("7", 7),
        (" 48925 ", 48_925),
        ("99999999999999999999", u64::MAX),
        ("Wed, 21 Oct 2026 07:28:30 GMT", 30),
        ("Wed, 21 Oct 2065 07:28:00 GMT", 1_230_768_000),
        ("Wednesday, 21-Oct-26 07:29:00 GMT", 60),
        ("Wed Oct 21 07:28:05 2026", 5),
    ] {
        assert_eq!(limited(Some(text)), Some(seconds), "{text}");
    }
}

#[test]
fn h3_a_retry_after_of_zero_in_the_past_or_unreadable_counts_as_absent() {
    for none in [
        None,
        Some("0"),
        Some("-1"),
        Some("+5"),
        Some("1.5"),
        Some("soon"),
        Some(""),
        Some("Wed, 21 Oct 2026 07:28:00 GMT"),
        Some("Thu, 01 Jan 1970 00:00:00 GMT"),
        Some("Wed, 21 Oct 2026"),
    ] {
        assert_eq!(limited(none), None, "{none:?}");
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
    assert_eq!(of(403, ""), ApiError::Forbidden);
}
