//! Text kept by key in this tab, and the one mark that all tabs see. Everything behind this door may be blocked, full or
//! damaged at any time; then reading finds nothing and writing is an error, and nothing throws.

use gloo_storage::{LocalStorage, SessionStorage, Storage};

/// The browser refuses to store: site data is blocked, or the store is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser refuses to store")]
pub struct StorageRefused;

/// A place that keeps text by key.
pub trait Store {
    /// The text kept under `key`.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps `text` under `key`.
    ///
    /// # Errors
    /// [`StorageRefused`].
    fn set(&self, key: &str, text: &str) -> Result<(), StorageRefused>;
    /// Forgets `key`.
    fn remove(&self, key: &str);
    /// All keys of this app.
    fn keys(&self) -> Vec<String>;
}

/// `sessionStorage`: this tab only, survives a reload.
#[derive(Clone, Copy, Debug)]
pub struct TabStore;

/// `localStorage`: all tabs of this origin. Nothing secret goes here.
#[derive(Clone, Copy, Debug)]
pub struct SharedStore;

/// What keeps our keys apart from those of other code on the same origin, other builds of this app included.
fn prefix() -> String {
    format!("stagedoor:{}:", super::location::base_path())
}

/// The key under which `key` stands in the browser's store.
pub fn full_key(key: &str) -> String {
    prefix() + key
}

impl TabStore {
    /// `gloo-storage` panics where the getter throws, so the getter is probed first.
    fn raw() -> Option<web_sys::Storage> {
        web_sys::window()?.session_storage().ok()??;
        Some(SessionStorage::raw())
    }
}

impl SharedStore {
    fn raw() -> Option<web_sys::Storage> {
        web_sys::window()?.local_storage().ok()??;
        Some(LocalStorage::raw())
    }
}

macro_rules! browser_store {
    ($name:ident) => {
        impl Store for $name {
            fn get(&self, key: &str) -> Option<String> {
                Self::raw()?.get_item(&full_key(key)).ok()?
            }

            fn set(&self, key: &str, text: &str) -> Result<(), StorageRefused> {
                let store = Self::raw().ok_or(StorageRefused)?;
                store.set_item(&full_key(key), text).map_err(|_| StorageRefused)
            }

            fn remove(&self, key: &str) {
                if let Some(store) = Self::raw() {
                    let _ = store.remove_item(&full_key(key));
                }
            }

            fn keys(&self) -> Vec<String> {
                let Some(store) = Self::raw() else {
                    return Vec::new();
                };
                let prefix = prefix();
                (0..store.length().unwrap_or(0))
                    .filter_map(|index| store.key(index).ok()?)
                    .filter_map(|key| key.strip_prefix(&prefix).map(str::to_owned))
                    .collect()
            }
        }
    };
}
browser_store!(TabStore);
browser_store!(SharedStore);

/// A store for tests on the host.
#[cfg(test)]
#[derive(Default)]
pub struct MemoryStore {
    entries: std::cell::RefCell<std::collections::BTreeMap<String, String>>,
    /// Whether writing is refused.
    pub full: std::cell::Cell<bool>,
}

#[cfg(test)]
impl Store for MemoryStore {
    fn get(&self, key: &str) -> Option<String> {
        self.entries.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StorageRefused> {
        if self.full.get() {
            return Err(StorageRefused);
        }
        self.entries.borrow_mut().insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) {
        self.entries.borrow_mut().remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.entries.borrow().keys().cloned().collect()
    }
}
