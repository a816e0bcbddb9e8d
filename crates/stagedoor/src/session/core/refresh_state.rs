//! When a session is refreshed, and when that is given up. Waits go by the monotonic clock: nobody can set it.

use super::{AttemptId, RequestId, Time};

/// Delays after failed refreshes, in milliseconds; the last one repeats.
const WAITS_MS: [u64; 4] = [2_000, 5_000, 10_000, 20_000];
/// How long a session may be without a usable access token while refreshes fail, in milliseconds of trying: visible, awake and online.
const GRACE_MS: u64 = 60_000;
/// The longest time between two looks at the clock that counts as awake, in milliseconds.
const AWAKE_MS: u64 = 5_000;

/// An attempt to refresh the session that there is. It goes with that session, and with the token that it is to replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) struct Attempt {
    pub(super) id: AttemptId,
    pub(super) step: Step,
}

/// How far an attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) enum Step {
    /// It waits for the lock.
    Lock,
    /// The other tabs know that this one is about to send the refresh token.
    Bid(Asked),
    /// The token endpoint was asked.
    Request(RequestId),
    /// The token endpoint refused the refresh token; the other tabs were asked whether one of them has used it.
    AskAgain(Asked),
}

/// When the other tabs were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) struct Asked {
    /// In milliseconds of the monotonic clock.
    pub(super) at: u64,
    /// How often before.
    pub(super) before: u8,
}

/// How far the refresh of a session has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::session) enum RefreshState {
    /// None is in progress.
    #[default]
    Idle,
    /// One is in progress.
    Running {
        /// How many failed before it.
        failures: usize,
        /// This one.
        attempt: Attempt,
    },
    /// The last attempt failed.
    Waiting {
        /// How many have failed.
        failures: usize,
        /// When the next may start, in milliseconds of the monotonic clock.
        until: u64,
    },
    /// The server refuses the app. There is no other attempt, unless another tab succeeds.
    Refused,
}

impl RefreshState {
    /// The next state, when the attempt `id` may start.
    pub(super) fn start(self, time: Time, id: AttemptId) -> Option<Self> {
        let failures = match self {
            Self::Idle => 0,
            Self::Waiting { failures, until } if time.monotonic >= until => failures,
            Self::Waiting { .. } | Self::Running { .. } | Self::Refused => return None,
        };
        let step = Step::Lock;
        Some(Self::Running {
            failures,
            attempt: Attempt { id, step },
        })
    }

    /// Whether a new token may be there soon: an attempt is in progress, here or in the tab that this one has given way to.
    pub(super) fn is_promising(self, time: Time) -> bool {
        match self {
            Self::Running { .. } => true,
            Self::Waiting { failures: 0, until } => time.monotonic < until,
            Self::Waiting { .. } | Self::Idle | Self::Refused => false,
        }
    }

    /// The attempt in progress.
    pub(super) fn attempt(self) -> Option<Attempt> {
        match self {
            Self::Running { attempt, .. } => Some(attempt),
            _ => None,
        }
    }

    /// The same attempt, a step further.
    pub(super) fn at(self, step: Step) -> Self {
        match self {
            Self::Running { failures, attempt } => Self::Running {
                failures,
                attempt: Attempt { step, ..attempt },
            },
            other => other,
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

    /// The next state after an attempt that has given way to another tab.
    pub(super) fn yielded(self, time: Time) -> Self {
        Self::Waiting {
            failures: self.failures(),
            until: time.monotonic.saturating_add(WAITS_MS[0]),
        }
    }

    /// The state after waking up, or when the network is back: a wait is over, and the next ones are short again.
    pub(super) fn woken(self, time: Time) -> Self {
        match self {
            Self::Waiting { failures, .. } => Self::Waiting {
                failures: failures.min(1),
                until: time.monotonic,
            },
            other => other,
        }
    }

    /// Whether the last attempt failed.
    pub(in crate::session) fn is_failing(self) -> bool {
        self.failures() > 0
    }

    fn failures(self) -> usize {
        match self {
            Self::Idle => 0,
            Self::Refused => 1,
            Self::Running { failures, .. } | Self::Waiting { failures, .. } => failures,
        }
    }
}

/// How long it was tried to get a usable access token: the time in which the session had none, and the page was visible, awake and online.
/// A machine that slept, a page that nobody saw, or one without a network has not tried yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Overdue {
    /// Milliseconds that count.
    tried: u64,
    /// The last look.
    looked_at: Time,
    /// Whether the session could have been refreshed from then on, and had to be.
    was_trying: bool,
}

impl Overdue {
    /// The state after a look, for a session whose token is usable or not, in a page that can try to get one or not.
    pub(super) fn look(self, time: Time, is_usable: bool, can_try: bool) -> Self {
        let passed = time.monotonic.saturating_sub(self.looked_at.monotonic);
        let counts = self.was_trying && !self.has_slept(time);
        Self {
            tried: match self.tried {
                _ if is_usable => 0,
                tried if counts => tried + passed,
                tried => tried,
            },
            looked_at: time,
            was_trying: !is_usable && can_try,
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
        self.tried >= GRACE_MS && matches!(refresh, RefreshState::Waiting { failures: 1.., .. })
    }
}

#[cfg(test)]
mod tests {
    use super::{GRACE_MS, Overdue, RefreshState};
    use crate::session::core::{AttemptId, Time};

    const ID: AttemptId = AttemptId(1);

    const NOW: Time = Time {
        wall: 1_800_000_000_000,
        monotonic: 1_000_000,
    };

    fn waiting() -> RefreshState {
        RefreshState::Idle.start(NOW, ID).expect("may start").failed(NOW)
    }

    #[test]
    fn c5_one_refresh_at_a_time() {
        let running = RefreshState::Idle.start(NOW, ID).expect("may start");
        assert_eq!(running.start(NOW, ID), None);
        assert_eq!(running.start(NOW.after(1_000_000), ID), None);
    }

    #[test]
    fn c6_after_a_transient_failure_the_delays_grow() {
        let mut refresh = RefreshState::Idle;
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..5 {
            refresh = refresh.start(now, ID).expect("may start").failed(now);
            let RefreshState::Waiting { until, .. } = refresh else {
                panic!("expected to wait");
            };
            let wait = until - now.monotonic;
            assert_eq!(refresh.start(now.after(wait - 1), ID), None);
            waits.push(wait);
            now = now.after(wait);
        }
        assert_eq!(waits, [2_000, 5_000, 10_000, 20_000, 20_000]);
    }

    #[test]
    fn c6_waking_up_and_the_network_end_a_wait() {
        let later = NOW.after(2_000);
        let waiting = waiting().start(later, ID).expect("may start").failed(later);
        assert_eq!(waiting.start(later.after(1), ID), None);
        let woken = waiting.woken(later.after(1));
        assert!(woken.start(later.after(1), ID).is_some() && woken.is_failing());
        assert_eq!(RefreshState::Idle.woken(NOW), RefreshState::Idle);
        let running = RefreshState::Idle.start(NOW, ID).expect("may start");
        assert_eq!(running.woken(NOW), running);
    }

    #[test]
    fn c6_a_clock_that_is_set_neither_shortens_nor_prolongs_a_wait() {
        for wall in [0, u64::MAX] {
            let set = |ms| Time { wall, ..NOW.after(ms) };
            assert_eq!(waiting().start(set(1_999), ID), None);
            assert!(waiting().start(set(2_000), ID).is_some());
        }
    }

    /// Looks once a second for `seconds`, from `time` on.
    fn watch(overdue: Overdue, time: Time, seconds: u64, can_try: bool) -> Overdue {
        (0..=seconds).fold(overdue, |overdue, second| {
            overdue.look(time.after(second * 1000), false, can_try)
        })
    }

    #[test]
    fn c6_a_session_is_given_up_after_a_minute_of_trying() {
        let start = Overdue::default().look(NOW, true, true);
        let minute = watch(start, NOW, GRACE_MS / 1000, true);
        assert!(minute.is_given_up(waiting()));
        assert!(!watch(start, NOW, GRACE_MS / 1000 - 1, true).is_given_up(waiting()));
        assert!(
            !watch(start, NOW, 3600, false).is_given_up(waiting()),
            "hidden or offline"
        );
        assert!(!minute.is_given_up(RefreshState::Idle), "none was tried");
        let running = waiting().start(NOW.after(2_000), ID).expect("may start");
        assert!(!minute.is_given_up(running), "in progress");
        assert!(!minute.look(NOW, true, true).is_given_up(waiting()), "refreshed");
    }

    #[test]
    fn c6_neither_sleep_nor_time_out_of_sight_nor_a_clock_that_is_set_counts() {
        let start = Overdue::default().look(NOW, false, true);
        assert!(start.has_slept(NOW.after(5_001)) && !start.has_slept(NOW.after(5_000)));
        let stopped = Time {
            monotonic: NOW.monotonic,
            ..NOW.after(5_001)
        };
        assert!(start.has_slept(stopped), "a monotonic clock that stands still in sleep");
        let back = Time { wall: 0, ..NOW };
        assert!(!start.has_slept(back));
        let hidden = watch(start, NOW, 3600, false).looked_at;
        for time in [NOW.after(7_200_000), stopped, back, hidden] {
            assert!(!watch(start, time, 59, true).is_given_up(waiting()));
            assert!(watch(start, time, 60, true).is_given_up(waiting()));
        }
    }
}
