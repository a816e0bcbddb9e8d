//! A [`RemoteCall`] as every page shows it: loading, failed with a way on, or there.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use stagedoor::ApiError;
use stagedoor::internals::browser::clock;
use stagedoor::internals::session::{Attempts, Progress, RemoteCall, Session};

use super::{LoginButton, Problem, aria_bool, clock_text};
use crate::browser::intl;
use crate::browser::page::{Heading, follow_press, keep_focus};
use crate::context::use_app;
use crate::messages;

/// What a page asks the Web API for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// What the whole page is about, such as the profile of whoever is signed in.
    Page,
    /// A part of a page.
    Part,
    /// A part of a page that somebody names, and that may not exist.
    LookUp,
}

impl Resource {
    /// The heading that it has, and its failure in its place.
    fn heading(self) -> Heading {
        match self {
            Self::Page => Heading::Page,
            Self::Part | Self::LookUp => Heading::Result,
        }
    }
}

/// Shows `call`: `loading` until the first result, the error with a way on until another one, or what was asked for by `ready`.
pub fn remote<T: DeserializeOwned + Clone + Send + Sync + 'static>(
    call: RemoteCall<T>,
    resource: Resource,
    loading: impl Fn() -> AnyView + Send + 'static,
    ready: impl Fn(T) -> AnyView + Send + 'static,
) -> impl Fn() -> AnyView + Send + 'static {
    let attempts = call.attempts;
    let failure = attempts.failure();
    let heading = resource.heading();
    move || {
        let (failure, value) = (failure.get(), call.value());
        keep_focus(heading);
        match (failure, value) {
            (Some(failure), _) => {
                if failure.is_again() {
                    follow_press(heading);
                }
                view! { <Failed attempts=attempts error=failure.error resource=resource /> }.into_any()
            }
            (None, Some(value)) => ready(value),
            (None, None) => loading(),
        }
    }
}

/// Why a call failed, with a way on. The button stays where it is while another attempt is in progress.
#[component]
pub fn Failed(attempts: Attempts, error: ApiError, resource: Resource) -> impl IntoView {
    let (session, settings) = (Session::from_context(), use_app().settings);
    let not_before = move || match attempts.progress() {
        Progress::Failed {
            not_before: Some(at), ..
        } => messages::not_before(at, clock::now_ms(), intl::time),
        _ => String::new(),
    };
    let status = move || match attempts.progress() {
        Progress::Waiting { .. } => "Trying again in ",
        Progress::Retrying(_) => "Trying again…",
        _ => "",
    };
    let left = move || match attempts.progress() {
        Progress::Waiting { until, .. } => clock_text(until.saturating_sub(session.now())),
        _ => String::new(),
    };
    let is_retrying = move || matches!(attempts.progress(), Progress::Retrying(_));
    let retry = move |_| {
        if !untrack(is_retrying) {
            attempts.retry();
        }
    };
    let action = match &error {
        ApiError::MissingScope(missing) => {
            let missing = missing.clone();
            let scopes = Signal::derive(move || {
                let granted = session.active().map(|active| active.scopes.clone()).unwrap_or_default();
                granted.and(&settings.scopes()).and(&missing)
            });
            view! { <LoginButton scopes=scopes /> }.into_any()
        }
        ApiError::NotFound if resource == Resource::LookUp => ().into_any(),
        _ => view! {
            <button class="main" type="button" aria-disabled=move || aria_bool(is_retrying()) on:click=retry>"Try again"</button>
            <p>
                <span role="status" prop:textContent=status></span>
                <span class="clock" translate="no" prop:textContent=left></span>
            </p>
        }
        .into_any(),
    };
    view! {
        <Problem message=messages::api(&error) heading=resource.heading() detail=view! { <p prop:textContent=not_before></p> }.into_any()>
            {action}
        </Problem>
    }
}
