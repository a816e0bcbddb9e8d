//! What is said on every page: that a session has ended, that it is about to, that it will not outlast a reload. The regions
//! are there from the start, so that screen readers speak what comes into them.

use leptos::prelude::*;

use super::LogInButton;
use crate::session::{Ended, Phase, Session, Status};
use crate::words;

#[derive(Clone, Copy, PartialEq)]
enum Notice {
    Ended(Ended),
    Ending,
    NotKept,
}

fn notice(session: Session) -> Option<Notice> {
    match session.status() {
        Status::SignedOut(ended) => ended.map(Notice::Ended),
        Status::SignedIn(live) if live.phase(session.now()) == Phase::Ending => {
            let ends = !live.is_renewable() || session.renewal().is_in_trouble();
            ends.then_some(Notice::Ending)
        }
        Status::SignedIn(_) if !session.is_kept() => Some(Notice::NotKept),
        _ => None,
    }
}

/// The notices.
#[component]
pub fn Notices(session: Session) -> impl IntoView {
    let notice = Memo::new(move |_| notice(session));
    view! {
        <div class="notices" role="status">
            {move || match notice.get() {
                None => ().into_any(),
                Some(Notice::Ended(ended)) => view! { <p class="notice">{words::ended(ended)}</p> }.into_any(),
                Some(Notice::Ending) => view! { <Ending session=session /> }.into_any(),
                Some(Notice::NotKept) => view! {
                    <p class="notice">"Your session is kept in this page only: reloading it logs you out."</p>
                }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Ending(session: Session) -> impl IntoView {
    let asked = session.live_now().map(|live| live.asked.clone()).unwrap_or_default();
    view! {
        <div class="notice">
            <p>"Your session ends in less than a minute. Log in again to go on; you will come back to this page."</p>
            <LogInButton departure=session.departure() scopes=RwSignal::new(asked) return_to=session.return_to() label="Log in again" />
        </div>
    }
}
