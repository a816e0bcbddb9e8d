//! When a session is refreshed, and when that is given up. Pure: the clock is an argument.

/// Delays after failed refreshes, in milliseconds; the last one repeats.
const WAITS_MS: [u64; 4] = [2_000, 5_000, 10_000, 20_000];
/// How long a refresh that started only after the deadline (a machine that slept) may go on failing, in milliseconds.
const GRACE_MS: u64 = 15_000;

/// How far the refresh of a session has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefreshState {
    /// None is in progress.
    #[default]
    Idle,
    /// One is in progress.
    Running(Attempts),
    /// The last attempt failed; the next may start at this time, in milliseconds since the Unix epoch.
    Waiting(Attempts, u64),
}

/// The attempts so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// When the first one started, in milliseconds since the Unix epoch.
    since: u64,
    /// How many failed.
    failures: usize,
}

impl RefreshState {
    /// The next state, when an attempt may start at `now`.
    pub(super) fn start(self, now: u64) -> Option<Self> {
        match self {
            Self::Idle => Some(Self::Running(Attempts {
                since: now,
                failures: 0,
            })),
            Self::Waiting(attempts, until) if now >= until => Some(Self::Running(attempts)),
            Self::Waiting(..) | Self::Running(_) => None,
        }
    }

    /// The next state after an attempt with a transient failure.
    pub(super) fn failed(self, now: u64) -> Self {
        let attempts = match self {
            Self::Idle => Attempts {
                since: now,
                failures: 0,
            },
            Self::Running(attempts) | Self::Waiting(attempts, _) => attempts,
        };
        let wait = WAITS_MS[attempts.failures.min(WAITS_MS.len() - 1)];
        let attempts = Attempts {
            failures: attempts.failures + 1,
            ..attempts
        };
        Self::Waiting(attempts, now.saturating_add(wait))
    }

    /// Whether the last attempt failed.
    pub fn is_failing(self) -> bool {
        match self {
            Self::Idle => false,
            Self::Running(attempts) | Self::Waiting(attempts, _) => attempts.failures > 0,
        }
    }

    /// Whether a session whose access token has expired is given up at `now`: not while an attempt is in progress, and not
    /// before there was time for some.
    pub(super) fn is_given_up(self, now: u64) -> bool {
        matches!(self, Self::Waiting(attempts, _) if now >= attempts.since.saturating_add(GRACE_MS) || now < attempts.since)
    }
}

#[cfg(test)]
mod tests {
    use super::{GRACE_MS, RefreshState};

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
            let RefreshState::Waiting(_, until) = refresh else {
                panic!("expected to wait");
            };
            assert_eq!(refresh.start(until - 1), None);
            waits.push(until - now);
            now = until;
        }
        assert_eq!(waits, [2_000, 5_000, 10_000, 20_000, 20_000]);
    }

    #[test]
    fn c6_a_session_is_given_up_only_after_some_attempts() {
        let running = RefreshState::Idle.start(NOW).expect("may start");
        assert!(!RefreshState::Idle.is_given_up(NOW) && !running.is_given_up(NOW + GRACE_MS));
        let waiting = running.failed(NOW + 100);
        assert!(waiting.is_failing() && !running.is_failing());
        assert!(!waiting.is_given_up(NOW + GRACE_MS - 1));
        assert!(waiting.is_given_up(NOW + GRACE_MS));
        assert!(waiting.is_given_up(NOW - 1), "a clock set back");
    }
}
