//! The events of the browser that a session has to know: a tick every second while somebody is signed in, waking up, a change in
//! the storage that all tabs share, and a response that comes into the living page.

use leptos::prelude::*;

use super::core::Event;
use super::{Session, TakeResponse};
use crate::browser::timer;

/// The length of a tick, in milliseconds. Short, so that a sleeping machine or a slowed-down tab delays nothing for long.
const TICK_MS: u64 = 1000;

/// Starts the clock and the listeners of `session`, for the life of the page.
pub(super) fn start(session: Session, take_response: TakeResponse) {
    let signed_in = move || {
        session.now.track();
        session.is_active.get()
    };
    timer::call_while(signed_in, TICK_MS, move || session.handle(Event::Look));
    for name in [
        "visibilitychange",
        "focus",
        "online",
        "storage",
        "pageshow",
        "hashchange",
    ] {
        let handle = window_event_listener_untyped(name, move |event| match event.type_().as_str() {
            "online" => session.handle(Event::Online),
            "pageshow" => session.handle(Event::Shown { response: None }),
            "hashchange" => {
                if let Some(response) = take_response(session) {
                    session.handle(Event::Response(response));
                }
            }
            _ => session.handle(Event::Look),
        });
        on_cleanup(move || handle.remove());
    }
}
