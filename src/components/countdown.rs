//! The time left in the session: as a clock, and as a ring.

use leptos::prelude::*;
use stagedoor::internals::session::Session;

/// `ms` milliseconds as `m:ss` or `h:mm:ss`. A second that has begun counts whole, so that the clock shows `0:00` at the end
/// and not before.
pub fn clock_text(ms: u64) -> String {
    let seconds = ms.div_ceil(1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// The clock; advances every second.
#[component]
pub fn Countdown() -> impl IntoView {
    let session = Session::from_context();
    let remaining = move || clock_text(session.active().map_or(0, |active| active.remaining(session.now())));
    view! { <span class="clock" role="timer" aria-label="Time left in this session" translate="no" prop:textContent=remaining></span> }
}

/// How long before the end the ring changes its colour, in milliseconds.
const SOON_MS: u64 = 5 * 60_000;

/// The share of its time that the session has left, as a ring that empties. Hidden from screen readers, which read the clock
/// beside it.
#[component]
pub fn Ring() -> impl IntoView {
    let session = Session::from_context();
    let left = move || session.active().map_or(0, |active| active.remaining(session.now()));
    let arc = move || {
        let life = session.active().map_or(1, |active| active.lifetime().max(1));
        format!("{} 100", left().saturating_mul(100) / life)
    };
    let class = move || if left() < SOON_MS { "ring soon" } else { "ring" };
    view! {
        <svg class=class viewBox="0 0 36 36" aria-hidden="true">
            <circle cx="18" cy="18" r="15" />
            <circle class="ring-left" cx="18" cy="18" r="15" pathLength="100" stroke-dasharray=arc />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::clock_text;

    #[test]
    fn e6_the_clock_reads_minutes_and_seconds_and_hours_where_there_are_any() {
        for (ms, text) in [
            (0, "0:00"),
            (1, "0:01"),
            (1000, "0:01"),
            (59_001, "1:00"),
            (3_570_000, "59:30"),
            (3_600_000, "1:00:00"),
            (3_661_000, "1:01:01"),
            (2_147_484_000, "596:31:24"),
        ] {
            assert_eq!(clock_text(ms), text);
        }
    }
}
