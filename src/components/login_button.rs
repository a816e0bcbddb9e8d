//! The button that starts a log-in, with what went wrong when it could not.

use leptos::prelude::*;

use super::StartProblem;
use crate::browser::IN_BROWSER;
use crate::context::use_app;
use crate::oauth::{ReturnPath, Scopes};
use crate::session::{Session, StartError};

/// What a press of the button does: starts a log-in for these scopes, that leads back to this page.
pub type StartLogin = Callback<(Scopes, ReturnPath), Result<(), StartError>>;

/// Starts a log-in that requests `scopes`.
#[component]
pub fn LoginButton(
    /// The scopes to request, as they are at the press.
    #[prop(into)]
    scopes: Signal<Scopes>,
    /// The page to come back to. Without one: the page for signed-in people that was last open.
    #[prop(optional_no_strip)]
    return_to: Option<ReturnPath>,
    #[prop(default = "Log in with Spotify")] label: &'static str,
    /// How to start. Without it: [`Session::log_in`].
    #[prop(optional)]
    start: Option<StartLogin>,
) -> impl IntoView {
    if !IN_BROWSER {
        return view! { <EarlyLoginButton label=label /> }.into_any();
    }
    let (session, pages) = (Session::from_context(), use_app().pages);
    let error = RwSignal::new(None::<StartError>);
    let is_redirecting = move || session.is_redirecting();
    let press = move |_| {
        let return_to = return_to.clone().unwrap_or_else(|| pages.last());
        let request = (scopes.get_untracked(), return_to);
        let result = match start {
            Some(start) => start.run(request),
            None => session.log_in(request.0, request.1),
        };
        error.set(result.err());
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
