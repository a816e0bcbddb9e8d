//! What stands there while something loads that a page can't be shown without.

use leptos::prelude::*;

/// A heading that says what is going on.
#[component]
pub fn Loading(#[prop(default = "Opening…")] text: &'static str) -> impl IntoView {
    view! {
        <section class="card wait" aria-busy="true">
            <h1 tabindex="-1">{text}</h1>
        </section>
    }
}
