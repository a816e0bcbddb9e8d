//! The form of what this app stores and of what its tabs tell each other: JSON with a version. What another build wrote by
//! other rules has another version, or is no JSON, and is not read.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The one version that is written and read.
const VERSION: u8 = 1;

/// A record with its version. Serialized as `{"v":1,"record":…}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versioned<T> {
    v: Version,
    record: T,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
struct Version;

impl From<Version> for u8 {
    fn from(_: Version) -> Self {
        VERSION
    }
}

impl TryFrom<u8> for Version {
    type Error = &'static str;

    fn try_from(version: u8) -> Result<Self, Self::Error> {
        (version == VERSION).then_some(Self).ok_or("another version")
    }
}

impl<T> Versioned<T> {
    /// Gives `record` the current version.
    pub fn new(record: T) -> Self {
        Self { v: Version, record }
    }

    /// The record itself.
    pub fn into_inner(self) -> T {
        self.record
    }
}

/// The text of `record`; `None` when it can't be serialized.
pub fn to_text<T: Serialize>(record: &T) -> Option<String> {
    serde_json::to_string(&Versioned::new(record)).ok()
}

/// Reads a record. `None` for text that is none, or of another type or version. The error of the parser is dropped, since it
/// quotes what it met.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok().map(Versioned::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{from_text, to_text};

    #[test]
    fn t7_a_record_is_written_with_its_version_and_read_back() {
        assert_eq!(to_text(&"x").as_deref(), Some(r#"{"v":1,"record":"x"}"#));
        assert_eq!(from_text::<String>(r#"{"v":1,"record":"x"}"#).as_deref(), Some("x"));
        assert_eq!(from_text::<u64>(r#"{ "record": 5, "v": 1 }"#), Some(5));
    }

    #[test]
    fn t7_what_is_no_record_of_this_version_is_not_read() {
        for other in [
            "",
            "x",
            "5",
            "null",
            "{}",
            "v=1&record=x",
            r#"{"v":2,"record":"x"}"#,
            r#"{"v":257,"record":"x"}"#,
            r#"{"v":"1","record":"x"}"#,
            r#"{"v":null,"record":"x"}"#,
            r#"{"record":"x"}"#,
            r#"{"v":1}"#,
            r#"{"v":1,"record":5}"#,
            r#"{"v":1,"record":null}"#,
            r#"{"v":1,"v":1,"record":"x"}"#,
            r#"{"v":1,"record":"x","more":1}"#,
            r#"{"v":1,"record":"x"}}"#,
            r#"{"v":1,"record":"x""#,
        ] {
            assert_eq!(from_text::<String>(other), None, "{other}");
        }
    }
}
