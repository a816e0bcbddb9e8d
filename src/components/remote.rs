//! A [`RemoteCall`] as every page shows it: loading, waiting for a retry, failed, or there.

use leptos::prelude::*;

use super::{LoginButton, Problem, clock_text};
use crate::browser::{clock, intl};
use crate::messages;
use crate::session::{Remote, RemoteCall, Session};
use crate::spotify::ApiError;

/// Shows `call`: `loading` until the first result, the error with a way on, or the resource by `ready`.
pub fn remote<T: Clone + Send + Sync + 'static>(
    call: RemoteCall<T>,
    loading: impl Fn() -> AnyView + Send + 'static,
    ready: impl Fn(T) -> AnyView + Send + 'static,
) -> impl Fn() -> AnyView + Send + 'static {
    let retry = Callback::new(move |()| call.retry());
    move || match call.state() {
        Remote::Loading => loading(),
        Remote::Waiting { error, until } => view! { <Waiting error=error until=until retry=retry /> }.into_any(),
        Remote::Failed { error, not_before } => {
            view! { <Failed error=error not_before=not_before retry=retry /> }.into_any()
        }
        Remote::Ready(resource) => ready(resource),
    }
}

fn retry_button(retry: Callback<()>) -> AnyView {
    view! { <button class="main" type="button" on:click=move |_| retry.run(())>"Try again"</button> }.into_any()
}

/// Retried at `until`, in milliseconds since the Unix epoch, or at a press.
#[component]
fn Waiting(error: ApiError, until: u64, retry: Callback<()>) -> impl IntoView {
    let session = Session::from_context();
    let left = move || clock_text(until.saturating_sub(session.now()));
    view! {
        <Problem message=messages::api(&error)>
            <p>"Trying again in "<span class="clock">{left}</span></p>
            {retry_button(retry)}
        </Problem>
    }
}

/// Retried at a press; where a permission is missing, a log-in asks for it.
#[component]
fn Failed(
    error: ApiError,
    /// The time before which the server asks not to be called, in milliseconds since the Unix epoch.
    not_before: Option<u64>,
    retry: Callback<()>,
) -> impl IntoView {
    let session = Session::from_context();
    let until = not_before.map(|at| format!("Try again at {}.", intl::time(at, clock::now_ms())));
    let action = if error == ApiError::MissingScope {
        let scopes = Signal::derive(move || session.configured_scopes());
        view! { <LoginButton scopes=scopes /> }.into_any()
    } else {
        retry_button(retry)
    };
    view! {
        <Problem message=messages::api(&error)>
            {until.map(|until| view! { <p>{until}</p> })}
            {action}
        </Problem>
    }
}
