//! What text fields share.

use leptos::attr::Attribute;
use leptos::attr::custom::custom_attribute;
use leptos::html::Input;
use leptos::prelude::*;

/// Keeps a phone's keyboard from changing what is typed. Leptos has no typed attribute for it.
pub fn no_autocorrect() -> impl Attribute {
    custom_attribute("autocorrect", "off")
}

/// What stands in the field at this moment. Password managers and autofill may have put it there without an `input` event.
pub fn value_of(field: NodeRef<Input>) -> String {
    field.get_untracked().map(|field| field.value()).unwrap_or_default()
}
