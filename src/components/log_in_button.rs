//! The button that begins a log-in, with what went wrong when it could not.

use leptos::prelude::*;

use crate::oauth::{ReturnTo, Scopes};
use crate::session::{LogInError, Session, Status};
use crate::words;

/// Begins a log-in that asks for `scopes` and leads back to `return_to`.
#[component]
pub fn LogInButton(
    session: Session,
    /// What to ask for, as it is when the button is pressed.
    scopes: RwSignal<Scopes>,
    return_to: ReturnTo,
    #[prop(default = "Log in with Spotify")] label: &'static str,
    /// Whether to choose the authorization code with PKCE in place of what the deployment says.
    #[prop(optional)]
    by_pkce: bool,
) -> impl IntoView {
    let error = RwSignal::new(None::<LogInError>);
    let leaving = move || matches!(session.status(), Status::Leaving(_));
    let press = move |_| {
        let (scopes, return_to) = (scopes.get_untracked(), return_to.clone());
        let begun = if by_pkce {
            session.log_in_by_pkce(scopes, return_to)
        } else {
            session.log_in(scopes, return_to)
        };
        error.set(begun.err());
    };
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
