//! The token endpoint's answers (RFC 6749 sections 5.1, 5.2 and 6), to a code and to a refresh token alike.

use super::scope::redacted;
use super::{AccessToken, Binding, EXPIRES_IN_MAX_S, ErrorResponse, Scopes, encode, expires_in};
use crate::json::{self, Value};

/// A refresh token. `Debug` shows no character of it.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken(String);

redacted!(RefreshToken);

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAnswer {
    /// The token.
    pub access_token: AccessToken,
    /// Its life in seconds.
    pub expires_in: u64,
    /// What was granted; `None` means as before, or as asked.
    pub scopes: Option<Scopes>,
    /// The refresh token; `None` means that the one at hand stays valid.
    pub refresh_token: Option<RefreshToken>,
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
        if status == 429 || status >= 500 {
            return Err(TokenError::Passing);
        }
        let value = json::parse(body).map_err(|_| TokenError::Unreadable)?;
        if status == 200 {
            return Self::read(&value).ok_or(TokenError::Unreadable);
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let code = text("error").ok_or(TokenError::Unreadable)?;
        Err(TokenError::Refused(ErrorResponse::parse(
            code,
            text("error_description"),
        )))
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if !text("token_type")?.eq_ignore_ascii_case("bearer") {
            return None;
        }
        Some(Self {
            access_token: AccessToken::parse(text("access_token")?)?,
            expires_in: life(value.get("expires_in"))?,
            scopes: text("scope").map(Scopes::parse),
            refresh_token: match text("refresh_token") {
                None | Some("") => None,
                Some(token) => Some(RefreshToken::parse(token)?),
            },
        })
    }
}

/// `expires_in` as a JSON number or as digits in quotes, in seconds. Zero is no life.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
fn life(value: Option<&Value>) -> Option<u64> {
    let seconds = match value {
        None | Some(Value::Null) => expires_in(None)?,
        Some(Value::String(text)) => expires_in(Some(text))?,
        Some(Value::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => {
            number.min(EXPIRES_IN_MAX_S as f64) as u64
        }
        Some(_) => return None,
    };
    (seconds > 0).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::{RefreshToken, TokenAnswer, TokenError};
    use crate::oauth::{EXPIRES_IN_MAX_S, ErrorCode, Scopes, samples, unique};

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
        ] {
            assert_eq!(TokenAnswer::parse(200, &without).expect("readable").refresh_token, None);
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
            &GOOD.replace("3600", "true"),
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
        let life = |text: &str| TokenAnswer::parse(200, &GOOD.replace("3600", text)).map(|answer| answer.expires_in);
        assert_eq!(life("null"), Ok(3600));
        assert_eq!(life("\"60\""), Ok(60));
        assert_eq!(life("1e99"), Ok(EXPIRES_IN_MAX_S));
    }

    #[test]
    fn c5_the_renewal_request_holds_the_three_parameters_and_no_secret_of_the_client() {
        let form = RefreshToken::parse("r+e/f=")
            .expect("a token")
            .form(&samples::binding());
        let record = unique(&form).expect("each once");
        let mut sent: Vec<_> = record.iter().collect();
        sent.sort_unstable();
        let expected = [
            ("client_id", "client"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "r+e/f="),
        ];
        assert_eq!(sent, expected);
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
