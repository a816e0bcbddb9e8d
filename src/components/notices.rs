//! The notices of every page: that the session has ended, that it is about to end, that it does not survive a reload, that the page
//! was updated, that a login on the way was refused. The status region is there from the start, so that screen readers announce
//! what comes into it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use stagedoor::internals::browser::timer;
use stagedoor::internals::session::{Session, SessionState};
use stagedoor::{CompletionError, EndReason};

use super::{LoginButton, refused_on_the_way};
use crate::browser::loader;
use crate::browser::page::{Heading, keep_focus};
use crate::messages::{self, Message};

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
    if let Some((_, error)) = refused_on_the_way(session) {
        return Some(Notice::Refused(error));
    }
    match session.state() {
        SessionState::Ended(reason) => Some(Notice::Ended(reason)),
        SessionState::Active(active) if active.is_ending(session.now()) => {
            let ends = !active.is_refreshable() || session.is_refresh_failing();
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
    let status = move || match notice.get() {
        None | Some(Notice::Refused(_)) => "",
        Some(Notice::Ended(ended)) => messages::ended(ended),
        Some(Notice::Ending) => messages::ENDING,
        Some(Notice::NotStored) => messages::NOT_STORED,
        Some(Notice::Updated) => messages::UPDATED,
    };
    let class = move || match notice.get() {
        None => "notices",
        Some(_) => "notices notice",
    };
    view! {
        <div class=class>
            <p role="status" prop:textContent=status></p>
            {move || match notice.get() {
                Some(Notice::Ending) => view! { <LogInAgain /> }.into_any(),
                Some(Notice::Refused(error)) => view! { <Refused error=error /> }.into_any(),
                _ => ().into_any(),
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
        <div role="alert">
            <p><strong prop:textContent=title></strong></p>
            <p prop:textContent=text></p>
            {quote.map(|quote| view! { <p class="quote">"Message from Spotify: " <q dir="auto" prop:textContent=quote></q></p> })}
            <p>"You are still logged in, and nothing has changed."</p>
        </div>
        <button class="quiet" type="button" on:click=close>"All right"</button>
    }
}

#[component]
fn LogInAgain() -> impl IntoView {
    let session = Session::from_context();
    let requested = session
        .active_untracked()
        .map(|active| active.requested_scopes.clone())
        .unwrap_or_default();
    view! { <LoginButton scopes=requested label="Log in again" /> }
}
