//! Records in `sessionStorage` and `localStorage`, each as JSON with a version ([`Versioned`]), through gloo-storage. Both may be
//! blocked, full or damaged at any time: then reading finds nothing, writing is an error, and nothing throws.

use std::sync::OnceLock;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::record::Versioned;
use crate::store::{StorageRefused, Store};

/// `sessionStorage`: this tab only, survives a reload.
#[derive(Clone, Copy, Debug)]
pub struct TabStore;

/// `localStorage`: all tabs of this origin. Nothing secret goes here.
#[derive(Clone, Copy, Debug)]
pub struct SharedStore;

/// With its mark, what keeps the app of this page apart from others on its origin that have the same base path.
static NAME: OnceLock<String> = OnceLock::new();

/// Sets the name of the app of this page. The first one counts.
pub fn set_name(name: &str) {
    let _ = NAME.set(format!("#{name}"));
}

/// What keeps our keys apart from those of other code on the same origin, other builds of this app included.
fn prefix() -> String {
    let name = NAME.get().map_or("", String::as_str);
    format!("stagedoor:{}{name}:", super::location::base_path())
}

/// The key under which `key` stands in the browser's store.
pub fn full_key(key: &str) -> String {
    prefix() + key
}

macro_rules! browser_store {
    ($name:ident, $storage:ident, $getter:ident) => {
        impl $name {
            /// The browser's store. `gloo-storage` throws where the browser refuses it, so this is looked at first.
            fn probe() -> Option<web_sys::Storage> {
                web_sys::window()?.$getter().ok()?
            }

            fn read(key: &str) -> Option<Versioned> {
                let key = full_key(key);
                Self::probe()?.get_item(&key).ok()??;
                $storage::get(key).ok()
            }

            fn write(key: &str, record: Option<Versioned>) -> Result<(), StorageRefused> {
                Self::probe().ok_or(StorageRefused)?;
                $storage::set(full_key(key), record.ok_or(StorageRefused)?).map_err(|_| StorageRefused)
            }
        }

        impl Store for $name {
            fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
                Self::read(key)?.read()
            }

            fn set<T: Serialize>(&self, key: &str, record: &T) -> Result<(), StorageRefused> {
                Self::write(key, Versioned::new(record))
            }

            fn remove(&self, key: &str) {
                if let Some(store) = Self::probe() {
                    let _ = store.remove_item(&full_key(key));
                }
            }

            fn keys(&self) -> Vec<String> {
                let Some(store) = Self::probe() else {
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
browser_store!(TabStore, SessionStorage, session_storage);
browser_store!(SharedStore, LocalStorage, local_storage);
