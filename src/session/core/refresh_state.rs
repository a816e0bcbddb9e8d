//! When a session is refreshed, and when that is given up. Waits go by the monotonic clock: nobody can set it.

use super::Time;

/// Delays after failed refreshes, in milliseconds; the last one repeats.
const WAITS_MS: [u64; 4] = [2_000, 5_000, 10_000, 20_000];
/// How long a session may be without a usable access token while refreshes fail, in milliseconds of being awake and online.
const GRACE_MS: u64 = 60_000;
/// The longest time between two looks at the clock that counts as awake, in milliseconds.
const AWAKE_MS: u64 = 5_000;

/// How far the refresh of a session has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefreshState {
    /// None is in progress.
    #[default]
    Idle,
    /// One is in progress.
    Running {
        /// How many failed before it.
        failures: usize,
    },
    /// The last attempt failed.
    Waiting {
        /// How many have failed.
        failures: usize,
        /// When the next may start, in milliseconds of the monotonic clock.
        until: u64,
    },
}

impl RefreshState {
    /// The next state, when an attempt may start.
    pub(super) fn start(self, time: Time) -> Option<Self> {
        match self {
            Self::Idle => Some(Self::Running { failures: 0 }),
            Self::Waiting { failures, until } if time.monotonic >= until => Some(Self::Running { failures }),
            Self::Waiting { .. } | Self::Running { .. } => None,
        }
    }

    /// The next state after an attempt with a transient failure.
    pub(super) fn failed(self, time: Time) -> Self {
        let failures = self.failures();
        let wait = WAITS_MS[failures.min(WAITS_MS.len() - 1)];
        Self::Waiting {
            failures: failures + 1,
            until: time.monotonic.saturating_add(wait),
        }
    }

    /// The state after waking up, or when the network is back: a wait is over, and the next ones are short again.
    pub(super) fn woken(self, time: Time) -> Self {
        match self {
            Self::Waiting { .. } => Self::Waiting {
                failures: 1,
                until: time.monotonic,
            },
            other => other,
        }
    }

    /// Whether the last attempt failed.
    pub fn is_failing(self) -> bool {
        self.failures() > 0
    }

    fn failures(self) -> usize {
        match self {
            Self::Idle => 0,
            Self::Running { failures } | Self::Waiting { failures, .. } => failures,
        }
    }
}

/// How long a session has been without a usable access token, as far as the machine was awake and online. A machine that slept, or
/// had no network, has not tried yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overdue {
    /// Milliseconds that count.
    waited: u64,
    /// The last look.
    looked_at: Time,
}

impl Overdue {
    /// The state after a look at `time`.
    pub(super) fn look(self, time: Time, is_usable: bool, is_online: bool) -> Self {
        let waited = match time.monotonic.saturating_sub(self.looked_at.monotonic) {
            _ if is_usable => 0,
            passed if is_online => self.waited + passed.min(AWAKE_MS),
            _ => self.waited,
        };
        Self {
            waited,
            looked_at: time,
        }
    }

    /// Whether the machine, or the page, slept between the last look and `time`. The monotonic clock of some browsers stands still
    /// in a machine that sleeps, so both are asked.
    pub(super) fn has_slept(self, time: Time) -> bool {
        let by_wall = time.wall.saturating_sub(self.looked_at.wall);
        by_wall.max(time.monotonic.saturating_sub(self.looked_at.monotonic)) > AWAKE_MS
    }

    /// Whether a session whose refreshes fail is given up: not while an attempt is in progress.
    pub(super) fn is_given_up(self, refresh: RefreshState) -> bool {
        self.waited >= GRACE_MS && matches!(refresh, RefreshState::Waiting { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::{GRACE_MS, Overdue, RefreshState};
    use crate::session::core::Time;

    const NOW: Time = Time {
        wall: 1_800_000_000_000,
        monotonic: 1_000_000,
    };

    fn waiting() -> RefreshState {
        RefreshState::Idle.start(NOW).expect("may start").failed(NOW)
    }

    #[test]
    fn c5_one_refresh_at_a_time() {
        let running = RefreshState::Idle.start(NOW).expect("may start");
        assert_eq!(running.start(NOW), None);
        assert_eq!(running.start(NOW.after(1_000_000)), None);
    }

    #[test]
    fn c6_after_a_transient_failure_the_delays_grow() {
        let mut refresh = RefreshState::Idle;
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..5 {
            refresh = refresh.start(now).expect("may start").failed(now);
            let RefreshState::Waiting { until, .. } = refresh else {
                panic!("expected to wait");
            };
            let wait = until - now.monotonic;
            assert_eq!(refresh.start(now.after(wait - 1)), None);
            waits.push(wait);
            now = now.after(wait);
        }
        assert_eq!(waits, [2_000, 5_000, 10_000, 20_000, 20_000]);
    }

    #[test]
    fn c6_waking_up_and_the_network_end_a_wait() {
        let later = NOW.after(2_000);
        let waiting = waiting().start(later).expect("may start").failed(later);
        assert_eq!(waiting.start(later.after(1)), None);
        let woken = waiting.woken(later.after(1));
        assert!(woken.start(later.after(1)).is_some() && woken.is_failing());
        assert_eq!(RefreshState::Idle.woken(NOW), RefreshState::Idle);
        let running = RefreshState::Idle.start(NOW).expect("may start");
        assert_eq!(running.woken(NOW), running);
    }

    #[test]
    fn c6_a_clock_that_is_set_neither_shortens_nor_prolongs_a_wait() {
        for wall in [0, u64::MAX] {
            let set = |ms| Time { wall, ..NOW.after(ms) };
            assert_eq!(waiting().start(set(1_999)), None);
            assert!(waiting().start(set(2_000)).is_some());
        }
    }

    /// Looks once a second for `seconds`, from `time` on.
    fn watch(overdue: Overdue, time: Time, seconds: u64, is_online: bool) -> Overdue {
        (1..=seconds).fold(overdue, |overdue, second| {
            overdue.look(time.after(second * 1000), false, is_online)
        })
    }

    #[test]
    fn c6_a_session_is_given_up_after_a_minute_of_being_awake_and_online() {
        let start = Overdue::default().look(NOW, true, true);
        let minute = watch(start, NOW, GRACE_MS / 1000, true);
        assert!(minute.is_given_up(waiting()));
        assert!(!watch(start, NOW, GRACE_MS / 1000 - 1, true).is_given_up(waiting()));
        assert!(!watch(start, NOW, 3600, false).is_given_up(waiting()), "offline");
        assert!(!minute.is_given_up(RefreshState::Idle), "none was tried");
        let running = waiting().start(NOW.after(2_000)).expect("may start");
        assert!(!minute.is_given_up(running), "in progress");
        assert!(!minute.look(NOW, true, true).is_given_up(waiting()), "refreshed");
    }

    #[test]
    fn c6_sleep_counts_for_seconds_at_most_and_a_clock_that_is_set_for_nothing() {
        let start = Overdue::default().look(NOW, true, true);
        assert!(start.has_slept(NOW.after(5_001)) && !start.has_slept(NOW.after(5_000)));
        let stopped = Time {
            monotonic: NOW.monotonic,
            ..NOW.after(5_001)
        };
        assert!(start.has_slept(stopped), "a monotonic clock that stands still in sleep");
        let back = Time { wall: 0, ..NOW };
        assert!(!start.has_slept(back));
        for time in [NOW.after(7_200_000), stopped, back] {
            let woken = start.look(time, false, true);
            assert!(!woken.is_given_up(waiting()));
            assert!(!watch(woken, time, 50, true).is_given_up(waiting()));
            assert!(watch(woken, time, 60, true).is_given_up(waiting()));
        }
    }
}
