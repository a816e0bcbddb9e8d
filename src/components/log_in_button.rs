//! The button that begins a log-in, with what went wrong when it could not.

use leptos::prelude::*;

use crate::oauth::{ReturnTo, Scopes};
use crate::session::{Departure, LogInError};
use crate::words;

/// Begins a log-in that asks for `scopes` and leads back to `return_to`.
#[component]
pub fn LogInButton(
    departure: Departure,
    /// What to ask for, as it is when the button is pressed.
    scopes: RwSignal<Scopes>,
    return_to: ReturnTo,
    #[prop(default = "Log in with Spotify")] label: &'static str,
    /// How it begins.
    #[prop(default = Departure::log_in)]
    begin: fn(Departure, Scopes, ReturnTo) -> Result<(), LogInError>,
) -> impl IntoView {
    let error = RwSignal::new(None::<LogInError>);
    let leaving = move || departure.is_leaving();
    let press = move |_| error.set(begin(departure, scopes.get_untracked(), return_to.clone()).err());
    view! {
        <button class="main log-in" type="button" aria-disabled=move || if leaving() { "true" } else { "false" } on:click=press>
            {label}
        </button>
        <span class="hint" role="status">{move || if leaving() { "Taking you to Spotify…" } else { "" }}</span>
        {move || match error.get() {
            Some(error) => view! { <p class="wrong" role="alert">{words::log_in_error(error)}</p> }.into_any(),
            None => ().into_any(),
        }}
    }
}
