//! An active session: the tokens with their deadline, the record of them in a store, and when they are over or to be refreshed.

use serde::{Deserialize, Serialize};

use super::RECORD;
use crate::oauth::{
    AccessToken, Client, EXPIRES_IN_MAX_S, RefreshToken, Scopes, State, TokenGrant, TokenResponse, keep, keep_option,
};
use crate::store::{StorageRefused, Store};

/// How long before its expiry an access token is no longer used, in milliseconds, but at most a tenth of its life: time for a
/// request to arrive.
const MARGIN_MS: u64 = 30_000;
/// How far the clock may be set back without a doubt about the time of issue, in milliseconds.
const CORRECTION_MS: u64 = 30_000;
/// The first wait before a token that lives shorter than [`MARGIN_MS`] is refreshed, in milliseconds. Each further one is twice as
/// long, up to [`SHORT_LIVED_WAIT_MAX_MS`].
const SHORT_LIVED_WAIT_MS: u64 = 5_000;
const SHORT_LIVED_WAIT_MAX_MS: u64 = 3_600_000;
/// How long before its deadline a session is about to end, in milliseconds.
const ENDING_MS: u64 = 60_000;
/// How long before its deadline a token is refreshed, in milliseconds, but not before half its lifetime.
const REFRESH_AHEAD_MS: u64 = 60_000;
/// How many milliseconds earlier a tab may refresh, so that tabs don't refresh all at once.
const JITTER_MS: u64 = 30_000;

/// An active session. Its serialized form is the record in storage, and what tabs send each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActiveSession {
    /// The `state` of the login that it began with; the same through all refreshes.
    #[serde(serialize_with = "keep")]
    login: State,
    /// How often it was refreshed.
    pub(super) refreshes: u32,
    /// The access token.
    #[serde(serialize_with = "keep")]
    pub(super) access_token: AccessToken,
    /// The refresh token, where the flow gives one.
    #[serde(serialize_with = "keep_option", deserialize_with = "Option::deserialize")]
    pub(super) refresh_token: Option<RefreshToken>,
    /// When the access token was received, in milliseconds since the Unix epoch.
    pub issued_at: u64,
    /// From when on the access token is not used any more, in milliseconds since the Unix epoch.
    pub deadline: u64,
    /// The granted scopes.
    pub scopes: Scopes,
    /// The requested scopes.
    pub requested_scopes: Scopes,
    /// The client and the servers that the tokens belong to.
    pub client: Client,
    /// The mark of the last log-out before the session began.
    #[serde(default)]
    pub(super) mark: Option<u64>,
}

fn deadline(expires_in: u64, now: u64) -> u64 {
    let life = expires_in * 1000;
    now.saturating_add(life - MARGIN_MS.min(life / 10))
}

impl ActiveSession {
    /// Starts a session with a grant received at `now` (milliseconds), after the log-out of that mark.
    pub(super) fn new(grant: TokenGrant, now: u64, mark: Option<u64>) -> Self {
        let scopes = grant.scopes().clone();
        let TokenGrant {
            login, token, pending, ..
        } = grant;
        Self {
            login,
            refreshes: 0,
            access_token: token.access_token,
            refresh_token: token.refresh_token,
            issued_at: now,
            deadline: deadline(token.expires_in, now),
            scopes,
            requested_scopes: pending.scopes,
            client: pending.client,
            mark,
        }
    }

    /// The same session with a new access token, received at `now`. A refresh token that is not rotated stays.
    pub(super) fn refreshed(&self, response: TokenResponse, now: u64) -> Self {
        Self {
            refreshes: self.refreshes.saturating_add(1),
            access_token: response.access_token,
            refresh_token: response.refresh_token.or_else(|| self.refresh_token.clone()),
            issued_at: now,
            deadline: deadline(response.expires_in, now),
            scopes: response.scopes.unwrap_or_else(|| self.scopes.clone()),
            ..self.clone()
        }
    }

    /// The same session as another tab has refreshed it; `None` when `other` is another session, or no newer.
    pub(super) fn adopt(&self, other: Self) -> Option<Self> {
        let is_taken = other.is_newer_than(self) && other.client == self.client && other.has_valid_times();
        is_taken.then_some(other)
    }

    /// The `state` of the login that the session began with, which identifies it: the same through all refreshes, in each tab.
    pub fn login(&self) -> &State {
        &self.login
    }

    /// The access token.
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// Whether both are the same session, however often it was refreshed.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.login == other.login
    }

    /// Whether it is the same session with a newer token.
    pub(super) fn is_newer_than(&self, other: &Self) -> bool {
        self.is_same(other) && self.refreshes > other.refreshes
    }

    /// Whether the session can be refreshed without the person.
    pub fn is_refreshable(&self) -> bool {
        self.refresh_token.is_some()
    }

    /// Whether the access token is to be refreshed at `now`: from a minute before its deadline on, and no earlier than half its
    /// lifetime; earlier by up to half a minute for a larger `jitter`. A token that lives shorter than [`MARGIN_MS`] is not refreshed
    /// in a loop: the waits grow with each refresh. After the clock was set back nothing is known of the time, so then it is due.
    pub(super) fn is_refresh_due(&self, now: u64, jitter: u8) -> bool {
        let due_at = if self.lifetime() < MARGIN_MS {
            let wait = SHORT_LIVED_WAIT_MS << self.refreshes.min(20);
            self.issued_at.saturating_add(wait.min(SHORT_LIVED_WAIT_MAX_MS))
        } else {
            let ahead = REFRESH_AHEAD_MS + JITTER_MS * u64::from(jitter) / 255;
            self.deadline.saturating_sub(ahead.min(self.lifetime() / 2))
        };
        self.is_refreshable() && (now >= due_at || self.is_before_issue(now))
    }

    /// Whether the access token may be used at `now`.
    pub(super) fn is_usable(&self, now: u64) -> bool {
        now < self.deadline && !self.is_before_issue(now)
    }

    /// Whether the times of a record that was read are those of a session: nothing lives longer than a year.
    fn has_valid_times(&self) -> bool {
        let lifetime = self.deadline.checked_sub(self.issued_at);
        lifetime.is_some_and(|lifetime| lifetime <= EXPIRES_IN_MAX_S * 1000)
    }

    /// Whether the clock was set back before the issue, by more than a correction.
    fn is_before_issue(&self, now: u64) -> bool {
        now.saturating_add(CORRECTION_MS) < self.issued_at
    }

    /// The time between issue and deadline, in milliseconds.
    pub fn lifetime(&self) -> u64 {
        self.deadline.saturating_sub(self.issued_at)
    }

    /// The time left at `now`, in milliseconds; at most the lifetime, also where the clock was corrected.
    pub fn remaining(&self, now: u64) -> u64 {
        self.deadline.saturating_sub(now).min(self.lifetime())
    }

    /// Whether the last minute before the deadline has begun.
    pub fn is_ending(&self, now: u64) -> bool {
        self.remaining(now) <= ENDING_MS
    }

    /// Whether the session is over at `now`: the access token has expired, or the clock was set back before its issue (so that nothing
    /// is known of its time), and it can't be refreshed.
    pub(super) fn is_expired(&self, now: u64) -> bool {
        !self.is_usable(now) && !self.is_refreshable()
    }

    /// Whether the log-out of this mark has ended the session: it is another one than the last before it began.
    pub(super) fn is_ended_by(&self, mark: u64) -> bool {
        self.mark != Some(mark)
    }

    /// Whether the session belongs to the client and the servers that the app is configured for.
    pub(super) fn fits(&self, configured: &Client) -> bool {
        self.client == *configured
    }

    /// Stores the record.
    ///
    /// # Errors
    /// [`StorageRefused`].
    pub(super) fn store(&self, store: &impl Store) -> Result<(), StorageRefused> {
        store.set(RECORD, self)
    }

    /// The session that `store` kept, over or not. The deadline is the stored one, never a fresh one. A record that can't be read is
    /// removed, and counts as none.
    pub(super) fn restore(store: &impl Store) -> Option<Self> {
        let session = store.get(RECORD).filter(Self::has_valid_times);
        if session.is_none() {
            store.remove(RECORD);
        }
        session
    }
}

#[cfg(test)]
mod tests;
