//! A session that lives: the token with its deadline, its record in storage, and when it is over. Pure but for the store it
//! is handed.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize, Serializer};

use super::{Ended, RECORD};
use crate::browser::storage::{StorageRefused, Store};
use crate::oauth::{AccessToken, Binding, EXPIRES_IN_MAX_S, Grant, RefreshToken, Scopes, State, TokenAnswer};

/// How long before the server's own deadline a token counts as over, in milliseconds: time for a call to arrive.
const MARGIN_MS: u64 = 30_000;
/// How long before its end a session says so, in milliseconds.
const ENDING_MS: u64 = 60_000;
/// How long before its deadline a token is renewed, in milliseconds, but not before half its life is over.
const RENEWAL_MS: u64 = 60_000;
/// How many more milliseconds the renewal may be early, so that tabs don't renew as one.
const SPREAD_MS: u64 = 30_000;

/// A session that lives. Serialized, it is the record in this tab's storage, and what tabs tell each other.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Record")]
pub struct Live {
    /// Tells this session from the one before and the one after, within this page.
    pub id: u64,
    /// The log-in that it began with; stays through all renewals.
    pub(super) log_in: State,
    /// How often it was renewed.
    pub(super) renewals: u32,
    /// The token.
    pub(super) token: AccessToken,
    /// What renews it, where the flow gives one.
    pub(super) refresh: Option<RefreshToken>,
    /// When it was received, in milliseconds since the Unix epoch.
    pub issued_at: u64,
    /// When it is over, in milliseconds since the Unix epoch.
    pub deadline: u64,
    /// What was granted.
    pub scopes: Scopes,
    /// What was asked for.
    pub asked: Scopes,
    /// The client and the servers that the token belongs to.
    pub binding: Binding,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// There is time.
    Running,
    /// Its last minute has begun.
    Ending,
}

fn deadline(expires_in: u64, now: u64) -> u64 {
    now.saturating_add((expires_in * 1000).saturating_sub(MARGIN_MS))
}

fn next_id() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

impl Live {
    /// Begins a session with a grant received at `now` (milliseconds).
    pub(super) fn begin(grant: Grant, now: u64) -> Self {
        Self {
            id: next_id(),
            log_in: grant.log_in,
            renewals: 0,
            token: grant.token,
            refresh: grant.refresh,
            issued_at: now,
            deadline: deadline(grant.expires_in, now),
            scopes: grant.scopes,
            asked: grant.asked,
            binding: grant.binding,
        }
    }

    /// The same session with a new token, received at `now`. A refresh token that is not replaced stays.
    pub(super) fn renewed(&self, answer: TokenAnswer, now: u64) -> Self {
        Self {
            renewals: self.renewals.saturating_add(1),
            token: answer.access_token,
            refresh: answer.refresh_token.or_else(|| self.refresh.clone()),
            issued_at: now,
            deadline: deadline(answer.expires_in, now),
            scopes: answer.scopes.unwrap_or_else(|| self.scopes.clone()),
            ..self.clone()
        }
    }

    /// The same session as another tab has renewed it. `None` when `other` is another session, or no newer.
    pub(super) fn taken_over(&self, other: Self) -> Option<Self> {
        let newer = other.log_in == self.log_in && other.binding == self.binding && other.renewals > self.renewals;
        newer.then_some(Self { id: self.id, ..other })
    }

    /// Whether the session can be renewed without the person.
    pub fn is_renewable(&self) -> bool {
        self.refresh.is_some()
    }

    /// Whether the token is to be renewed at `now`: from a minute before its deadline on, and no earlier than half its life;
    /// earlier by up to half a minute for a larger `spread`. A clock set back says nothing of the time, so then as well.
    pub(super) fn is_renewal_due(&self, now: u64, spread: u8) -> bool {
        let early = (RENEWAL_MS + SPREAD_MS * u64::from(spread) / 255).min(self.life() / 2);
        self.is_renewable() && (now >= self.deadline.saturating_sub(early) || now < self.issued_at)
    }

    /// Whether the token may still be used at `now`.
    pub(super) fn is_usable(&self, now: u64) -> bool {
        (self.issued_at..self.deadline).contains(&now)
    }

    /// How long it lives from its issue to its deadline, in milliseconds.
    pub fn life(&self) -> u64 {
        self.deadline.saturating_sub(self.issued_at)
    }

    /// What is left at `now`, in milliseconds.
    pub fn remaining(&self, now: u64) -> u64 {
        self.deadline.saturating_sub(now)
    }

    /// How far the session is at `now`.
    pub fn phase(&self, now: u64) -> Phase {
        if self.remaining(now) > ENDING_MS {
            Phase::Running
        } else {
            Phase::Ending
        }
    }

    /// Whether the session is over at `now`, and why: somebody logged out in another tab since; or its time is up, or the clock
    /// stands before the time of issue (so that nothing can be said about its time), and it can't be renewed.
    pub(super) fn verdict(&self, now: u64, logged_out_at: Option<u64>) -> Option<Ended> {
        if logged_out_at.is_some_and(|at| at >= self.issued_at) {
            return Some(Ended::LoggedOutElsewhere);
        }
        (!self.is_usable(now) && !self.is_renewable()).then_some(Ended::Expired)
    }

    /// Whether the session belongs to the client and the servers that the app is configured for.
    pub(super) fn fits(&self, configured: &Binding) -> bool {
        self.binding == *configured
    }

    /// Stores the record.
    ///
    /// # Errors
    /// [`StorageRefused`].
    pub(super) fn store(&self, store: &impl Store) -> Result<(), StorageRefused> {
        store.set(RECORD, self)
    }

    /// Takes up the session that `store` kept. The deadline is the stored one, never a fresh one.
    ///
    /// # Errors
    /// Why the kept session is over. What can't be read is no session, and no error.
    pub(super) fn restore(store: &impl Store, logged_out_at: Option<u64>, now: u64) -> Result<Option<Self>, Ended> {
        let Some(live) = store.get::<Self>(RECORD) else {
            store.remove(RECORD);
            return Ok(None);
        };
        match live.verdict(now, logged_out_at) {
            Some(ended) => Err(ended),
            None => Ok(Some(live)),
        }
    }
}

/// The form of a session in its record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    log_in: Cow<'a, str>,
    renewals: u32,
    access_token: Cow<'a, str>,
    refresh_token: Option<Cow<'a, str>>,
    issued_at: u64,
    deadline: u64,
    scope: Cow<'a, Scopes>,
    asked: Cow<'a, Scopes>,
    binding: Cow<'a, Binding>,
}

impl Serialize for Live {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = Record {
            log_in: self.log_in.as_str().into(),
            renewals: self.renewals,
            access_token: self.token.expose_secret().into(),
            refresh_token: self.refresh.as_ref().map(|refresh| refresh.expose_secret().into()),
            issued_at: self.issued_at,
            deadline: self.deadline,
            scope: Cow::Borrowed(&self.scopes),
            asked: Cow::Borrowed(&self.asked),
            binding: Cow::Borrowed(&self.binding),
        };
        record.serialize(serializer)
    }
}

impl TryFrom<Record<'_>> for Live {
    type Error = &'static str;

    fn try_from(record: Record<'_>) -> Result<Self, Self::Error> {
        let life = record.deadline.checked_sub(record.issued_at);
        if life.is_none_or(|life| life > EXPIRES_IN_MAX_S * 1000) {
            return Err("not the times of a session");
        }
        Ok(Self {
            id: next_id(),
            log_in: State::parse(&record.log_in).ok_or("not a state")?,
            renewals: record.renewals,
            token: AccessToken::parse(&record.access_token).ok_or("not a token")?,
            refresh: match record.refresh_token {
                Some(text) => Some(RefreshToken::parse(&text).ok_or("not a refresh token")?),
                None => None,
            },
            issued_at: record.issued_at,
            deadline: record.deadline,
            scopes: record.scope.into_owned(),
            asked: record.asked.into_owned(),
            binding: record.binding.into_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
