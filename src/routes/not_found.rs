//! The page for every other address.

use leptos::prelude::*;

/// Says that there is no such page, with a link home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1">"Page not found"</h1>
            <p>"The address may be mistyped, or the page has moved."</p>
            <div class="actions"><a class="button" href=".">"Go to the start page"</a></div>
        </section>
    }
}
