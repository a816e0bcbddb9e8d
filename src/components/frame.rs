//! The frame around every page: the name at the top, with the way out for those who are signed in, and the small print.

use leptos::prelude::*;

use crate::browser::location;
use crate::route::Route;
use crate::session::Session;

/// The address of a page, below the app's base path.
pub fn href(route: Route) -> String {
    format!("{}{}", location::base_path(), route.path().trim_start_matches('/'))
}

/// Name and log-out button.
#[component]
pub fn Header(session: Session) -> impl IntoView {
    view! {
        <header class="bar">
            <a class="brand" href=href(Route::LogIn)>
                <Mark />
                "Stagedoor"
            </a>
            <Show when=move || session.live().is_some()>
                <button class="quiet" type="button" on:click=move |_| session.log_out()>
                    "Log out"
                </button>
            </Show>
        </header>
    }
}

/// The app's own sign: a door that stands open.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="mark-wall" width="32" height="32" rx="8" />
            <path class="mark-light" d="M10 25V9.5A1.5 1.5 0 0 1 11.500 8h9A1.500 1.500 0 0 1 22 9.500V25z" />
            <path class="mark-door" d="M10 25V8.300l7.200 2.400A1.200 1.200 0 0 1 18 11.800V27.500z" />
            <circle class="mark-knob" cx="15.600" cy="18.500" r="1.100" />
        </svg>
    }
}

/// The small print.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="bar small">
            <p>"Runs in your browser alone: no server, no cookies. Not made or endorsed by Spotify."</p>
        </footer>
    }
}
