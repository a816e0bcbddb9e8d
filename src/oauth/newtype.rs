//! What the text newtypes of this layer have in common: secrets show nothing in `Debug`, and stored text is parsed again by
//! the same rules as text from outside.

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
