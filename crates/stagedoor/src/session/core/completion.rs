//! The check of an authorization response against the pending login that it names. Pure.

use super::RefusedLogin;
use super::pending_logins::{self, Taken};
use crate::oauth::{
    AuthorizationResponse, ErrorCode, ErrorResponse, Grant, MalformedResponse, ResponseBody, ResponseError,
    ResponseUrl, State, TokenError,
};
use crate::store::Store;

/// Why a response did not complete a login.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompletionError {
    /// It can't be parsed.
    #[error(transparent)]
    Malformed(#[from] MalformedResponse),
    /// No login of this tab has its `state`. It has no effect. Of an error response nothing but the code is kept: whoever made the
    /// link may have written the rest.
    #[error("the response is unsolicited")]
    Unsolicited {
        /// Its `state`, where it has the form of one.
        login: Option<State>,
        /// The code of an error response.
        code: Option<ErrorCode>,
    },
    /// Its login was answered before.
    #[error("the response was used before")]
    AlreadyUsed,
    /// It came more than ten minutes after its login began.
    #[error("the response comes too late")]
    TooLate,
    /// It fails a check, or is an error.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// Its code could not be redeemed.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl CompletionError {
    /// Whether the server does not offer this flow, so that another flow can help.
    pub fn is_flow_refused(&self) -> bool {
        match self {
            Self::Unsolicited { code: Some(code), .. }
            | Self::Response(ResponseError::Server(ErrorResponse { code, .. })) => code.is_flow_refused(),
            _ => false,
        }
    }
}

/// Checks a response against the pending logins in `store`. `None` where there is no response.
///
/// # Errors
/// [`RefusedLogin`]. Only the pending login that the response names by its `state` is touched, and it is over from now on.
pub(super) fn check(store: &impl Store, url: &ResponseUrl, now: u64) -> Result<Option<Grant>, RefusedLogin> {
    let response = match AuthorizationResponse::parse(url.query(), url.fragment()) {
        Ok(response) if response.body == ResponseBody::Empty => return Ok(None),
        Ok(response) => response,
        Err(malformed) => {
            let taken = malformed
                .state
                .as_ref()
                .map(|state| pending_logins::take(store, state, now));
            let return_to = match taken {
                Some(Taken::Pending(pending)) => Some(pending.return_to),
                _ => None,
            };
            return Err(RefusedLogin::new(malformed.into(), return_to));
        }
    };
    let taken = match &response.state {
        Some(state) => pending_logins::take(store, state, now),
        None => Taken::Unknown,
    };
    match taken {
        Taken::Pending(pending) => {
            let return_to = Some(pending.return_to.clone());
            let grant = response.check(*pending);
            grant
                .map(Some)
                .map_err(|error| RefusedLogin::new(error.into(), return_to))
        }
        Taken::TooOld => Err(CompletionError::TooLate.into()),
        Taken::Answered => Err(CompletionError::AlreadyUsed.into()),
        Taken::Unknown => {
            let code = match response.body {
                ResponseBody::Error(error) => Some(error.code),
                _ => None,
            };
            let login = response.state;
            Err(CompletionError::Unsolicited { login, code }.into())
        }
    }
}

#[cfg(test)]
mod tests;
