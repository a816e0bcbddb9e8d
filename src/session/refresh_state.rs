//! When a session is refreshed, and when that is given up. Pure: the clock is an argument.

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
        /// When the next may start, in milliseconds since the Unix epoch.
        until: u64,
    },
}

impl RefreshState {
    /// The next state, when an attempt may start at `now`. A wait that is longer than any is one that began before the clock was set
    /// back, and is over.
    pub(super) fn start(self, now: u64) -> Option<Self> {
        match self {
            Self::Idle => Some(Self::Running { failures: 0 }),
            Self::Waiting { failures, until } if now >= until || until - now > WAITS_MS[WAITS_MS.len() - 1] => {
                Some(Self::Running { failures })
            }
            Self::Waiting { .. } | Self::Running { .. } => None,
        }
    }

    /// The next state after an attempt with a transient failure.
    pub(super) fn failed(self, now: u64) -> Self {
        let failures = self.failures();
        let wait = WAITS_MS[failures.min(WAITS_MS.len() - 1)];
        Self::Waiting {
            failures: failures + 1,
            until: now.saturating_add(wait),
        }
    }

    /// The state after waking up, or when the network is back: a wait is over, and the next ones are short again.
    pub(super) fn woken(self, now: u64) -> Self {
        match self {
            Self::Waiting { .. } => Self::Waiting {
                failures: 1,
                until: now,
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
    /// The last look, in milliseconds since the Unix epoch.
    looked_at: u64,
}

impl Overdue {
    /// The state after a look at `now`.
    pub(super) fn look(self, now: u64, is_usable: bool, is_online: bool) -> Self {
        let waited = match self.since_last(now) {
            _ if is_usable => 0,
            passed if is_online => self.waited + passed.min(AWAKE_MS),
            _ => self.waited,
        };
        Self { waited, looked_at: now }
    }

    /// Whether the machine, or the page, slept between the last look and `now`.
    pub(super) fn has_slept(self, now: u64) -> bool {
        self.since_last(now) > AWAKE_MS
    }

    /// Whether a session whose refreshes fail is given up: not while an attempt is in progress.
    pub(super) fn is_given_up(self, refresh: RefreshState) -> bool {
        self.waited >= GRACE_MS && matches!(refresh, RefreshState::Waiting { .. })
    }

    /// The time since the last look; none after a clock that was set back.
    fn since_last(self, now: u64) -> u64 {
        now.saturating_sub(self.looked_at)
    }
}

#[cfg(test)]
mod tests {
    use super::{GRACE_MS, Overdue, RefreshState};

    const NOW: u64 = 1_000_000;

    #[test]
    fn c5_one_refresh_at_a_time() {
        let running = RefreshState::Idle.start(NOW).expect("may start");
        assert_eq!(running.start(NOW), None);
        assert_eq!(running.start(NOW + 1_000_000), None);
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
            assert_eq!(refresh.start(until - 1), None);
            waits.push(until - now);
            now = until;
        }
        assert_eq!(waits, [2_000, 5_000, 10_000, 20_000, 20_000]);
    }

    #[test]
    fn c6_waking_up_and_the_network_end_a_wait() {
        let running = RefreshState::Idle.start(NOW).expect("may start");
        let waiting = running
            .failed(NOW)
            .start(NOW + 2_000)
            .expect("may start")
            .failed(NOW + 2_000);
        assert_eq!(waiting.start(NOW + 2_001), None);
        let woken = waiting.woken(NOW + 2_001);
        assert!(woken.start(NOW + 2_001).is_some() && woken.is_failing());
        assert_eq!(RefreshState::Idle.woken(NOW), RefreshState::Idle);
        assert_eq!(running.woken(NOW), running);
    }

    #[test]
    fn c6_a_wait_from_before_the_clock_was_set_back_is_over() {
        let waiting = RefreshState::Idle.start(NOW).expect("may start").failed(NOW);
        assert!(waiting.start(NOW - 3_600_000 / 4).is_some());
    }

    /// Looks once a second for `seconds`, from `now` on.
    fn watch(overdue: Overdue, now: u64, seconds: u64, is_online: bool) -> Overdue {
        (1..=seconds).fold(overdue, |overdue, second| {
            overdue.look(now + second * 1000, false, is_online)
        })
    }

    #[test]
    fn c6_a_session_is_given_up_after_a_minute_of_being_awake_and_online() {
        let waiting = RefreshState::Idle.start(NOW).expect("may start").failed(NOW);
        let start = Overdue::default().look(NOW, true, true);
        let minute = watch(start, NOW, GRACE_MS / 1000, true);
        assert!(minute.is_given_up(waiting));
        assert!(!watch(start, NOW, GRACE_MS / 1000 - 1, true).is_given_up(waiting));
        assert!(!watch(start, NOW, 3600, false).is_given_up(waiting), "offline");
        assert!(!minute.is_given_up(RefreshState::Idle), "none was tried");
        assert!(
            !minute.is_given_up(waiting.start(NOW + 2_000).expect("may start")),
            "in progress"
        );
        assert!(!minute.look(NOW, true, true).is_given_up(waiting), "refreshed");
    }

    #[test]
    fn c6_sleep_and_a_clock_that_is_set_count_for_seconds_at_most() {
        let waiting = RefreshState::Idle.start(NOW).expect("may start").failed(NOW);
        let start = Overdue::default().look(NOW, true, true);
        assert!(start.has_slept(NOW + 5_001) && !start.has_slept(NOW + 5_000) && !start.has_slept(NOW - 1));
        let hours = 7_200_000;
        for now in [NOW + hours, NOW - hours.min(NOW)] {
            let woken = start.look(now, false, true);
            assert!(!woken.is_given_up(waiting));
            assert!(!watch(woken, now, 50, true).is_given_up(waiting));
            assert!(watch(woken, now, 60, true).is_given_up(waiting));
        }
    }
}
