//! A call that failed, for now or until the person says so, as every page shows it.

use leptos::prelude::*;

use crate::browser::{clock, page};
use crate::components::{LogInButton, Problem, clock_text};
use crate::messages;
use crate::session::Session;
use crate::spotify::ApiError;

fn again_button(again: impl Fn() + Send + 'static) -> AnyView {
    view! { <button class="main" type="button" on:click=move |_| again()>"Try again"</button> }.into_any()
}

/// Tried again at `until`, in milliseconds since the Unix epoch, or at a press.
#[component]
pub fn Waiting(session: Session, error: ApiError, until: u64, again: impl Fn() + Send + 'static) -> impl IntoView {
    let left = move || clock_text(until.saturating_sub(session.now()));
    view! {
        <Problem message=messages::api(&error)>
            <p>"Trying again in "<span class="clock">{left}</span></p>
            {again_button(again)}
        </Problem>
    }
}

/// Tried again at a press; where a permission is missing, a log-in asks for it.
#[component]
pub fn Failed(
    session: Session,
    error: ApiError,
    /// The time before which the server asks not to be called, in milliseconds since the Unix epoch.
    not_before: Option<u64>,
    again: impl Fn() + Send + 'static,
) -> impl IntoView {
    let until = not_before.map(|at| format!("Try again at {}.", page::time(at, clock::now_ms())));
    let action = if error == ApiError::MissingScope {
        let scopes = RwSignal::new(session.configured_scopes());
        view! { <LogInButton session=session scopes=scopes return_to=session.return_to() /> }.into_any()
    } else {
        again_button(again)
    };
    view! {
        <Problem message=messages::api(&error)>
            {until.map(|until| view! { <p>{until}</p> })}
            {action}
        </Problem>
    }
}
