//! Refreshes the session without the person: ahead of the deadline, on waking up, and on a 401. One tab at a time does it, the
//! others adopt the new token.

use std::borrow::Cow;
use std::sync::Arc;

use leptos::prelude::*;

use super::core::message::TabMessage;
use super::{ActiveSession, EndReason, RefreshState, Session, SessionState, time};
use crate::browser::abort::Abort;
use crate::browser::{clock, http, locks, timer};
use crate::oauth::{ErrorCode, ErrorResponse, TokenError, TokenResponse};
use crate::spotify::TIMEOUT_MS;

/// How long another tab has to answer whether it has refreshed the session already, in milliseconds.
const ASK_MS: u64 = 250;
/// How long a tab waits for the lock, in milliseconds. Another tab may hold it and be suspended.
const LOCK_MS: u64 = 15_000;
/// How often a call that needs the new token looks for it, in milliseconds.
const SETTLE_MS: u64 = 50;
/// How long a call waits for the new token, in milliseconds: for the lock, the other tabs and the token endpoint.
const SETTLE_LIMIT_MS: u64 = LOCK_MS + ASK_MS + TIMEOUT_MS + 5_000;

impl Session {
    /// Refreshes the session now, unless that is in progress. Afterwards it has a new token, or it has ended, or it is as before
    /// and a retry follows.
    pub(super) async fn refresh(self) {
        let started = self
            .refresh
            .try_get_untracked()
            .and_then(|refresh| refresh.start(time()));
        let (Some(started), Some(session)) = (started, self.active_untracked()) else {
            return;
        };
        self.refresh.set(started);
        locks::exclusive("renew", LOCK_MS, move || self.refresh_exclusively(session.clone())).await;
    }

    /// Waits until no refresh is in progress, for [`SETTLE_LIMIT_MS`] at most.
    pub(super) async fn settled(self) {
        for _ in 0..SETTLE_LIMIT_MS / SETTLE_MS {
            if !matches!(self.refresh.try_get_untracked(), Some(RefreshState::Running { .. })) {
                return;
            }
            timer::sleep(SETTLE_MS).await;
        }
    }

    async fn refresh_exclusively(self, before: Arc<ActiveSession>) {
        if !self.is_unchanged_after_asking(&before).await {
            self.refresh.set(RefreshState::Idle);
            return;
        }
        let result = self.request_token(&before).await;
        if !self.is_unchanged(&before) {
            return;
        }
        match result {
            Ok(response) => {
                let refreshed = before.refreshed(response, clock::now_ms());
                self.send(&TabMessage::Session(Cow::Borrowed(&refreshed)));
                self.adopt_refreshed(refreshed);
            }
            Err(TokenError::Refused(ErrorResponse {
                code: ErrorCode::InvalidGrant,
                ..
            })) => {
                // Another tab may have used the refresh token while this one was suspended.
                if self.is_unchanged_after_asking(&before).await {
                    self.end(&before.login, EndReason::Rejected);
                }
            }
            Err(_) => {
                self.refresh.update(|refresh| *refresh = refresh.failed(time()));
                self.check();
            }
        }
    }

    /// Asks the other tabs for a newer token, and returns whether `before` is still the newest.
    async fn is_unchanged_after_asking(self, before: &ActiveSession) -> bool {
        self.send(&TabMessage::Ask(before.login.as_str().into()));
        timer::sleep(ASK_MS).await;
        self.is_unchanged(before)
    }

    fn is_unchanged(self, before: &ActiveSession) -> bool {
        let session = self.active_untracked();
        session.is_some_and(|session| session.is_same(before) && session.refreshes == before.refreshes)
    }

    async fn request_token(self, session: &ActiveSession) -> Result<TokenResponse, TokenError> {
        let refresh_token = session.refresh_token.as_ref().ok_or(TokenError::Unreadable)?;
        let abort = self.abort_after(TIMEOUT_MS).ok_or(TokenError::Transient)?;
        let result = self
            .post(&session.client.token_url, refresh_token.form(&session.client), &abort)
            .await;
        self.remove_request(&abort);
        result
    }

    /// Posts a token request.
    ///
    /// # Errors
    /// [`TokenError`].
    pub(super) async fn post(self, token_url: &str, form: String, abort: &Abort) -> Result<TokenResponse, TokenError> {
        let response = http::post_form(token_url, form, abort).await;
        let response = response.map_err(|_| TokenError::Transient)?;
        TokenResponse::parse(response.status, &response.body.ok_or(TokenError::Transient)?)
    }

    fn adopt_refreshed(self, refreshed: ActiveSession) {
        self.store(&refreshed);
        self.refresh.set(RefreshState::Idle);
        self.state.set(SessionState::Active(Arc::new(refreshed)));
        self.now.set(clock::now_ms());
    }

    /// Receives a message of another tab: a question that this tab can answer, or a session that the other one has refreshed.
    pub(super) fn receive(self, message: TabMessage<'_>) {
        let Some(session) = self.active_untracked() else {
            return;
        };
        match message {
            TabMessage::Ask(login) if login == session.login.as_str() && session.is_refreshable() => {
                self.send(&TabMessage::Session(Cow::Borrowed(&session)));
            }
            TabMessage::Ask(_) => {}
            TabMessage::LoggedOut(at) => {
                if let Some(reason) = session.end_reason(clock::now_ms(), Some(at)) {
                    self.end(&session.login, reason);
                }
            }
            TabMessage::Session(other) => {
                if let Some(refreshed) = session.adopt(other.into_owned()) {
                    self.adopt_refreshed(refreshed);
                }
            }
        }
    }

    pub(super) fn send(self, message: &TabMessage<'_>) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.send(message);
            }
        });
    }
}
