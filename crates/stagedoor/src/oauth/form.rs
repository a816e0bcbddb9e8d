//! `application/x-www-form-urlencoded`, the format of authorization requests and responses and of token requests (RFC 6749
//! appendix B). Owns splitting, decoding and encoding, and knows no parameter by name.

/// Why a name or a value can't be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A `%` that two hexadecimal digits don't follow.
    #[error("a percent sign is not followed by two hexadecimal digits")]
    BadEscape,
    /// The decoded bytes are not UTF-8.
    #[error("the decoded bytes are not UTF-8")]
    InvalidUtf8,
}

/// Splits `text` on `&`, then each piece at its first `=`, and decodes afterwards, once. One leading `#` or `?` is
/// removed; empty pieces are skipped; a piece without `=` has an empty value. Name and value are decoded separately, so that
/// an error in a parameter that is not used can be ignored.
pub fn pairs(text: &str) -> impl Iterator<Item = (Result<String, FormError>, Result<String, FormError>)> + '_ {
    let body = text.strip_prefix(['#', '?']).unwrap_or(text);
    body.split('&').filter(|piece| !piece.is_empty()).map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        (decode(name), decode(value))
    })
}

/// Decodes one name or value: `+` is a space, `%XX` is a byte, and the bytes must be UTF-8.
///
/// # Errors
/// [`FormError::BadEscape`] and [`FormError::InvalidUtf8`].
pub fn decode(text: &str) -> Result<String, FormError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (rest.next().and_then(digit), rest.next().and_then(digit)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(FormError::BadEscape),
            },
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| FormError::InvalidUtf8)
}

/// Writes `name=value` pairs joined by `&`. Everything but the unreserved characters of RFC 3986 section 2.3 is
/// percent-encoded, a space as `%20`, so that parsers that treat `+` as a space and those that don't read the same text.
pub fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        encode_into(&mut text, name);
        text.push('=');
        encode_into(&mut text, value);
    }
    text
}

fn encode_into(text: &mut String, plain: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in plain.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests;
