//! An authorization response: checked against the pending log-ins, and made a grant or a refusal.

use super::in_flight::{self, Taken};
use crate::browser::storage::Store;
use crate::oauth::{Body, ErrorResponse, Malformed, Passed, Refusal, Response, ReturnTo, TokenError};

/// What has become of the response that this page was opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// There was none.
    Nothing,
    /// It completed a log-in that leads on to this page.
    Complete(ReturnTo),
    /// It was refused; whatever session there was lives on.
    Refused(Refused),
}

/// Why a response was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It can't be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// It answers no log-in of this tab. Where it was an error, that is shown, and believed no further.
    #[error("the response answers no log-in of this tab")]
    Unasked(Option<ErrorResponse>),
    /// It answers a log-in that was answered before.
    #[error("the response was used before")]
    Replayed,
    /// It comes more than ten minutes after the log-in began.
    #[error("the response comes too late")]
    TooLate,
    /// It is refused by the protocol.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// Its code could not be redeemed.
    #[error(transparent)]
    Exchange(#[from] TokenError),
}

impl Refused {
    /// Whether the server refuses the flow as such, so that another flow is the way on.
    pub fn refuses_the_flow(&self) -> bool {
        match self {
            Self::Unasked(Some(error)) | Self::Refusal(Refusal::Server(error)) => error.code.refuses_the_flow(),
            _ => false,
        }
    }
}

/// Holds a response against the log-ins in flight. `None` where there is no response.
///
/// # Errors
/// [`Refused`]. Only the log-in that the response names by its state is touched, and it is over from now on, whatever comes
/// of it.
pub(super) fn complete(store: &impl Store, query: &str, fragment: &str, now: u64) -> Result<Option<Passed>, Refused> {
    let response = match Response::parse(query, fragment) {
        Ok(response) if response.body == Body::Nothing => return Ok(None),
        Ok(response) => response,
        Err(malformed) => {
            if let Some(state) = &malformed.state {
                in_flight::take(store, state, now);
            }
            return Err(malformed.into());
        }
    };
    let taken = match &response.state {
        Some(state) => in_flight::take(store, state, now),
        None => Taken::Unknown,
    };
    match taken {
        Taken::Waiting(pending) => Ok(Some(response.check(*pending)?)),
        Taken::TooOld => Err(Refused::TooLate),
        Taken::Answered => Err(Refused::Replayed),
        Taken::Unknown => Err(Refused::Unasked(match response.body {
            Body::Error(error) => Some(error),
            _ => None,
        })),
    }
}

#[cfg(test)]
mod tests;
