//! What text fields share.

use leptos::attr::Attribute;
use leptos::attr::custom::custom_attribute;

/// Keeps a phone's keyboard from changing what is typed. Leptos has no typed attribute for it.
pub fn no_autocorrect() -> impl Attribute {
    custom_attribute("autocorrect", "off")
}
