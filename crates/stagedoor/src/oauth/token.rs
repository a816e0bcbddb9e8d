//! Access tokens (RFC 6750), refresh tokens (RFC 6749 section 1.5) and their lifetime. Each token is a type of its own with a
//! redacted `Debug` and one method that exposes the secret.

use serde::Deserialize;

use super::newtype::{parsed_from_string, redacted, secret};
use super::{Client, encode};

/// Lifetime of a token whose response names none, in seconds (Spotify's usual hour).
pub const EXPIRES_IN_DEFAULT_S: u64 = 3600;
/// Longest lifetime accepted, in seconds: a year. No value means "for ever".
pub const EXPIRES_IN_MAX_S: u64 = 365 * 24 * 3600;

/// A bearer token. `Debug` shows no character of it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct AccessToken(String);

redacted!(AccessToken);
parsed_from_string!(AccessToken);
secret!(AccessToken);

impl AccessToken {
    /// Accepts a token of printable ASCII without spaces, which a header can carry unchanged.
    pub fn parse(text: &str) -> Option<Self> {
        is_token(text).then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the `Authorization` header and the stored session, and for nothing else.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

/// A refresh token. `Debug` shows no character of it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RefreshToken(String);

redacted!(RefreshToken);
parsed_from_string!(RefreshToken);
secret!(RefreshToken);

impl RefreshToken {
    /// Accepts a token of printable ASCII without spaces.
    pub fn parse(text: &str) -> Option<Self> {
        is_token(text).then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the token request and the stored session, and for nothing else.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }

    /// The body of the refresh request (RFC 6749 section 6), form-encoded.
    pub fn form(&self, client: &Client) -> String {
        encode([
            ("grant_type", "refresh_token"),
            ("refresh_token", self.expose_secret()),
            ("client_id", &client.client_id),
        ])
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Reads `expires_in`, in seconds: digits only, clamped to [`EXPIRES_IN_MAX_S`]; absent means [`EXPIRES_IN_DEFAULT_S`].
/// `None` for anything that is not a run of digits (`-1`, `1e3`, `3600.0`).
pub fn expires_in(text: Option<&str>) -> Option<u64> {
    let Some(text) = text else {
        return Some(EXPIRES_IN_DEFAULT_S);
    };
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = text.parse().unwrap_or(u64::MAX);
    Some(seconds.min(EXPIRES_IN_MAX_S))
}

#[cfg(test)]
mod tests {
    use super::{AccessToken, EXPIRES_IN_MAX_S, RefreshToken, expires_in};
    use crate::oauth::samples;

    #[test]
    fn p8_a_token_is_printable_ascii_without_spaces() {
        let long = "a".repeat(8 * 1024);
        for good in ["a", "BQ.x-y_z~+/=", "!\"#%&'", long.as_str()] {
            assert!(AccessToken::parse(good).is_some(), "{}", good.len());
            assert!(RefreshToken::parse(good).is_some(), "{}", good.len());
        }
        for bad in ["", "a b", "a\n", "tökén", "a\u{7f}", "\u{0}"] {
            assert_eq!(AccessToken::parse(bad), None, "{bad:?}");
            assert_eq!(RefreshToken::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn p9_expires_in_is_digits_only() {
        assert_eq!(expires_in(None), Some(3600));
        assert_eq!(expires_in(Some("0")), Some(0));
        assert_eq!(expires_in(Some("0060")), Some(60));
        for bad in ["", "-1", "1e3", "+5", " 5", "5 ", "3600.0", "abc", "٣", "0x10"] {
            assert_eq!(expires_in(Some(bad)), None, "{bad:?}");
        }
    }

    #[test]
    fn p9_a_huge_expires_in_is_clamped() {
        for huge in ["99999999999", "18446744073709551616", &"9".repeat(400)] {
            assert_eq!(expires_in(Some(huge)), Some(EXPIRES_IN_MAX_S));
        }
        assert_eq!(expires_in(Some("2147484")), Some(2_147_484));
    }

    #[test]
    fn t2_debug_of_a_token_is_redacted() {
        let token = AccessToken::parse("very-secret");
        assert_eq!(format!("{token:?}"), "Some(AccessToken(…))");
        let token = RefreshToken::parse("very-secret");
        assert_eq!(format!("{token:?}"), "Some(RefreshToken(…))");
    }

    #[test]
    fn c5_the_refresh_request_holds_three_parameters_and_no_client_secret() {
        let token = RefreshToken::parse("r+e/f=").expect("a token");
        let expected = [
            ("client_id", "client"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "r+e/f="),
        ];
        assert_eq!(
            samples::parameters(&token.form(&samples::client())),
            samples::owned(&expected)
        );
    }
}
