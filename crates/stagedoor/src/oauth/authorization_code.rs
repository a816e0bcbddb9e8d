//! The authorization code (RFC 6749 section 4.1.2): a secret that is sent to the token endpoint once.

use super::newtype::redacted;

/// An authorization code. `Debug` shows no character of it.
#[derive(PartialEq, Eq)]
pub struct AuthorizationCode(String);

redacted!(AuthorizationCode);

impl AuthorizationCode {
    /// Accepts a code of printable ASCII (RFC 6749 appendix A.11).
    pub fn parse(text: &str) -> Option<Self> {
        let printable = !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        printable.then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the token request, and for nothing else.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::AuthorizationCode;

    #[test]
    fn c3_a_code_is_printable_ascii() {
        for good in ["a", "a b", "AQ.x-y_z~+/=", "!\"#"] {
            assert!(AuthorizationCode::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a\n", "\u{7f}", "ä", "\u{0}"] {
            assert_eq!(AuthorizationCode::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn c2_debug_of_a_code_is_redacted() {
        let code = AuthorizationCode::parse("very-secret");
        assert_eq!(format!("{code:?}"), "Some(AuthorizationCode(…))");
    }
}
