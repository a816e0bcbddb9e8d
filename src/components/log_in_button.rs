//! The button that begins a log-in, with what went wrong when it could not.

use leptos::prelude::*;

use crate::messages;
use crate::oauth::{ReturnPath, Scopes};
use crate::session::{Session, StartError};

/// Begins a log-in that asks for `scopes` and leads back to `return_to`.
#[component]
pub fn LogInButton(
    session: Session,
    /// What to ask for, as it is when the button is pressed.
    scopes: RwSignal<Scopes>,
    return_to: ReturnPath,
    #[prop(default = "Log in with Spotify")] label: &'static str,
    /// How it begins.
    #[prop(default = Session::log_in)]
    begin: fn(Session, Scopes, ReturnPath) -> Result<(), StartError>,
) -> impl IntoView {
    let error = RwSignal::new(None::<StartError>);
    let redirecting = move || session.is_redirecting();
    let press = move |_| error.set(begin(session, scopes.get_untracked(), return_to.clone()).err());
    view! {
        <button class="main log-in" type="button" aria-disabled=move || if redirecting() { "true" } else { "false" } on:click=press>
            {label}
        </button>
        <span class="hint" role="status">{move || if redirecting() { "Taking you to Spotify…" } else { "" }}</span>
        {move || match error.get() {
            Some(error) => view! { <p class="wrong" role="alert">{messages::start_error(error)}</p> }.into_any(),
            None => ().into_any(),
        }}
    }
}
