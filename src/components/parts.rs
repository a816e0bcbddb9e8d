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

/// Names in the order given, each with the direction of its own writing.
pub fn names(names: &[String]) -> AnyView {
    let name = |(index, name): (usize, &String)| {
        let separator = if index == 0 { "" } else { ", " };
        view! { {separator}<bdi prop:textContent=name.clone()></bdi> }
    };
    names.iter().enumerate().map(name).collect_view().into_any()
}
