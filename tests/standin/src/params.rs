//! Parses and serialises parameters in queries, fragments and form bodies (`application/x-www-form-urlencoded`), strictly. Knows no
//! parameter by name.

use std::fmt;

/// Parameters in their original order, each name at most once.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

/// Why parameters could not be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ParamsError {
    /// A percent escape is malformed, or the decoded text is not UTF-8.
    Escape(String),
    /// The parameter with this name is repeated.
    Repeated(String),
}

impl fmt::Display for ParamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Escape(piece) => write!(f, "this piece has a broken percent escape: {piece}"),
            Self::Repeated(name) => write!(f, "the parameter {name} was given twice"),
        }
    }
}

impl Params {
    /// Splits on `&` and the first `=`, then decodes once. Empty pairs are skipped.
    pub(crate) fn parse(text: &str) -> Result<Self, ParamsError> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for piece in text.split('&').filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            let decoded = decode(name).zip(decode(value));
            let (name, value) = decoded.ok_or_else(|| ParamsError::Escape(piece.to_owned()))?;
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(ParamsError::Repeated(name));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// The value of a parameter; an empty one counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        (!value.is_empty()).then_some(value)
    }
}

/// Serialises parameters.
pub(crate) fn encode(pairs: &[(&str, &str)]) -> String {
    let pieces: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode_value(name), encode_value(value)))
        .collect();
    pieces.join("&")
}

/// Encodes one name or value, a space as `+`.
pub(crate) fn encode_value(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => text.push(char::from(byte)),
            b' ' => text.push('+'),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Params, ParamsError, encode};

    #[test]
    fn parses_what_it_encoded() {
        let text = encode(&[("a b", "ü&=+%"), ("c", "")]);
        assert_eq!(text, "a+b=%C3%BC%26%3D%2B%25&c=");
        let params = Params::parse(&text).unwrap();
        assert_eq!(params.get("a b"), Some("ü&=+%"));
        assert_eq!(params.get("c"), None);
    }

    #[test]
    fn refuses_a_malformed_escape() {
        for bad in ["a=%", "a=%4", "a=%zz", "a=%ff", "%=a"] {
            assert_eq!(Params::parse(bad).unwrap_err(), ParamsError::Escape(bad.to_owned()));
        }
    }

    #[test]
    fn refuses_a_repeated_parameter_however_it_is_escaped() {
        assert_eq!(
            Params::parse("state=1&st%61te=2").unwrap_err(),
            ParamsError::Repeated("state".to_owned())
        );
    }
}
