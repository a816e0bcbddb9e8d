//! Proof Key for Code Exchange (RFC 7636): the verifier that stays in the browser, and the challenge that the authorization
//! request carries. S256 only.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::newtype::{parsed_from_string, redacted, secret};
use super::state::base64url;

/// A code verifier: 43 characters from 256 random bits (RFC 7636 section 4.1). `Debug` shows none of them.
#[derive(PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CodeVerifier(String);

redacted!(CodeVerifier);
parsed_from_string!(CodeVerifier);
secret!(CodeVerifier);

impl CodeVerifier {
    /// Makes a verifier from 32 bytes of the operating system's generator.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self(base64url(bytes))
    }

    /// Accepts a stored verifier: 43 to 128 unreserved characters.
    pub fn parse(text: &str) -> Option<Self> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_valid = (43..=128).contains(&text.len()) && text.bytes().all(unreserved);
        is_valid.then(|| Self(text.to_owned()))
    }

    /// The challenge of the method S256 (RFC 7636 section 4.2).
    pub fn challenge(&self) -> String {
        base64url(&Sha256::digest(self.0.as_bytes()))
    }

    /// The secret itself: for the stored pending login and the token request, and for nothing else.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::CodeVerifier;

    #[test]
    fn c1_follows_rfc_7636_appendix_b() {
        let bytes = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let verifier = CodeVerifier::from_random(&bytes);
        assert_eq!(verifier.expose_secret(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn c1_a_verifier_is_43_to_128_unreserved_characters() {
        for length in [43, 64, 128] {
            assert!(CodeVerifier::parse(&"a".repeat(length)).is_some());
        }
        let spaced = format!("{} ", "a".repeat(43));
        for bad in ["", &"a".repeat(42), &"a".repeat(129), &spaced, &"ä".repeat(43)] {
            assert_eq!(CodeVerifier::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn c2_debug_of_a_verifier_is_redacted() {
        assert_eq!(format!("{:?}", CodeVerifier::from_random(&[1; 32])), "CodeVerifier(…)");
    }
}
