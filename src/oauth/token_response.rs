//! The token endpoint's answers (RFC 6749 sections 5.1, 5.2 and 6), to a code and to a refresh token alike.

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

use super::newtype::{parsed_from_string, redacted};
use super::{AccessToken, Binding, EXPIRES_IN_DEFAULT_S, EXPIRES_IN_MAX_S, ErrorResponse, Scopes, encode, expires_in};
use crate::lenient;

/// A refresh token. `Debug` shows no character of it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RefreshToken(String);

redacted!(RefreshToken);
parsed_from_string!(RefreshToken);

impl RefreshToken {
    /// Takes a token of printable ASCII without spaces.
    pub fn parse(text: &str) -> Option<Self> {
        let printable = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        printable.then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the token request and the session's stored record, and for nothing else.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }

    /// The body of the request that renews a token (RFC 6749 section 6), form-encoded.
    pub fn form(&self, binding: &Binding) -> String {
        encode([
            ("grant_type", "refresh_token"),
            ("refresh_token", self.expose_secret()),
            ("client_id", &binding.client_id),
        ])
    }
}

/// A successful answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TokenAnswer {
    /// The token.
    pub access_token: AccessToken,
    /// Its type.
    pub token_type: TokenType,
    /// Its life in seconds; never zero. In JSON a number, digits in quotes, null or absent.
    #[serde(default = "expires_in_default", deserialize_with = "expires_in_json")]
    pub expires_in: u64,
    /// What was granted; `None` means as before, or as asked.
    #[serde(default, rename = "scope", deserialize_with = "optional_scopes")]
    pub scopes: Option<Scopes>,
    /// The refresh token; `None` means that the one at hand stays valid.
    #[serde(default, deserialize_with = "optional_refresh_token")]
    pub refresh_token: Option<RefreshToken>,
}

/// `token_type` (RFC 6749 section 7.1), in any case; every other type is refused.
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

/// Why the token endpoint gave no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The server said no (RFC 6749 section 5.2). `invalid_grant` is final.
    #[error("the token endpoint answered {:?}", .0.code)]
    Refused(ErrorResponse),
    /// No answer, or a server that is busy or broken right now.
    #[error("the token endpoint can't be reached right now")]
    Passing,
    /// An answer that is not what it should be.
    #[error("the answer of the token endpoint can't be read")]
    Unreadable,
}

impl TokenAnswer {
    /// Reads an answer of that status.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn parse(status: u16, body: &str) -> Result<Self, TokenError> {
        match status {
            429 | 500.. => Err(TokenError::Passing),
            200 => serde_json::from_str(body).map_err(|_| TokenError::Unreadable),
            _ => Err(refusal(body)),
        }
    }
}

#[derive(Deserialize)]
struct ErrorBody {
    error: String,
    #[serde(default, deserialize_with = "lenient::text")]
    error_description: Option<String>,
}

fn refusal(body: &str) -> TokenError {
    serde_json::from_str(body).map_or(TokenError::Unreadable, |body: ErrorBody| {
        TokenError::Refused(ErrorResponse::parse(&body.error, body.error_description.as_deref()))
    })
}

fn expires_in_default() -> u64 {
    EXPIRES_IN_DEFAULT_S
}

fn expires_in_json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    let seconds = match raw.get() {
        "null" => Some(EXPIRES_IN_DEFAULT_S),
        quoted if quoted.starts_with('"') => quoted_seconds(quoted),
        number => seconds(number),
    };
    seconds
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| de::Error::custom("expires_in is no number of seconds"))
}

fn quoted_seconds(json: &str) -> Option<u64> {
    let text: String = serde_json::from_str(json).ok()?;
    expires_in(Some(&text))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
fn seconds(json: &str) -> Option<u64> {
    let number: f64 = serde_json::from_str(json).ok()?;
    let is_whole = number >= 0.0 && number.fract() == 0.0;
    is_whole.then(|| number.min(EXPIRES_IN_MAX_S as f64) as u64)
}

fn optional_scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Scopes>, D::Error> {
    let scopes: Option<Scopes> = lenient::field(deserializer)?;
    Ok(scopes.filter(|scopes| !scopes.is_empty()))
}

/// One that is empty, null or of another type counts as absent; one that is no printable ASCII is an error.
fn optional_refresh_token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RefreshToken>, D::Error> {
    let text = lenient::text(deserializer)?;
    text.map(|text| RefreshToken::try_from(text).map_err(de::Error::custom))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::{RefreshToken, TokenAnswer, TokenError};
    use crate::oauth::{EXPIRES_IN_MAX_S, ErrorCode, Scopes, samples};

    const GOOD: &str =
        r#"{"access_token":"tok","token_type":"Bearer","scope":"a b","expires_in":3600,"refresh_token":"ref"}"#;

    #[test]
    fn c5_an_answer_is_read_with_and_without_a_new_refresh_token() {
        let answer = TokenAnswer::parse(200, GOOD).expect("readable");
        assert_eq!(answer.access_token.expose_secret(), "tok");
        assert_eq!(answer.expires_in, 3600);
        assert_eq!(answer.scopes, Some(Scopes::parse("a b")));
        assert_eq!(answer.refresh_token, RefreshToken::parse("ref"));
        for without in [
            GOOD.replace(r#","refresh_token":"ref""#, ""),
            GOOD.replace(r#""ref""#, "null"),
            GOOD.replace(r#""ref""#, "\"\""),
            GOOD.replace(r#""ref""#, "5"),
        ] {
            assert_eq!(TokenAnswer::parse(200, &without).expect("readable").refresh_token, None);
        }
    }

    #[test]
    fn p10_a_scope_that_is_absent_empty_or_no_text_means_as_before() {
        for without in [
            GOOD.replace(r#""scope":"a b","#, ""),
            GOOD.replace(r#""a b""#, "null"),
            GOOD.replace(r#""a b""#, "\"\""),
            GOOD.replace(r#""a b""#, "\" \""),
            GOOD.replace(r#""a b""#, r#"["a","b"]"#),
        ] {
            assert_ne!(without, GOOD);
            assert_eq!(
                TokenAnswer::parse(200, &without).expect("readable").scopes,
                None,
                "{without}"
            );
        }
    }

    #[test]
    fn p7_the_token_type_is_bearer_in_any_case() {
        for kind in ["bearer", "BEARER", "bEaReR"] {
            let body = GOOD.replace("Bearer", kind);
            assert!(TokenAnswer::parse(200, &body).is_ok(), "{kind}");
        }
    }

    #[test]
    fn c6_refusals_and_passing_failures_are_told_apart() {
        let Err(TokenError::Refused(error)) =
            TokenAnswer::parse(400, r#"{"error":"invalid_grant","error_description":"x"}"#)
        else {
            panic!("expected a refusal");
        };
        assert_eq!(error.code, ErrorCode::InvalidGrant);
        assert_eq!(error.description.as_deref(), Some("x"));
        let odd = TokenAnswer::parse(401, r#"{"error":"invalid_client","error_description":5}"#);
        assert!(matches!(odd, Err(TokenError::Refused(error)) if error.description.is_none()));
        for status in [429, 500, 502, 503] {
            assert_eq!(TokenAnswer::parse(status, "<html>"), Err(TokenError::Passing));
        }
    }

    #[test]
    fn h5_anything_else_is_unreadable() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            "null",
            &GOOD.replace("Bearer", "mac"),
            &GOOD.replace(r#""tok""#, "5"),
            &GOOD.replace("tok\"", "t k\""),
            &GOOD.replace("3600", "-1"),
            &GOOD.replace("3600", "1.5"),
            &GOOD.replace("3600", "0"),
            &GOOD.replace("3600", "\"0\""),
            &GOOD.replace("3600", "\"1e3\""),
            &GOOD.replace("3600", "true"),
            &GOOD.replace("3600", "[60]"),
            &GOOD.replace(r#""token_type":"Bearer","#, ""),
            &GOOD.replace("\"ref\"", "\"r f\""),
        ] {
            assert_eq!(TokenAnswer::parse(200, body), Err(TokenError::Unreadable), "{body}");
        }
        assert_eq!(
            TokenAnswer::parse(400, r#"{"message":"x"}"#),
            Err(TokenError::Unreadable)
        );
        assert_eq!(TokenAnswer::parse(204, ""), Err(TokenError::Unreadable));
    }

    #[test]
    fn p9_a_life_may_be_absent_in_quotes_or_huge() {
        let parse = |body: &str| TokenAnswer::parse(200, body).map(|answer| answer.expires_in);
        let life = |text: &str| parse(&GOOD.replace("3600", text));
        assert_eq!(parse(&GOOD.replace(r#""expires_in":3600,"#, "")), Ok(3600));
        assert_eq!(life("null"), Ok(3600));
        assert_eq!(life("\"60\""), Ok(60));
        assert_eq!(life("60.0"), Ok(60));
        assert_eq!(life("1e99"), Ok(EXPIRES_IN_MAX_S));
        assert_eq!(life("99999999999999999999999"), Ok(EXPIRES_IN_MAX_S));
    }

    #[test]
    fn c5_the_renewal_request_holds_the_three_parameters_and_no_secret_of_the_client() {
        let form = RefreshToken::parse("r+e/f=")
            .expect("a token")
            .form(&samples::binding());
        let sent = samples::parameters(&form);
        let expected = [
            ("client_id", "client"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "r+e/f="),
        ];
        assert_eq!(sent, samples::owned(&expected));
    }

    #[test]
    fn c7_debug_of_an_answer_shows_no_secret() {
        let shown = format!(
            "{:?}",
            TokenAnswer::parse(200, &GOOD.replace("tok\"", "secret-1\"").replace("ref\"", "secret-2\""))
        );
        assert!(!shown.contains("secret"), "{shown}");
    }
}
