//! What can go wrong in a call, determined by status, headers and body. Pure; knows no text for people.

use serde::Deserialize;

use crate::browser::http::RequestError;
use crate::oauth::Scopes;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// 401: the token is expired, revoked or unknown (RFC 6750 section 3.1).
    #[error("the token was not accepted")]
    Unauthorized,
    /// A scope is missing: those that the server names, if it names any.
    #[error("a scope is missing")]
    MissingScope(Scopes),
    /// Any other 403: not available to this app or this user; the message of the server, which may be empty.
    #[error("not available to this app")]
    Forbidden(String),
    /// 429: too many calls.
    #[error("too many calls")]
    RateLimited {
        /// `Retry-After` in seconds, when there was one above zero. A number too large for this type is the largest.
        retry_after_s: Option<u64>,
    },
    /// 500 and above.
    #[error("the server failed with {0}")]
    Server(u16),
    /// 400 or 404: there is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// Any other status.
    #[error("unexpected status {0}")]
    Status(u16),
    /// No response before the timeout.
    #[error("no response in time")]
    TimedOut,
    /// The browser knows that there is no network.
    #[error("no network")]
    Offline,
    /// No connection, or a response that the browser withholds: without the headers of CORS, as Spotify's own 429, or a redirect. A page
    /// can't tell these apart.
    #[error("no response")]
    Network,
    /// A response of another form: HTML, empty, cut off, other JSON.
    #[error("the response can't be read")]
    Unreadable,
    /// The call would have gone to another origin than the API's; it was not made.
    #[error("the call would leave the API's origin")]
    ForeignOrigin,
}

/// A response that is not a success, as far as it tells of its error.
#[derive(Clone, Copy, Debug, Default)]
pub struct FailedResponse<'a> {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`, in seconds.
    pub retry_after_s: Option<u64>,
    /// The header `WWW-Authenticate` (RFC 6750 section 3), where the browser lets the page read it.
    pub www_authenticate: Option<&'a str>,
    /// The body: empty, `{"error":"x"}`, `{"error":{"status":n,"message":"…"}}` or plain text.
    pub body: &'a str,
}

impl FailedResponse<'_> {
    /// What it is as an error.
    pub fn error(self) -> ApiError {
        let message = message(self.body);
        let says = |phrase: &str| contains_ignoring_case(&message, phrase);
        match self.status {
            // Spotify's words for a missing scope at some endpoints; any other 401 is about the token.
            401 if says("permissions missing") => ApiError::missing_scope(self.www_authenticate),
            401 => ApiError::Unauthorized,
            403 if says("insufficient client scope") || is_insufficient_scope(self, &message) => {
                ApiError::missing_scope(self.www_authenticate)
            }
            403 => ApiError::Forbidden(message),
            400 | 404 => ApiError::NotFound,
            429 => ApiError::RateLimited {
                retry_after_s: self.retry_after_s.filter(|seconds| *seconds > 0),
            },
            status @ 500.. => ApiError::Server(status),
            status => ApiError::Status(status),
        }
    }
}

impl ApiError {
    /// Why a request has no response.
    pub(super) fn of_request(error: RequestError) -> Self {
        match error {
            RequestError::TimedOut => Self::TimedOut,
            RequestError::Offline => Self::Offline,
            RequestError::Failed => Self::Network,
        }
    }

    fn missing_scope(www_authenticate: Option<&str>) -> Self {
        let scopes = www_authenticate.and_then(|challenge| parameter(challenge, "scope"));
        Self::MissingScope(scopes.map(Scopes::parse).unwrap_or_default())
    }

    /// Whether a retry of the same call may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. } | Self::Server(_) | Self::TimedOut | Self::Offline | Self::Network
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

/// RFC 6750 section 3.1: in the header, or as some servers do, in the body.
fn is_insufficient_scope(response: FailedResponse<'_>, message: &str) -> bool {
    let error = response
        .www_authenticate
        .and_then(|challenge| parameter(challenge, "error"));
    error == Some("insufficient_scope") || contains_ignoring_case(message, "insufficient_scope")
}

/// The quoted value of a parameter of a challenge, such as `scope="a b"`.
fn parameter<'a>(challenge: &'a str, name: &str) -> Option<&'a str> {
    let is_named = |part: &&str| {
        let part = part.rsplit([' ', ',']).next().unwrap_or_default();
        part.strip_suffix('=')
            .is_some_and(|part| part.eq_ignore_ascii_case(name))
    };
    let mut parts = challenge.split('"');
    while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
        if is_named(&before) {
            return Some(value);
        }
    }
    None
}

/// Whether `text` contains `phrase`, which is ASCII, in any case.
pub(crate) fn contains_ignoring_case(text: &str, phrase: &str) -> bool {
    text.as_bytes()
        .windows(phrase.len())
        .any(|window| window.eq_ignore_ascii_case(phrase.as_bytes()))
}

#[cfg(test)]
mod tests;
