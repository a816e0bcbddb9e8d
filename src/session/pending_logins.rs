//! The pending logins of this tab, one entry each under its `state`, so that any number can be in progress and each is completed
//! once.

use crate::browser::storage::{StorageRefused, Store};
use crate::oauth::{PendingLogin, State, StoredLogin};

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
    /// Nothing.
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

/// Takes the login that `state` names out of the store. Only a mark stays, to tell a response that comes twice from an
/// unsolicited one.
pub(super) fn take(store: &impl Store, state: &State, now: u64) -> Taken {
    let key = key(state);
    let Some(entry) = store.get::<StoredLogin>(&key) else {
        return Taken::Unknown;
    };
    store.remove(&key);
    let _ = store.set(&key, &StoredLogin::Answered { at: now });
    let is_fresh = entry.is_fresh(now);
    match entry {
        StoredLogin::Answered { .. } => Taken::Answered,
        StoredLogin::Pending(pending) if is_fresh => Taken::Pending(pending),
        StoredLogin::Pending(_) => Taken::TooOld,
    }
}

/// Whether the latest login waits for its response at `now`.
pub(super) fn is_latest_pending(store: &impl Store, now: u64) -> bool {
    let entries = own_keys(store).filter_map(|key| store.get::<StoredLogin>(&key));
    let latest = entries.max_by_key(StoredLogin::time);
    latest.is_some_and(|entry| matches!(entry, StoredLogin::Pending(_)) && entry.is_fresh(now))
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
