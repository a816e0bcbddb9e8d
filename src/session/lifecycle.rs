//! The events that make a session look at the clock: a tick every second while somebody is signed in, waking up, and a change in
//! the storage that all tabs share; and what is done after a look ([`Verdict`]).

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::core::Time;
use super::core::refresh_state::Overdue;
use super::core::verdict::{Look, Verdict};
use super::{Session, logged_out_at, time};
use crate::browser::loader::RESPONSE_EVENT;
use crate::browser::page;
use crate::browser::timer::{self, Timeout};

/// The length of a tick, in milliseconds. Short, so that a sleeping machine or a slowed-down tab delays nothing for long.
const TICK_MS: u64 = 1000;

/// Starts the clock and the listeners of `session`, for the life of the page.
pub(super) fn start(session: Session) {
    let signed_in = move || {
        session.now.track();
        session.is_active.get()
    };
    call_while(signed_in, TICK_MS, move || session.check());
    for name in ["visibilitychange", "focus", "online", "storage"] {
        let handle = window_event_listener_untyped(name, move |event| {
            if event.type_() == "online" {
                session.wake(time());
            }
            session.check();
        });
        on_cleanup(move || handle.remove());
    }
    let response = window_event_listener_untyped(RESPONSE_EVENT, move |_| session.take_response());
    on_cleanup(move || response.remove());
    hide_while_away(session);
}

impl Session {
    /// Looks at the clock and at the log-outs of other tabs: ends the session when it is over, refreshes it when that is due.
    pub(super) fn check(self) {
        let time = time();
        if let Some(session) = self.active_untracked() {
            let look = Look {
                time,
                logged_out_at: logged_out_at(),
                is_reconfigured: self.is_reconfigured(&session),
                is_hidden: page::is_hidden(),
                jitter: self.jitter.get_value(),
            };
            let overdue = self.look(session.is_usable(time.wall), time);
            match Verdict::of(&session, self.refresh.get_untracked(), overdue, &look) {
                Verdict::Keep => {}
                Verdict::Refresh => spawn_local(self.refresh()),
                Verdict::End(reason) => self.end(&session.login, reason),
            }
        }
        self.now.set(time.wall);
    }

    /// Notes how long the session has been without a usable access token. After a sleep the wait for the next refresh is over.
    fn look(self, is_usable: bool, time: Time) -> Overdue {
        let before = self.overdue.get_value();
        let overdue = before.look(time, is_usable, page::is_online());
        self.overdue.set_value(overdue);
        if before.has_slept(time) {
            self.wake(time);
        }
        overdue
    }

    /// Ends the wait for the next refresh.
    pub(super) fn wake(self, time: Time) {
        let refresh = self.refresh.get_untracked();
        if refresh.woken(time) != refresh {
            self.refresh.set(refresh.woken(time));
        }
    }
}

/// A page that goes into the back/forward cache is hidden, and when it comes back it checks before it shows anything.
fn hide_while_away(session: Session) {
    let hide = window_event_listener(ev::pagehide, move |event| page::set_app_hidden(event.persisted()));
    let show = window_event_listener(ev::pageshow, move |_| {
        session.resume();
        spawn_local(async {
            timer::next_task().await;
            page::set_app_hidden(false);
        });
    });
    on_cleanup(move || {
        hide.remove();
        show.remove();
    });
}

/// Calls `then` once `waiting` has been true for `ms` milliseconds; each change of what it reads begins the wait anew. Needs a
/// reactive owner.
pub(super) fn call_while(waiting: impl Fn() -> bool + 'static, ms: u64, then: impl Fn() + Copy + 'static) {
    let timer = StoredValue::new_local(None);
    Effect::new(move |_| timer.set_value(waiting().then(|| Timeout::new(ms, then))));
}
