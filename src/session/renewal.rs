//! When a session is renewed and when that is given up. Pure: the clock comes in.

/// Waits after failed renewals, in milliseconds; the last one repeats.
const WAITS_MS: [u64; 4] = [2_000, 5_000, 10_000, 20_000];
/// How long a renewal that began only after the deadline (a machine that slept) may go on failing, in milliseconds.
const GRACE_MS: u64 = 15_000;

/// How far the renewal of a session is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renewal {
    /// None is under way.
    #[default]
    Idle,
    /// One is under way.
    Running(Trouble),
    /// The last one failed for now; the next may begin at this time, in milliseconds since the Unix epoch.
    Waiting(Trouble, u64),
}

/// The trouble that a renewal has had so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// When the first try began, in milliseconds since the Unix epoch.
    since: u64,
    /// How many tries failed.
    failures: usize,
}

impl Renewal {
    /// The next state, when a try may begin at `now`.
    pub(super) fn begin(self, now: u64) -> Option<Self> {
        match self {
            Self::Idle => Some(Self::Running(Trouble {
                since: now,
                failures: 0,
            })),
            Self::Waiting(trouble, until) if now >= until => Some(Self::Running(trouble)),
            Self::Waiting(..) | Self::Running(_) => None,
        }
    }

    /// The next state after a try that failed for now.
    pub(super) fn failed(self, now: u64) -> Self {
        let trouble = match self {
            Self::Idle => Trouble {
                since: now,
                failures: 0,
            },
            Self::Running(trouble) | Self::Waiting(trouble, _) => trouble,
        };
        let wait = WAITS_MS[trouble.failures.min(WAITS_MS.len() - 1)];
        let trouble = Trouble {
            failures: trouble.failures + 1,
            ..trouble
        };
        Self::Waiting(trouble, now.saturating_add(wait))
    }

    /// Whether the last try failed.
    pub fn is_in_trouble(self) -> bool {
        match self {
            Self::Idle => false,
            Self::Running(trouble) | Self::Waiting(trouble, _) => trouble.failures > 0,
        }
    }

    /// Whether a session whose token can't be used any more is given up at `now`: not while a try is under way, and not
    /// before there was time for some.
    pub(super) fn is_given_up(self, now: u64) -> bool {
        matches!(self, Self::Waiting(trouble, _) if now >= trouble.since.saturating_add(GRACE_MS) || now < trouble.since)
    }
}

#[cfg(test)]
mod tests {
    use super::{GRACE_MS, Renewal};

    const NOW: u64 = 1_000_000;

    #[test]
    fn c5_one_renewal_at_a_time() {
        let running = Renewal::Idle.begin(NOW).expect("may begin");
        assert_eq!(running.begin(NOW), None);
        assert_eq!(running.begin(NOW + 1_000_000), None);
    }

    #[test]
    fn c6_after_a_passing_failure_the_waits_grow() {
        let mut renewal = Renewal::Idle;
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..5 {
            renewal = renewal.begin(now).expect("may begin").failed(now);
            let Renewal::Waiting(_, until) = renewal else {
                panic!("expected to wait");
            };
            assert_eq!(renewal.begin(until - 1), None);
            waits.push(until - now);
            now = until;
        }
        assert_eq!(waits, [2_000, 5_000, 10_000, 20_000, 20_000]);
    }

    #[test]
    fn c6_a_session_is_given_up_only_after_some_tries() {
        let running = Renewal::Idle.begin(NOW).expect("may begin");
        assert!(!Renewal::Idle.is_given_up(NOW) && !running.is_given_up(NOW + GRACE_MS));
        let waiting = running.failed(NOW + 100);
        assert!(waiting.is_in_trouble() && !running.is_in_trouble());
        assert!(!waiting.is_given_up(NOW + GRACE_MS - 1));
        assert!(waiting.is_given_up(NOW + GRACE_MS));
        assert!(waiting.is_given_up(NOW - 1), "a clock set back");
    }
}
