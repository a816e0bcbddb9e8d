//! The page for every other address.

use leptos::prelude::*;

use crate::components::{Address, Link};
use crate::route::Route;

/// Says so, with the way home.
#[component]
pub fn NotFoundPage(address: Address) -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1">"Page not found"</h1>
            <p>"The address may be mistyped, or the page has moved."</p>
            <div class="actions">
                <Link address=address to=Route::LogIn>"Go to the start page"</Link>
            </div>
        </section>
    }
}
