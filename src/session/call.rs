//! Calls of the Web API by the session: it lends its token to one call at a time, aborts the call when the session ends, and
//! drops a response that comes after that.

use std::sync::Arc;

use leptos::prelude::*;

use super::{ActiveSession, EndReason, Session};
use crate::browser::abort::Abort;
use crate::browser::{clipboard, clock};
use crate::oauth::Scopes;
use crate::spotify::{self, ApiError};

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The session that made the call has ended; there is nobody to show anything to.
    #[error("the session has ended")]
    SessionEnded,
    /// The call failed; the session is as before.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl Session {
    /// Gets the body of `path` of the Web API. The deadline is checked before the call, the session after it. An expired token is
    /// refreshed first where that is possible; so is one that gets a 401, once. A 401 that no refresh helps ends the session
    /// that made the call, and no other.
    ///
    /// # Errors
    /// [`CallError`].
    pub(super) async fn get(self, path: &str) -> Result<String, CallError> {
        self.check();
        let mut active = self.active_untracked().ok_or(CallError::SessionEnded)?;
        if !active.is_usable(clock::now_ms()) {
            active = self.newer_than(&active).await?;
        }
        let mut response = self.call(&active, path).await;
        if is_unauthorized(&response) && active.is_refreshable() {
            active = self.newer_than(&active).await?;
            response = self.call(&active, path).await;
        }
        if is_unauthorized(&response) {
            self.end(&active.login, EndReason::Rejected);
            return Err(CallError::SessionEnded);
        }
        if let Err(CallError::Api(ApiError::MissingScope(scopes))) = &response {
            self.note_missing(scopes);
        }
        response
    }

    /// Notes that a call lacked these scopes. Where the login had asked for them, the next one asks for consent in any case.
    pub fn note_missing(self, scopes: &Scopes) {
        let requested = |active: Arc<ActiveSession>| scopes.missing_from(&active.requested_scopes).is_empty();
        if !scopes.is_empty() && self.active_untracked().is_some_and(requested) {
            self.lacks_scope.set_value(true);
        }
    }

    /// Puts the token on the clipboard for its owner, alone or in a `curl` command that asks for the profile. Returns whether
    /// the browser allowed it.
    pub async fn copy_token(self, as_command: bool) -> bool {
        let Some(active) = self.active_untracked() else {
            return false;
        };
        let token = active.access_token.expose_secret();
        if !as_command {
            return clipboard::write(token).await;
        }
        let (header, url) = (
            format!("Authorization: Bearer {token}"),
            format!("{}/me", active.client.api_url),
        );
        clipboard::write(&format!("curl -H {} {}", quoted(&header), quoted(&url))).await
    }

    async fn call(self, active: &ActiveSession, path: &str) -> Result<String, CallError> {
        let abort = self.abort_after(spotify::TIMEOUT_MS).ok_or(ApiError::Network)?;
        let response = spotify::get(&active.client.api_url, path, &active.access_token, &abort).await;
        self.remove_request(&abort);
        if self.active_untracked().is_none_or(|now| !now.is_same(active)) {
            return Err(CallError::SessionEnded);
        }
        response.map_err(CallError::Api)
    }

    /// The same session with a newer token than `active` has: one that is there by now, or one that a refresh brings.
    async fn newer_than(self, active: &ActiveSession) -> Result<Arc<ActiveSession>, CallError> {
        let current = || {
            let session = self.active_untracked().filter(|now| now.is_same(active));
            session.ok_or(CallError::SessionEnded)
        };
        if current()?.refreshes == active.refreshes {
            self.refresh().await;
            self.settled().await;
        }
        let now = current()?;
        if now.refreshes == active.refreshes || !now.is_usable(clock::now_ms()) {
            return Err(ApiError::Network.into());
        }
        Ok(now)
    }

    /// A handle that aborts a request after `ms` milliseconds, or with the session.
    pub(super) fn abort_after(self, ms: u64) -> Option<Abort> {
        let abort = Abort::after(ms)?;
        self.requests.update_value(|requests| requests.push(abort.clone()));
        Some(abort)
    }

    /// Forgets the handle of a request that has finished.
    pub(super) fn remove_request(self, abort: &Abort) {
        self.requests
            .try_update_value(|requests| requests.retain(|request| request != abort));
    }
}

/// `text` as one word of a shell. In double quotes where they mean the same to POSIX shells, PowerShell and the command prompt of
/// Windows, which is so for every token and URL that servers really send; else in single quotes, for POSIX shells.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -._~:/?#[]@&()*+,;=".contains(c);
    if text.chars().all(is_plain) {
        format!("\"{text}\"")
    } else {
        let parts: Vec<_> = text.split('\'').collect();
        format!("'{}'", parts.join(r"'\''"))
    }
}

fn is_unauthorized(response: &Result<String, CallError>) -> bool {
    matches!(response, Err(CallError::Api(ApiError::Unauthorized)))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn t6_nothing_in_a_token_is_run_by_a_shell() {
        assert_eq!(quoted("Bearer a$b`c"), "'Bearer a$b`c'");
        assert_eq!(quoted("a';rm x;'"), r"'a'\'';rm x;'\'''");
        for odd in ["a\"b", "a\\b", "%PATH%", "a!b", "a^b", "a\nb", "ä"] {
            assert!(quoted(odd).starts_with('\''), "{odd}");
        }
    }

    #[test]
    fn a_token_and_a_url_are_quoted_for_every_shell() {
        let header = quoted("Authorization: Bearer BQ.x-y_z~+/=");
        assert_eq!(header, "\"Authorization: Bearer BQ.x-y_z~+/=\"");
        assert_eq!(quoted("https://api.example/v1/me"), "\"https://api.example/v1/me\"");
    }
}
