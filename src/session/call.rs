//! The session's side of a call: it lends its token to one call at a time, ends the call when the session ends, and drops an
//! answer that comes after that.

use std::sync::Arc;

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::{Ended, Live, Session};
use crate::browser::abort::Abort;
use crate::spotify::{self, ApiError};

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The session that made the call is over; there is nobody to show anything to.
    #[error("the session is over")]
    Over,
    /// The call failed; the session lives on.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl Session {
    /// Gets `path` of the Web API once. The deadline is checked before, the session after: a 401 ends the session that made
    /// the call, and no other.
    ///
    /// # Errors
    /// [`CallError`].
    pub(super) async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, CallError> {
        self.check();
        let live = self.current().ok_or(CallError::Over)?;
        let abort = Abort::after(spotify::TIME_LIMIT_MS).ok_or(ApiError::Network)?;
        self.calls.update_value(|calls| calls.push(abort.clone()));
        let answer = spotify::get(&live.binding.api_url, path, &live.token, &abort).await;
        self.calls.try_update_value(|calls| calls.retain(|call| *call != abort));
        if self.current().is_none_or(|current| current.id != live.id) {
            return Err(CallError::Over);
        }
        if let Err(ApiError::Unauthorized) = answer {
            self.end(live.id, Ended::Rejected);
            return Err(CallError::Over);
        }
        answer.map_err(CallError::Api)
    }

    fn current(self) -> Option<Arc<Live>> {
        self.status.try_get_untracked()?.live().cloned()
    }
}
