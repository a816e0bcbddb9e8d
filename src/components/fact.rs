//! A fact about a person or a track: a term and its value, left out where the Web API did not send it.

use leptos::prelude::*;

use super::{names, when};

/// What a browser that translates the page makes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// It is in words, and is translated.
    Words,
    /// It is a name, a code or a clock, and the same in every language.
    Name,
}

/// A term and its value.
pub fn fact(term: &'static str, value: Option<String>, wording: Wording) -> AnyView {
    let Some(value) = value else {
        return ().into_any();
    };
    let translate = match wording {
        Wording::Words => "yes",
        Wording::Name => "no",
    };
    view! { <div><dt>{term}</dt><dd dir="auto" translate=translate prop:textContent=value></dd></div> }.into_any()
}

/// A term and a value in words that may change.
pub fn changing_fact(term: &'static str, value: RwSignal<String>) -> AnyView {
    view! { <div><dt>{term}</dt><dd dir="auto" prop:textContent=move || value.get()></dd></div> }.into_any()
}

/// A term and names, in the order given; left out where there are none.
pub fn names_fact(term: &'static str, all: &[String]) -> AnyView {
    when(!all.is_empty(), || {
        view! { <div><dt>{term}</dt><dd translate="no">{names(all)}</dd></div> }.into_any()
    })
}
