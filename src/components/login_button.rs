//! The button that starts a log-in, with what went wrong when it could not.

use leptos::prelude::*;
use stagedoor::internals::browser::IN_BROWSER;
use stagedoor::internals::session::Session;
use stagedoor::{ReturnPath, Scopes, StartError};

use super::StartProblem;
use crate::context::{AppContext, use_app};

/// Starts a log-in.
#[component]
pub fn LoginButton(
    /// The scopes to request, as they are at the press. Without any: those of the configuration.
    #[prop(into, optional)]
    scopes: Option<Signal<Scopes>>,
    /// The page to come back to. Without one: the page for signed-in people that was last open.
    #[prop(optional_no_strip)]
    return_to: Option<ReturnPath>,
    #[prop(default = "Log in with Spotify")] label: &'static str,
    /// Whether a press chooses the authorization code with PKCE for this deployment, whatever it is configured for.
    #[prop(optional)]
    chooses_pkce: bool,
) -> impl IntoView {
    if !IN_BROWSER {
        return view! { <EarlyLoginButton label=label /> }.into_any();
    }
    let session = Session::from_context();
    let AppContext { settings, pages, .. } = use_app();
    let error = RwSignal::new(None::<StartError>);
    let is_redirecting = move || session.is_redirecting();
    let press = move |_| {
        let return_to = return_to.clone().unwrap_or_else(|| pages.last());
        if chooses_pkce && session.check_login().is_ok() {
            settings.choose_pkce();
        }
        let scopes = scopes.map_or_else(|| untrack(move || settings.scopes()), |scopes| scopes.get_untracked());
        error.set(session.log_in(scopes, return_to).err());
    };
    view! {
        <button class="main log-in" type="button" aria-disabled=move || if is_redirecting() { "true" } else { "false" } on:click=press>
            {label}
        </button>
        <span class="hint" role="status" prop:textContent=move || if is_redirecting() { "Taking you to Spotify…" } else { "" }></span>
        {move || match error.get() {
            Some(error) => view! { <StartProblem error=error /> }.into_any(),
            None => ().into_any(),
        }}
    }
    .into_any()
}

/// The button before the app is there. A press opens a popover, which needs no script, and the app carries it out
/// (`browser::takeover`).
#[component]
fn EarlyLoginButton(label: &'static str) -> impl IntoView {
    view! {
        <button class="main log-in" type="button" popovertarget="pressed" popovertargetaction="show">{label}</button>
        <span class="hint toast" id="pressed" role="status" popover="manual">"One moment…"</span>
    }
}
