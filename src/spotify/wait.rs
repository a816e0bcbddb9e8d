//! How long to wait after a failed call before the next, and when to stop trying. Pure: attempts and randomness come in.

use super::ApiError;

/// Waits after the first, second and third failure, in milliseconds.
const GROWING_MS: [u64; 3] = [1_000, 3_000, 8_000];
/// Longest `Retry-After` that is waited out without asking, in seconds.
const LONGEST_RETRY_AFTER_S: u64 = 60;

/// What to do after a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait this many milliseconds, then call again.
    Wait(u64),
    /// Let the person decide; where the server named a time, not before this many milliseconds.
    Ask(Option<u64>),
}

/// What to do after the failure number `attempt` (0 is the first) of a call. `Retry-After` is honoured up to a minute; a
/// longer one is told to the person. Without one, a passing fault is waited out three times, longer each time, spread by
/// `spread` (0 to 255) so that many tabs don't call as one.
pub fn next(error: &ApiError, attempt: usize, spread: u8) -> Next {
    if !error.is_passing() {
        return Next::Ask(None);
    }
    let named = match error {
        ApiError::TooMany { after_s } => *after_s,
        _ => None,
    };
    match (named, GROWING_MS.get(attempt)) {
        (Some(seconds), _) if seconds > LONGEST_RETRY_AFTER_S => Next::Ask(Some(seconds.saturating_mul(1000))),
        (Some(seconds), Some(_)) => Next::Wait(seconds * 1000),
        (None, Some(wait)) => Next::Wait(wait + wait * u64::from(spread) / 1024),
        (_, None) => Next::Ask(None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Next, next};
    use crate::spotify::ApiError;

    #[test]
    fn h3_retry_after_is_honoured_up_to_a_minute() {
        let error = |seconds| ApiError::TooMany { after_s: Some(seconds) };
        assert_eq!(next(&error(5), 0, 255), Next::Wait(5_000));
        assert_eq!(next(&error(60), 2, 0), Next::Wait(60_000));
        assert_eq!(next(&error(61), 0, 0), Next::Ask(Some(61_000)));
        assert_eq!(next(&error(48_925), 0, 0), Next::Ask(Some(48_925_000)));
        assert_eq!(next(&error(u64::MAX), 0, 0), Next::Ask(Some(u64::MAX)));
        assert_eq!(next(&error(5), 3, 0), Next::Ask(None), "no endless waiting");
    }

    #[test]
    fn h3_without_retry_after_the_waits_grow_and_end() {
        let error = ApiError::TooMany { after_s: None };
        let waits: Vec<_> = (0..4).map(|attempt| next(&error, attempt, 0)).collect();
        assert_eq!(
            waits,
            [Next::Wait(1_000), Next::Wait(3_000), Next::Wait(8_000), Next::Ask(None)]
        );
    }

    #[test]
    fn h4_passing_faults_are_tried_again_a_few_times() {
        for error in [ApiError::Server(503), ApiError::Network, ApiError::TimedOut] {
            assert_eq!(next(&error, 0, 0), Next::Wait(1_000));
            assert_eq!(next(&error, 3, 0), Next::Ask(None));
        }
        assert_eq!(
            next(&ApiError::Network, 0, 255),
            Next::Wait(1_249),
            "spread by up to a quarter"
        );
    }

    #[test]
    fn h2_lasting_faults_are_not_tried_again() {
        for error in [
            ApiError::MissingScope,
            ApiError::Forbidden,
            ApiError::Unreadable,
            ApiError::Status(404),
        ] {
            assert_eq!(next(&error, 0, 0), Next::Ask(None));
        }
    }
}
