//! JSON text to typed values: by the browser's own parser in the app, by `serde_json` on the host, so that models can be
//! tested there and the app need not carry a parser.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};

/// The text is no JSON, or not of the expected shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON of the expected shape")]
pub struct JsonError;

/// Any JSON value, for texts whose shape is checked by hand.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, its members in the order met.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The member of that name, when this is an object and has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, when this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads `text` as a `T`.
///
/// # Errors
/// [`JsonError`] when the text is no JSON or does not fit.
#[cfg(target_arch = "wasm32")]
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    let value = js_sys::JSON::parse(text).map_err(|_| JsonError)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| JsonError)
}

/// Reads `text` as a `T`.
///
/// # Errors
/// [`JsonError`] when the text is no JSON or does not fit.
#[cfg(not(target_arch = "wasm32"))]
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    serde_json::from_str(text).map_err(|_| JsonError)
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonError, Value, from_str};

    #[test]
    fn reads_every_kind_of_value() {
        let read: Value = from_str(r#"{"a":[null,true,1.5,-2,"x"],"b":{}}"#).expect("JSON");
        let list = vec![
            Value::Null,
            Value::Bool(true),
            Value::Number(1.5),
            Value::Number(-2.0),
            Value::String("x".into()),
        ];
        assert_eq!(read.get("a"), Some(&Value::Array(list)));
        assert_eq!(read.get("b"), Some(&Value::Object(vec![])));
        assert_eq!(read.get("c"), None);
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        for text in ["", "<html>", "{", "nul", "{\"a\":}"] {
            assert_eq!(from_str::<Value>(text), Err(JsonError), "{text}");
        }
    }
}
