//! Records under keys: their form, and the places that keep them, as a trait. Pure; the browser's places are in `browser::storage`.

use serde::Serialize;
use serde::de::DeserializeOwned;

pub mod record;

/// The browser refuses to store: site data is blocked, or the store is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser refuses to store")]
pub struct StorageRefused;

/// A place that keeps records by key.
pub trait Store {
    /// The record kept under `key`; `None` when there is none, or none of that type and of this version.
    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T>;
    /// Keeps `record` under `key`.
    ///
    /// # Errors
    /// [`StorageRefused`].
    fn set<T: Serialize>(&self, key: &str, record: &T) -> Result<(), StorageRefused>;
    /// Forgets `key`.
    fn remove(&self, key: &str);
    /// All keys of this app.
    fn keys(&self) -> Vec<String>;
}

/// A store for tests on the host.
#[cfg(test)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryStore {
    entries: std::cell::RefCell<std::collections::BTreeMap<String, String>>,
    /// Whether writing is refused.
    pub is_full: std::cell::Cell<bool>,
    /// How often something was kept or forgotten.
    pub changes: std::cell::Cell<u32>,
}

#[cfg(test)]
impl MemoryStore {
    /// The text kept under `key`.
    pub fn text(&self, key: &str) -> Option<String> {
        self.entries.borrow().get(key).cloned()
    }

    /// Keeps `text` under `key`, record or not.
    pub fn set_text(&self, key: &str, text: &str) {
        self.entries.borrow_mut().insert(key.to_owned(), text.to_owned());
        self.changes.set(self.changes.get() + 1);
    }
}

#[cfg(test)]
impl Store for MemoryStore {
    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        record::from_text(&self.text(key)?)
    }

    fn set<T: Serialize>(&self, key: &str, record: &T) -> Result<(), StorageRefused> {
        if self.is_full.get() {
            return Err(StorageRefused);
        }
        self.set_text(key, &record::to_text(record).ok_or(StorageRefused)?);
        Ok(())
    }

    fn remove(&self, key: &str) {
        if self.entries.borrow_mut().remove(key).is_some() {
            self.changes.set(self.changes.get() + 1);
        }
    }

    fn keys(&self) -> Vec<String> {
        self.entries.borrow().keys().cloned().collect()
    }
}

#[cfg(test)]
impl<S: Store> Store for std::rc::Rc<S> {
    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        (**self).get(key)
    }

    fn set<T: Serialize>(&self, key: &str, record: &T) -> Result<(), StorageRefused> {
        (**self).set(key, record)
    }

    fn remove(&self, key: &str) {
        (**self).remove(key);
    }

    fn keys(&self) -> Vec<String> {
        (**self).keys()
    }
}
