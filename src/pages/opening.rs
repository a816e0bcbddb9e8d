//! What stands there until the configuration has come.

use leptos::prelude::*;

use crate::route::Route;

/// A line that says what is going on.
#[component]
pub fn OpeningPage(route: Route) -> impl IntoView {
    let line = match route {
        Route::Callback => "Signing you in…",
        Route::Profile => "Opening your profile…",
        Route::LogIn | Route::Track | Route::NotFound => "Opening…",
    };
    view! {
        <section class="card wait" aria-busy="true">
            <h1 tabindex="-1">{line}</h1>
        </section>
    }
}
