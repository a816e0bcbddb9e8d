//! The notices of every page: that the session has ended, that it is about to end, that it does not survive a reload, that the page
//! was updated, that a login on the way was refused. The status region is there from the start, so that screen readers announce
//! what comes into it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::LoginButton;
use crate::browser::page::{Heading, keep_focus};
use crate::browser::{loader, timer};
use crate::messages::{self, Message};
use crate::session::{CompletionError, EndReason, Session, SessionState};

#[derive(Clone, PartialEq)]
enum Notice {
    Ended(EndReason),
    Ending,
    NotStored,
    Updated,
    Refused(CompletionError),
}

/// How long the page says that it was updated, in milliseconds.
const UPDATED_FOR_MS: u64 = 15_000;

fn notice(session: Session, is_updated: bool) -> Option<Notice> {
    if let Some((_, error)) = session.refused_on_the_way() {
        return Some(Notice::Refused(error));
    }
    match session.state() {
        SessionState::Ended(reason) => Some(Notice::Ended(reason)),
        SessionState::Active(active) if active.is_ending(session.now()) => {
            let ends = !active.is_refreshable() || session.refresh_state().is_failing();
            ends.then_some(Notice::Ending)
        }
        SessionState::Active(_) if !session.is_stored() => Some(Notice::NotStored),
        _ => is_updated.then_some(Notice::Updated),
    }
}

/// The notices.
#[component]
pub fn Notices() -> impl IntoView {
    let session = Session::from_context();
    let is_updated = RwSignal::new(loader::take_updated());
    if is_updated.get_untracked() {
        spawn_local(async move {
            timer::sleep(UPDATED_FOR_MS).await;
            is_updated.try_set(false);
        });
    }
    let notice = Memo::new(move |_| notice(session, is_updated.get()));
    view! {
        <div class="notices" role="status">
            {move || match notice.get() {
                None => ().into_any(),
                Some(Notice::Ended(ended)) => view! { <p class="notice" prop:textContent=messages::ended(ended)></p> }.into_any(),
                Some(Notice::Ending) => view! { <Ending /> }.into_any(),
                Some(Notice::NotStored) => view! { <p class="notice" prop:textContent=messages::NOT_STORED></p> }.into_any(),
                Some(Notice::Refused(error)) => view! { <Refused error=error /> }.into_any(),
                Some(Notice::Updated) => view! { <p class="notice" prop:textContent=messages::UPDATED></p> }.into_any(),
            }}
        </div>
    }
}

/// Why a login that somebody started while signed in came to nothing.
#[component]
fn Refused(error: CompletionError) -> impl IntoView {
    let session = Session::from_context();
    let Message { title, text, quote } = messages::completion_error(&error);
    let close = move |_| {
        keep_focus(Heading::Page);
        session.clear_outcome();
    };
    view! {
        <div class="notice" role="alert">
            <p><strong prop:textContent=title></strong></p>
            <p prop:textContent=text></p>
            {quote.map(|quote| view! { <p class="quote">"Message from Spotify: " <q dir="auto" prop:textContent=quote></q></p> })}
            <p>"You are still logged in, and nothing has changed."</p>
            <button class="quiet" type="button" on:click=close>"All right"</button>
        </div>
    }
}

#[component]
fn Ending() -> impl IntoView {
    let session = Session::from_context();
    let requested = session
        .active_untracked()
        .map(|active| active.requested_scopes.clone())
        .unwrap_or_default();
    view! {
        <div class="notice">
            <p>"Your session ends in less than a minute. Log in again to go on; you will come back to this page."</p>
            <LoginButton scopes=requested label="Log in again" />
        </div>
    }
}
