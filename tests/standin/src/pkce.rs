//! Proof key for code exchange (RFC 7636): the formats of verifier and challenge, and the method `S256`.

use crate::random::base64url;
use sha2::{Digest, Sha256};

/// 43 to 128 unreserved characters (section 4.1).
pub(crate) fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

/// 43 characters of base64url, the length of a SHA-256 hash (section 4.2).
pub(crate) fn is_challenge(text: &str) -> bool {
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    text.len() == 43 && text.bytes().all(base64url)
}

/// The challenge of a verifier by the method `S256` (section 4.2).
pub(crate) fn challenge(verifier: &str) -> String {
    base64url(&Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{challenge, is_challenge, is_verifier};

    #[test]
    fn follows_rfc_7636_appendix_b() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert!(is_verifier(verifier));
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_challenge(&challenge(verifier)));
    }

    #[test]
    fn checks_length_and_alphabet() {
        for (text, valid) in [
            ("a".repeat(42), false),
            ("~".repeat(43), true),
            ("a".repeat(128), true),
            ("a".repeat(129), false),
            ("+".repeat(50), false),
        ] {
            assert_eq!(is_verifier(&text), valid, "{text}");
        }
        for invalid in ["a".repeat(42), "a".repeat(44), "=".repeat(43), "~".repeat(43)] {
            assert!(!is_challenge(&invalid), "{invalid}");
        }
    }
}
