//! The `state` parameter (RFC 6749 section 10.12): 256 random bits that tie a response to the login that requested it. It
//! holds no data; it is the key of the pending login.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::newtype::{parsed_from_string, redacted, secret};

/// Length of a state in characters: 32 bytes in base64url without padding.
const LENGTH: usize = 43;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A state that this app made, or that has exactly the same form: 43 characters of the base64url alphabet. Anything else that
/// is received as `state` is never used as a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct State(String);

redacted!(State);
parsed_from_string!(State);
secret!(State);

impl State {
    /// Makes a state from 32 bytes of the operating system's generator.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self(base64url(bytes))
    }

    /// Accepts a received `state` of the right form.
    pub fn parse(text: &str) -> Option<Self> {
        let is_valid = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        is_valid.then(|| Self(text.to_owned()))
    }

    /// A name for what the tabs of this login share, where names can be listed: it does not tell the state (SHA-256, base64url).
    pub(crate) fn digest(&self) -> String {
        base64url(&Sha256::digest(self.0.as_bytes()))
    }

    /// The characters, to send and to use as a key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Base64url without padding (RFC 4648 section 5).
pub(super) fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut word = 0u32;
        for index in 0..3 {
            word = word << 8 | u32::from(chunk.get(index).copied().unwrap_or(0));
        }
        for index in 0..=chunk.len() {
            let sextet = word >> (18 - 6 * index) & 63;
            text.push(char::from(ALPHABET[sextet as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{State, base64url};

    #[test]
    fn s1_state_carries_256_bits_in_base64url() {
        let bytes: [u8; 32] = std::array::from_fn(|index| index as u8);
        let state = State::from_random(&bytes);
        assert_eq!(state.as_str(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(State::parse(state.as_str()), Some(state));
    }

    #[test]
    fn s1_every_random_byte_changes_the_state() {
        let zero = State::from_random(&[0; 32]);
        for index in 0..32 {
            let mut bytes = [0; 32];
            bytes[index] = 1;
            assert_ne!(State::from_random(&bytes), zero, "byte {index}");
        }
    }

    #[test]
    fn s1_base64url_follows_rfc_4648_section_10() {
        let vectors = [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in vectors {
            assert_eq!(base64url(plain.as_bytes()), encoded);
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn s6_refuses_a_state_of_another_form() {
        let long = "A".repeat(44);
        let umlaut = format!("{}ä", "A".repeat(41));
        let dotted = format!("../{}", "A".repeat(40));
        for foreign in [
            "",
            "__proto__",
            "../x",
            "session",
            "A",
            &long,
            &umlaut,
            &dotted,
            "constructor",
        ] {
            assert_eq!(State::parse(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn t8_a_digest_names_a_login_and_does_not_tell_its_state() {
        let (one, other) = (State::from_random(&[1; 32]), State::from_random(&[2; 32]));
        assert_eq!(one.digest(), one.clone().digest());
        assert_ne!(one.digest(), other.digest());
        assert!(!one.digest().contains(one.as_str()));
    }

    #[test]
    fn t2_debug_of_a_state_is_redacted() {
        let shown = format!("{:?}", State::from_random(&[7; 32]));
        assert_eq!(shown, "State(…)");
    }
}
