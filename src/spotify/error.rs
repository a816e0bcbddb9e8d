//! What can go wrong in a call of the Web API, determined by status, headers and body. Pure; knows no text for people.

use serde::Deserialize;

use crate::browser::http::RequestError;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// 401: the token is expired, revoked or unknown (RFC 6750 section 3.1).
    #[error("the token was not accepted")]
    Unauthorized,
    /// 403: a scope is missing.
    #[error("a scope is missing")]
    MissingScope,
    /// 403: the app is in development mode and the user is not on its list.
    #[error("the user is not registered with the app")]
    NotRegistered,
    /// 403: the owner of the app needs Premium.
    #[error("the owner of the app needs Premium")]
    OwnerNeedsPremium,
    /// Any other 403: not available to this app.
    #[error("not available to this app")]
    Forbidden,
    /// 429: too many calls.
    #[error("too many calls")]
    RateLimited {
        /// `Retry-After` in seconds, when there was one above zero.
        retry_after_s: Option<u64>,
    },
    /// 500 and above.
    #[error("the server failed with {0}")]
    Server(u16),
    /// Any other status.
    #[error("unexpected status {0}")]
    Status(u16),
    /// No response before the timeout.
    #[error("no response in time")]
    TimedOut,
    /// No connection, or a response that the browser withholds: refused by CORS, or a redirect.
    #[error("no response")]
    Network,
    /// A response of another form: HTML, empty, cut off, other JSON.
    #[error("the response can't be read")]
    Unreadable,
    /// The call would have gone to another origin than the API's; it was not made.
    #[error("the call would leave the API's origin")]
    ForeignOrigin,
}

impl From<RequestError> for ApiError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::TimedOut => Self::TimedOut,
            RequestError::Failed => Self::Network,
        }
    }
}

impl ApiError {
    /// The error of a response that is not a success. `retry_after` is the header's text. `body` may be empty,
    /// `{"error":"x"}`, `{"error":{"status":n,"message":"…"}}` or plain text.
    pub fn from_response(status: u16, retry_after: Option<&str>, body: &str) -> Self {
        match status {
            401 => Self::Unauthorized,
            403 => Self::from_forbidden(&message(body)),
            429 => Self::RateLimited {
                retry_after_s: retry_after
                    .and_then(|text| text.trim().parse().ok())
                    .filter(|seconds| *seconds > 0),
            },
            500.. => Self::Server(status),
            other => Self::Status(other),
        }
    }

    fn from_forbidden(message: &str) -> Self {
        let says = |phrase: &str| contains_ignoring_case(message, phrase);
        if says("insufficient client scope") {
            Self::MissingScope
        } else if says("not registered") {
            Self::NotRegistered
        } else if says("premium subscription required") {
            Self::OwnerNeedsPremium
        } else {
            Self::Forbidden
        }
    }

    /// Whether a retry of the same call may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. } | Self::Server(_) | Self::TimedOut | Self::Network
        )
    }
}

#[derive(Deserialize)]
struct Body<T> {
    error: T,
}

#[derive(Deserialize)]
struct ErrorObject {
    message: String,
}

fn message(body: &str) -> String {
    let object = serde_json::from_str::<Body<ErrorObject>>(body).map(|body| body.error.message);
    let text = || serde_json::from_str::<Body<String>>(body).map(|body| body.error);
    object.or_else(|_| text()).unwrap_or_else(|_| body.to_owned())
}

fn contains_ignoring_case(text: &str, phrase: &str) -> bool {
    text.as_bytes()
        .windows(phrase.len())
        .any(|window| window.eq_ignore_ascii_case(phrase.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::ApiError;

    fn of(status: u16, body: &str) -> ApiError {
        ApiError::from_response(status, None, body)
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
    fn h2_the_kinds_of_403_are_distinguished() {
        let scope = r#"{"error":{"status":403,"message":"Insufficient client scope"}}"#;
        assert_eq!(of(403, scope), ApiError::MissingScope);
        let plain = "User not registered in the Developer Dashboard";
        assert_eq!(of(403, plain), ApiError::NotRegistered);
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
    fn h3_retry_after_is_read_in_seconds_and_zero_counts_as_absent() {
        let after = |text| ApiError::from_response(429, text, "");
        assert_eq!(after(Some("7")), ApiError::RateLimited { retry_after_s: Some(7) });
        assert_eq!(
            after(Some("48925")),
            ApiError::RateLimited {
                retry_after_s: Some(48925)
            }
        );
        for none in [
            None,
            Some("0"),
            Some("-1"),
            Some("soon"),
            Some(""),
            Some("Wed, 21 Oct 2026 07:28:00 GMT"),
        ] {
            assert_eq!(after(none), ApiError::RateLimited { retry_after_s: None }, "{none:?}");
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
    fn h5_all_three_error_bodies_are_parsed() {
        assert_eq!(
            of(403, r#"{"error":"insufficient client scope"}"#),
            ApiError::MissingScope
        );
        assert_eq!(
            of(403, r#"{"error":{"message":"Insufficient client scope"}}"#),
            ApiError::MissingScope
        );
        assert_eq!(of(403, ""), ApiError::Forbidden);
        assert_eq!(
            of(404, r#"{"error":{"status":404,"message":"Resource not found"}}"#),
            ApiError::Status(404)
        );
    }
}
