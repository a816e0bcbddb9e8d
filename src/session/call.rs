//! The session's side of a call: it lends its token to one call at a time, ends the call when the session ends, and drops an
//! answer that comes after that.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Ended, Live, Session};
use crate::browser::abort::Abort;
use crate::browser::{clock, page};
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
    /// Gets the body of `path` of the Web API. The deadline is checked before, the session after. A token that is over is renewed first
    /// where that is possible; so is one that gets a 401, once. A 401 that no renewal helps ends the session that made the
    /// call, and no other.
    ///
    /// # Errors
    /// [`CallError`].
    pub(super) async fn get(self, path: &str) -> Result<String, CallError> {
        self.check();
        let mut live = self.alive().ok_or(CallError::Over)?;
        if !live.is_usable(clock::now_ms()) {
            live = self.newer_than(&live).await?;
        }
        let mut answer = self.call(&live, path).await;
        if is_unauthorized(&answer) && live.is_renewable() {
            live = self.newer_than(&live).await?;
            answer = self.call(&live, path).await;
        }
        if is_unauthorized(&answer) {
            self.end(live.id, Ended::Rejected);
            return Err(CallError::Over);
        }
        answer
    }

    /// Puts the token on the clipboard for its owner, alone or in a `curl` command that asks for the profile. Returns whether
    /// the browser allowed it.
    pub async fn copy_token(self, as_command: bool) -> bool {
        let Some(live) = self.alive() else {
            return false;
        };
        let token = live.token.expose_secret();
        if !as_command {
            return page::copy(token).await;
        }
        let (header, url) = (
            format!("Authorization: Bearer {token}"),
            format!("{}/me", live.binding.api_url),
        );
        page::copy(&format!("curl -H {} {}", quoted(&header), quoted(&url))).await
    }

    async fn call(self, live: &Live, path: &str) -> Result<String, CallError> {
        let abort = self.abort_after(spotify::TIME_LIMIT_MS).ok_or(ApiError::Network)?;
        let answer = spotify::get(&live.binding.api_url, path, &live.token, &abort).await;
        self.done_with(&abort);
        if self.alive().is_none_or(|now| now.id != live.id) {
            return Err(CallError::Over);
        }
        answer.map_err(CallError::Api)
    }

    /// The same session with a newer token than `live` has: one that is there by now, or one that a renewal brings.
    async fn newer_than(self, live: &Live) -> Result<Arc<Live>, CallError> {
        let current = |session: Session| session.alive().filter(|now| now.id == live.id).ok_or(CallError::Over);
        if current(self)?.renewals == live.renewals {
            self.renew().await;
            self.settled().await;
        }
        let now = current(self)?;
        if now.renewals == live.renewals {
            return Err(ApiError::Network.into());
        }
        Ok(now)
    }

    /// A handle by which a call ends after its time, or with the session.
    pub(super) fn abort_after(self, ms: u64) -> Option<Abort> {
        let abort = Abort::after(ms)?;
        self.calls.update_value(|calls| calls.push(abort.clone()));
        Some(abort)
    }

    /// Forgets the handle of a call that is over.
    pub(super) fn done_with(self, abort: &Abort) {
        self.calls.try_update_value(|calls| calls.retain(|call| call != abort));
    }
}

/// `text` as one word of a POSIX shell, whatever is in it.
fn quoted(text: &str) -> String {
    let parts: Vec<_> = text.split('\'').collect();
    format!("'{}'", parts.join(r"'\''"))
}

fn is_unauthorized(answer: &Result<String, CallError>) -> bool {
    matches!(answer, Err(CallError::Api(ApiError::Unauthorized)))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn t6_nothing_in_a_token_is_run_by_a_shell() {
        assert_eq!(quoted("Bearer a$b`c"), "'Bearer a$b`c'");
        assert_eq!(quoted("a';rm x;'"), r"'a'\'';rm x;'\'''");
    }
}
