//! JSON fields whose value may be of any type. A server may change or drop a field that this app can do without, and that
//! must not make the rest of its response unreadable. Pure; knows no field by name.

use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Deserializes a field that may be missing, null or of another type; it has its default value then. For
/// `#[serde(default, deserialize_with = "lenient::field")]`. The value is skipped as raw text first, so that one that does not
/// fit leaves the parser in the right place.
///
/// # Errors
/// Only those of the deserializer: text that is not JSON.
pub fn field<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}

/// Like [`field`], for text: an empty string counts as absent.
///
/// # Errors
/// As [`field`].
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text: Option<String> = field(deserializer)?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// Like [`field`], for a list: items that do not fit are left out.
///
/// # Errors
/// As [`field`].
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let items: Vec<&RawValue> = field(deserializer)?;
    let item = |raw: &&'de RawValue| serde_json::from_str(raw.get()).ok();
    Ok(items.iter().filter_map(item).collect())
}

/// Like [`field`], for a count: a number from zero up, its fraction cut off.
///
/// # Errors
/// As [`field`].
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let number: Option<f64> = field(deserializer)?;
    Ok(number.filter(|number| *number >= 0.0).map(|number| number as u64))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Sample {
        #[serde(default, deserialize_with = "super::text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "super::field")]
        flag: bool,
        #[serde(default, deserialize_with = "super::count")]
        count: Option<u64>,
        #[serde(default, deserialize_with = "super::list")]
        list: Vec<u8>,
        last: u8,
    }

    fn read(text: &str) -> Option<Sample> {
        serde_json::from_str(text).ok()
    }

    fn with(name: &str, value: &str) -> Sample {
        read(&format!(r#"{{"{name}":{value},"last":1}}"#)).unwrap_or_else(|| panic!("{name}: {value}"))
    }

    #[test]
    fn h5_a_field_that_does_not_fit_is_left_out_and_the_rest_is_read() {
        let without = Sample {
            last: 1,
            ..Sample::default()
        };
        assert_eq!(read(r#"{"last":1}"#).as_ref(), Some(&without));
        for name in ["text", "flag", "count", "list"] {
            for value in [
                "null",
                "[[{}]]",
                r#"{"text":"x"}"#,
                r#""\ud800""#,
                "1e999",
                "-1",
                "\"\"",
            ] {
                assert_eq!(with(name, value), without, "{name}: {value}");
            }
        }
    }

    #[test]
    fn h5_a_field_that_fits_is_read() {
        assert_eq!(with("text", r#""x""#).text.as_deref(), Some("x"));
        assert!(with("flag", "true").flag);
        assert_eq!(with("count", "0").count, Some(0));
        assert_eq!(with("count", "12.0").count, Some(12));
        assert_eq!(with("count", "3.9").count, Some(3));
        assert_eq!(with("count", "1e30").count, Some(u64::MAX));
        assert_eq!(with("list", r#"[1,null,"2",300,3]"#).list, [1, 3]);
    }

    #[test]
    fn h5_a_value_nested_very_deeply_is_skipped_without_recursion() {
        let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(with("text", &nested).text, None);
        assert_eq!(with("list", &nested).list, [0_u8; 0]);
    }

    #[test]
    fn h5_text_that_is_not_json_is_an_error() {
        for bad in [
            "",
            "<html>",
            "{",
            r#"{"text":,"last":1}"#,
            r#"{"text":nul,"last":1}"#,
            r#"{"last":1"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
