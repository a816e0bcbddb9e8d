//! The form of stored records and of messages between tabs: JSON with a version. What another build wrote in another form has another
//! version, or is not JSON, and is not read.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

/// The one version that is written and read.
const VERSION: u8 = 1;

/// A record of any type with its version. Serialized as `{"v":1,"record":…}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versioned {
    v: Version,
    record: Box<RawValue>,
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

impl Versioned {
    /// Gives `record` the current version; `None` when it can't be serialized.
    pub fn new<T: Serialize>(record: &T) -> Option<Self> {
        let record = to_raw_value(record).ok()?;
        Some(Self { v: Version, record })
    }

    /// The record; `None` when it is of another type. The error of the parser is dropped, since it quotes what it met.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.record.get()).ok()
    }
}

/// The text of `record`; `None` when it can't be serialized.
pub fn to_text<T: Serialize>(record: &T) -> Option<String> {
    serde_json::to_string(&Versioned::new(record)?).ok()
}

/// Reads a record. `None` for text that is none, or of another type or version.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str::<Versioned>(text).ok()?.read()
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
