//! Responses of the token endpoint (RFC 6749 sections 5.1, 5.2 and 6), to a code and to a refresh token alike.

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

use super::{AccessToken, EXPIRES_IN_DEFAULT_S, EXPIRES_IN_MAX_S, ErrorResponse, RefreshToken, Scopes, expires_in};
use crate::lenient;

/// A successful response.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct TokenResponse {
    /// The access token.
    pub access_token: AccessToken,
    /// Its type.
    pub token_type: TokenType,
    /// Its lifetime in seconds; never zero from the token endpoint. A number, digits in quotes, null or absent in JSON.
    #[serde(default = "default_expires_in", deserialize_with = "lenient_expires_in")]
    pub expires_in: u64,
    /// The scopes that were granted; `None` means those requested, or as before.
    #[serde(default, rename = "scope", deserialize_with = "optional_scopes")]
    pub scopes: Option<Scopes>,
    /// The new refresh token; `None` means that the current one stays valid.
    #[serde(default, deserialize_with = "optional_refresh_token")]
    pub refresh_token: Option<RefreshToken>,
}

/// `token_type` (RFC 6749 section 7.1). Deserialized without regard to case; every other type is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum TokenType {
    /// A bearer token (RFC 6750).
    Bearer,
}

impl TryFrom<String> for TokenType {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_bearer = text.eq_ignore_ascii_case("bearer");
        is_bearer.then_some(Self::Bearer).ok_or("token_type is not bearer")
    }
}

/// Why the token endpoint issued no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The server refused the request (RFC 6749 section 5.2). `invalid_grant` is final.
    #[error("the token endpoint answered {}", .0.code)]
    Refused(ErrorResponse),
    /// No response, or a server that is overloaded or failing. A retry may succeed.
    #[error("the token endpoint can't be reached right now")]
    Transient,
    /// A response of another form.
    #[error("the token endpoint's response can't be read")]
    Unreadable,
}

impl TokenResponse {
    /// Parses a response of that status.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn parse(status: u16, body: &str) -> Result<Self, TokenError> {
        match status {
            429 | 500.. => Err(TokenError::Transient),
            200 => serde_json::from_str(body).map_err(|_| TokenError::Unreadable),
            _ => Err(parse_error(body)),
        }
    }
}

#[derive(Deserialize)]
struct ErrorBody {
    error: String,
    #[serde(default, deserialize_with = "lenient::text")]
    error_description: Option<String>,
}

fn parse_error(body: &str) -> TokenError {
    match serde_json::from_str::<ErrorBody>(body) {
        Ok(body) => TokenError::Refused(ErrorResponse::parse(&body.error, body.error_description.as_deref())),
        Err(_) => TokenError::Unreadable,
    }
}

fn default_expires_in() -> u64 {
    EXPIRES_IN_DEFAULT_S
}

fn lenient_expires_in<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    let seconds = match raw.get() {
        "null" => Some(EXPIRES_IN_DEFAULT_S),
        quoted if quoted.starts_with('"') => parse_quoted_seconds(quoted),
        number => parse_seconds(number),
    };
    seconds
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| de::Error::custom("expires_in is not a number of seconds"))
}

fn parse_quoted_seconds(json: &str) -> Option<u64> {
    let text: String = serde_json::from_str(json).ok()?;
    expires_in(Some(&text))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
fn parse_seconds(json: &str) -> Option<u64> {
    let number: f64 = serde_json::from_str(json).ok()?;
    let is_whole = number >= 0.0 && number.fract() == 0.0;
    is_whole.then(|| number.min(EXPIRES_IN_MAX_S as f64) as u64)
}

/// An empty list of scopes counts as absent.
fn optional_scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Scopes>, D::Error> {
    let scopes = lenient::text(deserializer)?.map(|text| Scopes::parse_granted(&text));
    Ok(scopes.filter(|scopes| !scopes.is_empty()))
}

/// A refresh token that is empty, null or of another type counts as absent; one that is not printable ASCII is an error.
fn optional_refresh_token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RefreshToken>, D::Error> {
    let text = lenient::text(deserializer)?;
    text.map(|text| RefreshToken::try_from(text).map_err(de::Error::custom))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::{RefreshToken, TokenError, TokenResponse};
    use crate::oauth::{EXPIRES_IN_MAX_S, ErrorCode, Scopes};

    const GOOD: &str =
        r#"{"access_token":"tok","token_type":"Bearer","scope":"a b","expires_in":3600,"refresh_token":"ref"}"#;

    #[test]
    fn c5_a_response_is_parsed_with_and_without_a_new_refresh_token() {
        let response = TokenResponse::parse(200, GOOD).expect("readable");
        assert_eq!(response.access_token.expose_secret(), "tok");
        assert_eq!(response.expires_in, 3600);
        assert_eq!(response.scopes, Some(Scopes::parse("a b")));
        assert_eq!(response.refresh_token, RefreshToken::parse("ref"));
        for without in [
            GOOD.replace(r#","refresh_token":"ref""#, ""),
            GOOD.replace(r#""ref""#, "null"),
            GOOD.replace(r#""ref""#, "\"\""),
            GOOD.replace(r#""ref""#, "5"),
        ] {
            let response = TokenResponse::parse(200, &without).expect("readable");
            assert_eq!(response.refresh_token, None, "{without}");
        }
    }

    #[test]
    fn p10_a_scope_that_is_absent_empty_or_no_text_means_as_requested() {
        for without in [
            GOOD.replace(r#""scope":"a b","#, ""),
            GOOD.replace(r#""a b""#, "null"),
            GOOD.replace(r#""a b""#, "\"\""),
            GOOD.replace(r#""a b""#, "\" \""),
            GOOD.replace(r#""a b""#, r#"["a","b"]"#),
        ] {
            assert_eq!(
                TokenResponse::parse(200, &without).expect("readable").scopes,
                None,
                "{without}"
            );
        }
    }

    #[test]
    fn c6_refusals_are_distinguished_from_transient_errors() {
        let body = r#"{"error":"invalid_grant","error_description":"x"}"#;
        let Err(TokenError::Refused(error)) = TokenResponse::parse(400, body) else {
            panic!("expected a refusal");
        };
        assert_eq!(error.code, ErrorCode::InvalidGrant);
        assert_eq!(error.description.as_deref(), Some("x"));
        let odd = TokenResponse::parse(401, r#"{"error":"invalid_client","error_description":5}"#);
        assert!(matches!(odd, Err(TokenError::Refused(error)) if error.description.is_none()));
        for status in [429, 500, 502, 503] {
            assert_eq!(TokenResponse::parse(status, "<html>"), Err(TokenError::Transient));
        }
    }

    #[test]
    fn h5_any_other_response_is_unreadable() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            "null",
            &GOOD.replace("Bearer", "mac"),
            &GOOD.replace(r#""token_type":"Bearer","#, ""),
            &GOOD.replace(r#""tok""#, "5"),
            &GOOD.replace("tok\"", "t k\""),
            &GOOD.replace("3600", "-1"),
            &GOOD.replace("3600", "1.5"),
            &GOOD.replace("3600", "0"),
            &GOOD.replace("3600", "\"0\""),
            &GOOD.replace("3600", "\"1e3\""),
            &GOOD.replace("3600", "true"),
            &GOOD.replace("3600", "[60]"),
            &GOOD.replace("\"ref\"", "\"r f\""),
        ] {
            assert_ne!(body, GOOD);
            assert_eq!(TokenResponse::parse(200, body), Err(TokenError::Unreadable), "{body}");
        }
        let body = r#"{"message":"x"}"#;
        assert_eq!(TokenResponse::parse(400, body), Err(TokenError::Unreadable));
        assert_eq!(TokenResponse::parse(204, ""), Err(TokenError::Unreadable));
    }

    #[test]
    fn p9_a_lifetime_may_be_absent_in_quotes_or_huge() {
        let parse = |body: &str| TokenResponse::parse(200, body).map(|response| response.expires_in);
        let lifetime = |text: &str| parse(&GOOD.replace("3600", text));
        assert_eq!(parse(&GOOD.replace(r#""expires_in":3600,"#, "")), Ok(3600));
        assert_eq!(lifetime("null"), Ok(3600));
        assert_eq!(lifetime("\"60\""), Ok(60));
        assert_eq!(lifetime("60.0"), Ok(60));
        assert_eq!(lifetime("1e99"), Ok(EXPIRES_IN_MAX_S));
        assert_eq!(lifetime("99999999999999999999999"), Ok(EXPIRES_IN_MAX_S));
    }

    #[test]
    fn p7_the_token_type_is_bearer_in_any_case() {
        for kind in ["bearer", "BEARER", "bEaReR"] {
            assert!(
                TokenResponse::parse(200, &GOOD.replace("Bearer", kind)).is_ok(),
                "{kind}"
            );
        }
    }

    #[test]
    fn c7_debug_of_a_response_shows_no_secret() {
        let body = GOOD.replace("tok\"", "secret-1\"").replace("ref\"", "secret-2\"");
        let response = TokenResponse::parse(200, &body).expect("readable");
        assert!(!format!("{response:?}").contains("secret"));
    }
}
