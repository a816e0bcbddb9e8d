//! Scopes (RFC 6749 section 3.3): the list that a login requests and a response grants.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A list of scopes without repetition, in the order given. Serialized as one space-separated string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Reads a space-separated list. A repeated scope counts once. Nothing is refused: a response may hold any characters.
    /// [`Scopes::is_token`] says what may be requested.
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter(|scope| !scope.is_empty()).collect()
    }

    /// Reads the list of a response. Some servers separate it by commas, against RFC 6749 section 3.3; where spaces separate it, a comma
    /// belongs to the scope that it is in.
    pub(crate) fn parse_granted(text: &str) -> Self {
        let text = text.trim_matches(' ');
        if text.contains(", ") || !text.contains(' ') {
            text.split([' ', ',']).filter(|scope| !scope.is_empty()).collect()
        } else {
            Self::parse(text)
        }
    }

    /// Whether `text` is one scope by the grammar of RFC 6749 section 3.3: printable ASCII without space, `"` and `\`.
    pub fn is_token(text: &str) -> bool {
        let fits = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        !text.is_empty() && text.bytes().all(fits)
    }

    /// The scopes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the list holds `scope`.
    pub fn contains(&self, scope: &str) -> bool {
        self.iter().any(|own| own == scope)
    }

    /// Removes `scope`, or appends it where it is missing.
    pub fn toggle(&mut self, scope: &str) {
        match self.0.iter().position(|own| own == scope) {
            Some(index) => drop(self.0.remove(index)),
            None => self.0.push(scope.to_owned()),
        }
    }

    /// The union of both lists, these first.
    pub fn and(&self, others: &Self) -> Self {
        self.iter().chain(others.iter()).collect()
    }

    /// The scopes of this list that `granted` lacks.
    pub fn missing_from(&self, granted: &Self) -> Self {
        self.iter().filter(|scope| !granted.contains(scope)).collect()
    }
}

impl<'a> FromIterator<&'a str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(scopes: I) -> Self {
        let mut list = Self::default();
        for scope in scopes {
            if !list.contains(scope) {
                list.0.push(scope.to_owned());
            }
        }
        list
    }
}

impl From<String> for Scopes {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

/// Space-separated, as in the `scope` parameter.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::Scopes;

    #[test]
    fn p10_a_list_is_read_and_written_with_spaces_and_without_repetition() {
        let scopes = Scopes::parse("b a  b c ");
        assert_eq!(scopes.to_string(), "b a c");
        assert_eq!(scopes.missing_from(&Scopes::parse("c")), Scopes::parse("b a"));
        assert!(scopes.missing_from(&scopes).is_empty());
    }

    #[test]
    fn p10_a_granted_list_is_read_with_commas_as_well() {
        for list in ["a b c", "a,b,c", "a, b, c", " a,b c,", "a  b c"] {
            let expected = if list == " a,b c," { "a,b c," } else { "a b c" };
            assert_eq!(Scopes::parse_granted(list).to_string(), expected, "{list}");
        }
        assert_eq!(Scopes::parse_granted("a").to_string(), "a");
        assert!(Scopes::parse_granted(" , ").is_empty());
    }

    #[test]
    fn s5_a_list_is_serialized_as_one_string() {
        for list in ["", "b a c", "a+b c%20d"] {
            let text = serde_json::to_string(&Scopes::parse(list)).expect("JSON");
            assert_eq!(text, format!("\"{list}\""));
            assert_eq!(
                serde_json::from_str::<Scopes>(&text).expect("JSON"),
                Scopes::parse(list)
            );
        }
    }

    #[test]
    fn a_scope_holds_no_space_quote_or_backslash() {
        assert!(Scopes::is_token("user-read-email"));
        for bad in ["", "a b", "a\"", "a\\", "ä", "a\n"] {
            assert!(!Scopes::is_token(bad), "{bad:?}");
        }
    }
}
