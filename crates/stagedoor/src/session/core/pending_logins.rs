//! The pending logins of this tab, one entry each under its `state`, so that any number can be in progress and each is completed
//! once.

use crate::oauth::{PendingLogin, State, StoredLogin};
use crate::store::{StorageRefused, Store};

/// Prefix of the keys. The alphabet of a `state` is checked before it becomes part of a key.
const PREFIX: &str = "log-in:";

/// What was stored for the login that a `state` names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// A pending login; it is over from now on.
    Pending(Box<PendingLogin>),
    /// A pending login that is too old.
    TooOld,
    /// The mark of a login that was answered before.
    Answered,
    /// No login of this tab has that state.
    Unknown,
}

fn key(state: &State) -> String {
    format!("{PREFIX}{}", state.as_str())
}

/// Stores a login that starts at `now` (milliseconds), and removes stale ones.
///
/// # Errors
/// [`StorageRefused`].
pub(super) fn add(store: &impl Store, state: &State, pending: PendingLogin, now: u64) -> Result<(), StorageRefused> {
    sweep(store, now);
    store.set(&key(state), &StoredLogin::Pending(Box::new(pending)))
}

/// What is stored for the login that `state` names.
pub(super) fn get(store: &impl Store, state: &State) -> Option<StoredLogin> {
    store.get(&key(state))
}

/// Takes the login that `state` names out of the store. Only a mark stays, to tell a response that comes twice from an
/// unsolicited one.
pub(super) fn take(store: &impl Store, state: &State, now: u64) -> Taken {
    let key = key(state);
    let Some(entry) = store.get::<StoredLogin>(&key) else {
        return Taken::Unknown;
    };
    store.remove(&key);
    let _ = store.set(&key, &StoredLogin::AnsweredAt(now));
    let is_fresh = entry.is_fresh(now);
    match entry {
        StoredLogin::RedeemingSince(_) | StoredLogin::AnsweredAt(_) => Taken::Answered,
        StoredLogin::Pending(pending) if is_fresh => Taken::Pending(pending),
        StoredLogin::Pending(_) => Taken::TooOld,
    }
}

/// Marks the login that `state` names as one whose code is being redeemed since `now`, or, once it is over, as answered.
pub(super) fn mark(store: &impl Store, state: &State, is_redeeming: bool, now: u64) {
    let mark = if is_redeeming {
        StoredLogin::RedeemingSince(now)
    } else {
        StoredLogin::AnsweredAt(now)
    };
    let _ = store.set(&key(state), &mark);
}

/// What the latest login of this tab has been waiting for, where it is not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnfinishedLogin {
    /// For its response.
    Pending,
    /// For the token endpoint.
    Redeeming,
}

/// The latest login, unless it is complete or too old at `now`.
pub fn unfinished(store: &impl Store, now: u64) -> Option<UnfinishedLogin> {
    let entries = own_keys(store).filter_map(|key| store.get::<StoredLogin>(&key));
    let latest = entries.max_by_key(StoredLogin::time)?;
    match latest {
        _ if !latest.is_fresh(now) => None,
        StoredLogin::Pending(_) => Some(UnfinishedLogin::Pending),
        StoredLogin::RedeemingSince(_) => Some(UnfinishedLogin::Redeeming),
        StoredLogin::AnsweredAt(_) => None,
    }
}

/// Removes all entries.
pub(super) fn clear(store: &impl Store) {
    for key in own_keys(store) {
        store.remove(&key);
    }
}

fn sweep(store: &impl Store, now: u64) {
    for key in own_keys(store) {
        if !store.get::<StoredLogin>(&key).is_some_and(|entry| entry.is_fresh(now)) {
            store.remove(&key);
        }
    }
}

fn own_keys(store: &impl Store) -> impl Iterator<Item = String> {
    store.keys().into_iter().filter(|key| key.starts_with(PREFIX))
}

#[cfg(test)]
mod tests;
