//! JSON text to values: by the browser's own parser in the app, by `serde_json` on the host, so that what is read from them can
//! be tested there and the app need not carry a parser. Shapes are checked by hand: most fields that come from outside may be
//! missing or of another kind, and one that does not fit must not spoil the rest.

/// The text is no JSON, or it is nested deeper than [`DEPTH_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON")]
pub struct JsonError;

/// Deepest nesting read.
pub const DEPTH_MAX: usize = 32;

/// Any JSON value.
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
    /// An object with its members.
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

    /// The items, when this is an array; none otherwise.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    /// The text of the member of that name.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_str().map(str::to_owned)
    }

    /// The member of that name as a count: a number from zero up, its fraction cut off.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn count(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Self::Number(number) if *number >= 0.0 => Some(*number as u64),
            _ => None,
        }
    }
}

/// Reads `text`.
///
/// # Errors
/// [`JsonError`].
#[cfg(target_arch = "wasm32")]
pub fn parse(text: &str) -> Result<Value, JsonError> {
    let value = js_sys::JSON::parse(text).map_err(|_| JsonError)?;
    from_js(&value, DEPTH_MAX).ok_or(JsonError)
}

#[cfg(target_arch = "wasm32")]
fn from_js(value: &wasm_bindgen::JsValue, depth: usize) -> Option<Value> {
    use js_sys::{Array, Object};
    use wasm_bindgen::JsCast;

    let depth = depth.checked_sub(1)?;
    Some(if let Some(text) = value.as_string() {
        Value::String(text)
    } else if let Some(number) = value.as_f64() {
        Value::Number(number)
    } else if let Some(flag) = value.as_bool() {
        Value::Bool(flag)
    } else if let Some(items) = value.dyn_ref::<Array>() {
        Value::Array(items.iter().map(|item| from_js(&item, depth)).collect::<Option<_>>()?)
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let member = |entry: wasm_bindgen::JsValue| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, from_js(&entry.get(1), depth)?))
        };
        Value::Object(Object::entries(object).iter().map(member).collect::<Option<_>>()?)
    } else {
        Value::Null
    })
}

/// Reads `text`.
///
/// # Errors
/// [`JsonError`].
#[cfg(not(target_arch = "wasm32"))]
pub fn parse(text: &str) -> Result<Value, JsonError> {
    let value = serde_json::from_str(text).map_err(|_| JsonError)?;
    from_serde(value, DEPTH_MAX).ok_or(JsonError)
}

#[cfg(not(target_arch = "wasm32"))]
fn from_serde(value: serde_json::Value, depth: usize) -> Option<Value> {
    use serde_json::Value as Json;

    let depth = depth.checked_sub(1)?;
    Some(match value {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => Value::Number(number.as_f64()?),
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| from_serde(item, depth))
                .collect::<Option<_>>()?,
        ),
        Json::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| Some((name, from_serde(value, depth)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_MAX, JsonError, Value, parse};

    #[test]
    fn reads_every_kind_of_value() {
        let read = parse(r#"{"a":[null,true,1.5,-2,"x"],"b":{}}"#).expect("JSON");
        let list = [
            Value::Null,
            Value::Bool(true),
            Value::Number(1.5),
            Value::Number(-2.0),
            Value::String("x".into()),
        ];
        assert_eq!(read.get("a").map(Value::items), Some(&list[..]));
        assert_eq!(read.get("b"), Some(&Value::Object(vec![])));
        assert_eq!(read.get("c"), None);
    }

    #[test]
    fn members_of_another_kind_are_left_out() {
        let read = parse(r#"{"text":"x","count":3.9,"less":-1,"none":null}"#).expect("JSON");
        assert_eq!(read.text("text").as_deref(), Some("x"));
        assert_eq!(read.text("count"), None);
        assert_eq!(read.count("count"), Some(3));
        assert_eq!(read.count("less"), None);
        assert_eq!(read.count("none"), None);
        assert_eq!(Value::Null.items(), []);
    }

    #[test]
    fn what_is_no_json_is_an_error_and_so_is_a_bottomless_one() {
        for text in ["", "<html>", "{", "nul", "{\"a\":}"] {
            assert_eq!(parse(text), Err(JsonError), "{text}");
        }
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(DEPTH_MAX - 1)).is_ok());
        assert_eq!(parse(&nested(DEPTH_MAX)), Err(JsonError));
        assert_eq!(parse(&nested(5000)), Err(JsonError));
    }
}
