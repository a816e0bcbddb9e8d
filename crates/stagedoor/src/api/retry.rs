//! When to retry a failed call, and when to give up. Pure: the number of the attempt and the randomness come in.

use super::ApiError;

/// Delays after the first, second and third failure, in milliseconds.
const BACKOFF_MS: [u64; 3] = [1_000, 3_000, 8_000];
/// The same where no answer came through: too many calls may be the reason, which a browser can't tell, and Spotify counts them over half
/// a minute.
const UNANSWERED_BACKOFF_MS: [u64; 3] = [1_000, 5_000, 30_000];
/// Longest `Retry-After` that is waited for automatically, in seconds.
const MAX_RETRY_AFTER_S: u64 = 60;

/// What to do after a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryDecision {
    /// Retry after this many milliseconds.
    RetryIn(u64),
    /// Don't retry automatically.
    GiveUp {
        /// How long the server asks to wait, in milliseconds from now, when that is too long to wait automatically.
        not_before_ms: Option<u64>,
    },
}

/// Decides after failure number `attempt` (0 is the first) of a call. `Retry-After` is honoured up to a minute. Without it,
/// a transient error is retried three times with growing delays. `jitter` (0 to 255) adds up to a quarter, so that many tabs
/// don't call at once.
pub fn decide(error: &ApiError, attempt: usize, jitter: u8) -> RetryDecision {
    const GIVE_UP: RetryDecision = RetryDecision::GiveUp { not_before_ms: None };
    if !error.is_transient() {
        return GIVE_UP;
    }
    let retry_after_s = match error {
        ApiError::RateLimited { retry_after_s } => *retry_after_s,
        _ => None,
    };
    let delays = match error {
        ApiError::Network => UNANSWERED_BACKOFF_MS,
        _ => BACKOFF_MS,
    };
    match (retry_after_s, delays.get(attempt)) {
        (Some(seconds), _) if seconds > MAX_RETRY_AFTER_S => RetryDecision::GiveUp {
            not_before_ms: Some(seconds.saturating_mul(1000)),
        },
        (Some(seconds), Some(_)) => RetryDecision::RetryIn(seconds * 1000),
        (None, Some(delay)) => RetryDecision::RetryIn(delay + delay * u64::from(jitter) / 1024),
        (_, None) => GIVE_UP,
    }
}

#[cfg(test)]
mod tests {
    use super::RetryDecision::{GiveUp, RetryIn};
    use super::{RetryDecision, decide};
    use crate::api::ApiError;
    use crate::oauth::Scopes;

    const GIVE_UP: RetryDecision = GiveUp { not_before_ms: None };

    fn not_before(ms: u64) -> RetryDecision {
        GiveUp {
            not_before_ms: Some(ms),
        }
    }

    #[test]
    fn h3_retry_after_is_honoured_up_to_a_minute() {
        let error = |seconds| ApiError::RateLimited {
            retry_after_s: Some(seconds),
        };
        assert_eq!(decide(&error(5), 0, 255), RetryIn(5_000));
        assert_eq!(decide(&error(60), 2, 0), RetryIn(60_000));
        assert_eq!(decide(&error(61), 0, 0), not_before(61_000));
        assert_eq!(decide(&error(48_925), 0, 0), not_before(48_925_000));
        assert_eq!(decide(&error(u64::MAX), 0, 0), not_before(u64::MAX));
        assert_eq!(decide(&error(5), 3, 0), GIVE_UP, "no endless retries");
    }

    #[test]
    fn h3_without_retry_after_the_delays_grow_and_end() {
        let error = ApiError::RateLimited { retry_after_s: None };
        let delays: Vec<_> = (0..4).map(|attempt| decide(&error, attempt, 0)).collect();
        assert_eq!(delays, [RetryIn(1_000), RetryIn(3_000), RetryIn(8_000), GIVE_UP]);
    }

    #[test]
    fn h4_where_no_answer_came_through_the_waits_are_longer_than_the_time_that_calls_are_counted_over() {
        let waits = [0, 1, 2, 3].map(|attempt| decide(&ApiError::Network, attempt, 0));
        let give_up = GiveUp { not_before_ms: None };
        assert_eq!(waits, [RetryIn(1_000), RetryIn(5_000), RetryIn(30_000), give_up]);
    }

    #[test]
    fn h4_transient_errors_are_retried_three_times() {
        for error in [ApiError::Server(503), ApiError::Network, ApiError::TimedOut] {
            assert_eq!(decide(&error, 0, 0), RetryIn(1_000));
            assert_eq!(decide(&error, 3, 0), GIVE_UP);
        }
        assert_eq!(
            decide(&ApiError::Network, 0, 255),
            RetryIn(1_249),
            "up to a quarter of jitter"
        );
    }

    #[test]
    fn h2_permanent_errors_are_not_retried() {
        for error in [
            ApiError::MissingScope(Scopes::default()),
            ApiError::Forbidden(String::new()),
            ApiError::Unreadable,
            ApiError::NotFound,
        ] {
            assert_eq!(decide(&error, 0, 0), GIVE_UP);
        }
    }
}
