//! The log-ins in flight, one entry each under its state, so that any number can be under way at once and each is answered
//! once.

use crate::browser::storage::{StorageRefused, Store};
use crate::oauth::{Pending, State, StoredLogIn};

/// What all keys begin with. A state's alphabet is checked before it becomes part of a key.
const PREFIX: &str = "log-in:";

/// What became of the log-in that a state names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It was waiting, and is answered now.
    Waiting(Box<Pending>),
    /// It was waiting too long.
    TooOld,
    /// It was answered before.
    Answered,
    /// There is none.
    Unknown,
}

fn key(state: &State) -> String {
    format!("{PREFIX}{}", state.as_str())
}

/// Stores a log-in that begins at `now` (milliseconds), and sweeps out those that are over.
///
/// # Errors
/// [`StorageRefused`].
pub(super) fn begin(store: &impl Store, state: &State, pending: Pending, now: u64) -> Result<(), StorageRefused> {
    sweep(store, now);
    store.set(&key(state), &StoredLogIn::Waiting(Box::new(pending)))
}

/// Takes the log-in that `state` names out of the store; only a mark without any content stays, to tell an answer given
/// twice from one never asked for.
pub(super) fn take(store: &impl Store, state: &State, now: u64) -> Taken {
    let key = key(state);
    let Some(entry) = store.get::<StoredLogIn>(&key) else {
        return Taken::Unknown;
    };
    store.remove(&key);
    let _ = store.set(&key, &StoredLogIn::Answered(now));
    let is_fresh = entry.is_fresh(now);
    match entry {
        StoredLogIn::Answered(_) => Taken::Answered,
        StoredLogIn::Waiting(pending) if is_fresh => Taken::Waiting(pending),
        StoredLogIn::Waiting(_) => Taken::TooOld,
    }
}

/// Forgets all log-ins in flight.
pub(super) fn clear(store: &impl Store) {
    for key in own_keys(store) {
        store.remove(&key);
    }
}

fn sweep(store: &impl Store, now: u64) {
    for key in own_keys(store) {
        if !store.get::<StoredLogIn>(&key).is_some_and(|entry| entry.is_fresh(now)) {
            store.remove(&key);
        }
    }
}

fn own_keys(store: &impl Store) -> impl Iterator<Item = String> {
    store.keys().into_iter().filter(|key| key.starts_with(PREFIX))
}

#[cfg(test)]
mod tests;
