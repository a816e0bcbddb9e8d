//! Small parts of views.

use leptos::prelude::*;

/// `view` where `condition` holds, else nothing.
pub fn when(condition: bool, view: impl FnOnce() -> AnyView) -> AnyView {
    if condition { view() } else { ().into_any() }
}

/// A boolean as attributes of ARIA are written.
pub fn aria_bool(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
