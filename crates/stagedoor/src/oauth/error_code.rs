//! Error responses (RFC 6749 sections 4.1.2.1, 4.2.2.1 and 5.2): the code as an enum, the description as plain text of
//! limited length. Owns no text for people.

use std::fmt;

/// Longest code kept, in characters.
const MAX_CODE_CHARS: usize = 64;
/// Longest description kept, in characters.
const MAX_DESCRIPTION_CHARS: usize = 300;

/// The `error` of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// The user, or the server on their behalf, denied access.
    AccessDenied,
    /// The server does not offer this flow. Spotify sends it for `response_type=token` since November 2025.
    UnsupportedResponseType,
    /// This client may not use this flow.
    UnauthorizedClient,
    /// The server does not know this client any more (RFC 6749 section 5.2).
    InvalidClient,
    /// A scope is unknown or malformed.
    InvalidScope,
    /// The request was malformed.
    InvalidRequest,
    /// A code or a refresh token is expired, revoked, already used or issued to another client (RFC 6749 section 5.2).
    InvalidGrant,
    /// The server failed.
    ServerError,
    /// The server is overloaded or under maintenance.
    TemporarilyUnavailable,
    /// Any other code, shortened and without control characters.
    Other(String),
}

impl ErrorCode {
    /// Reads the code; names are case-sensitive.
    pub fn parse(text: &str) -> Self {
        match text {
            "access_denied" => Self::AccessDenied,
            "unsupported_response_type" => Self::UnsupportedResponseType,
            "unauthorized_client" => Self::UnauthorizedClient,
            "invalid_client" => Self::InvalidClient,
            "invalid_scope" => Self::InvalidScope,
            "invalid_request" => Self::InvalidRequest,
            "invalid_grant" => Self::InvalidGrant,
            "server_error" => Self::ServerError,
            "temporarily_unavailable" => Self::TemporarilyUnavailable,
            other => Self::Other(plain(other, MAX_CODE_CHARS)),
        }
    }

    /// Whether the server refuses the client, so that only the owner of the app can help.
    pub fn is_client_refused(&self) -> bool {
        matches!(self, Self::InvalidClient | Self::UnauthorizedClient)
    }

    /// Whether the server refuses the flow itself, so that a retry can't help.
    pub fn is_flow_refused(&self) -> bool {
        matches!(self, Self::UnsupportedResponseType | Self::UnauthorizedClient)
    }
}

/// As it is on the wire.
impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::InvalidClient => "invalid_client",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidGrant => "invalid_grant",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::Other(code) => code,
        })
    }
}

/// An error response. Everything in it is untrusted and is shown as text only; an `error_uri` is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorResponse {
    /// What went wrong.
    pub code: ErrorCode,
    /// The server's own `error_description`, when it sent one.
    pub description: Option<String>,
}

impl ErrorResponse {
    /// Reads the two parameters, shortened and without control characters.
    pub fn parse(code: &str, description: Option<&str>) -> Self {
        Self {
            code: ErrorCode::parse(code),
            description: description.map(|text| plain(text, MAX_DESCRIPTION_CHARS)),
        }
    }
}

fn plain(text: &str, max_chars: usize) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut kept: String = text.chars().take(max_chars).map(clean).collect();
    if text.chars().nth(max_chars).is_some() {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, ErrorResponse};

    #[test]
    fn p11_known_codes_are_recognized_by_exact_name() {
        assert_eq!(ErrorCode::parse("access_denied"), ErrorCode::AccessDenied);
        assert_eq!(
            ErrorCode::parse("Access_Denied"),
            ErrorCode::Other("Access_Denied".into())
        );
        assert!(ErrorCode::parse("unsupported_response_type").is_flow_refused());
        assert!(ErrorCode::parse("unauthorized_client").is_flow_refused());
        assert!(!ErrorCode::parse("access_denied").is_flow_refused());
        assert!(ErrorCode::parse("invalid_client").is_client_refused());
        assert!(!ErrorCode::parse("invalid_grant").is_client_refused());
    }

    #[test]
    fn a_code_is_shown_as_it_came() {
        for code in [
            "access_denied",
            "unsupported_response_type",
            "unauthorized_client",
            "invalid_client",
            "invalid_scope",
            "invalid_request",
            "invalid_grant",
            "server_error",
            "temporarily_unavailable",
            "another",
        ] {
            assert_eq!(ErrorCode::parse(code).to_string(), code);
        }
    }

    #[test]
    fn p11_error_texts_are_shortened_and_free_of_control_characters() {
        let error = ErrorResponse::parse(&"x".repeat(1000), Some(&"ä\u{7}".repeat(5000)));
        let ErrorCode::Other(code) = error.code else {
            unreachable!("an unknown code");
        };
        assert_eq!(code.chars().count(), 65);
        let description = error.description.unwrap_or_default();
        assert_eq!(description.chars().count(), 301);
        assert!(description.starts_with("ä ä ") && description.ends_with('…'));
    }
}
