//! A [`RemoteCall`] as every page shows it: loading, waiting for a retry, failed, or there.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{LoginButton, Problem, clock_text};
use crate::browser::page::{Heading, focus_heading, keep_focus_on_heading};
use crate::browser::{clock, intl, timer};
use crate::messages;
use crate::session::{Remote, RemoteCall, Session};
use crate::spotify::ApiError;

/// What a page asks the Web API for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Something that is there, such as the profile of whoever is signed in.
    Own,
    /// Something that somebody names, and that may not exist.
    LookUp,
}

/// Shows `call`: `loading` until the first result, the error with a way on, or what was asked for by `ready`.
pub fn remote<T: Clone + Send + Sync + 'static>(
    call: RemoteCall<T>,
    resource: Resource,
    loading: impl Fn() -> AnyView + Send + 'static,
    ready: impl Fn(T) -> AnyView + Send + 'static,
) -> impl Fn() -> AnyView + Send + 'static {
    let retry = Callback::new(move |()| {
        call.retry();
        // The button is gone with what was shown.
        focus_heading(Heading::Result);
    });
    keep_focus(Signal::derive(move || call.track()));
    move || match call.state() {
        Remote::Loading => loading(),
        Remote::Waiting { error, until } => view! { <Waiting error=error until=until retry=retry /> }.into_any(),
        Remote::Failed { error, not_before } => {
            view! { <Failed error=error resource=resource not_before=not_before retry=retry /> }.into_any()
        }
        Remote::Ready(value) => ready(value),
    }
}

/// Keeps the focus on a heading that had it when it is replaced at one of these changes.
fn keep_focus(changes: Signal<()>) {
    Effect::new(move |_| {
        changes.get();
        spawn_local(async {
            timer::next_task().await;
            keep_focus_on_heading();
        });
    });
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
            <p>"Trying again in "<span class="clock" translate="no" prop:textContent=left></span></p>
            {retry_button(retry)}
        </Problem>
    }
}

/// Retried at a press, where that can help; where a permission is missing, a log-in asks for it.
#[component]
fn Failed(
    error: ApiError,
    resource: Resource,
    /// The time before which the server asks not to be called, in milliseconds since the Unix epoch.
    not_before: Option<u64>,
    retry: Callback<()>,
) -> impl IntoView {
    let session = Session::from_context();
    let now = clock::now_ms();
    let until = not_before.map(|at| messages::not_before(at, now, intl::time));
    let action = match &error {
        ApiError::MissingScope(missing) => {
            let missing = missing.clone();
            let scopes = Signal::derive(move || {
                let granted = session.active().map(|active| active.scopes.clone()).unwrap_or_default();
                granted.and(&session.configured_scopes()).and(&missing)
            });
            view! { <LoginButton scopes=scopes /> }.into_any()
        }
        ApiError::NotFound if resource == Resource::LookUp => ().into_any(),
        _ => retry_button(retry),
    };
    view! {
        <Problem message=messages::api(&error) detail=until>
            {action}
        </Problem>
    }
}
