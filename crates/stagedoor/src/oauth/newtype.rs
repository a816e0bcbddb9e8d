//! What the text newtypes of this layer have in common: secrets show nothing in `Debug`, and stored text is parsed again by
//! the same rules as text from outside.

use serde::{Serialize, Serializer};

/// Gives a secret newtype a `Debug` that shows its name and nothing else.
macro_rules! redacted {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

/// Lets `#[serde(try_from = "String")]` deserialize a newtype through its `parse`. The error never holds the text.
macro_rules! parsed_from_string {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or(concat!("not a valid ", stringify!($name)))
            }
        }
    };
}

pub(super) use {parsed_from_string, redacted};

/// A secret that a record keeps. Its type has no `Serialize`: each field that is to hold it says so, by `serialize_with`.
pub trait Secret {
    /// The secret itself.
    fn text(&self) -> &str;
}

/// Gives a newtype of a text its [`Secret::text`].
macro_rules! secret {
    ($name:ident) => {
        impl crate::oauth::newtype::Secret for $name {
            fn text(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(super) use secret;

/// For `serialize_with`: writes a secret into the record that keeps it.
///
/// # Errors
/// The serializer's.
pub fn keep<S: Serializer>(secret: &impl Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.text())
}

/// For `serialize_with`: the same for one that may not be there.
///
/// # Errors
/// The serializer's.
pub fn keep_option<S: Serializer>(secret: &Option<impl Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::text).serialize(serializer)
}
