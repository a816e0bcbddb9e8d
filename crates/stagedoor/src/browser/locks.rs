//! A lock that all tabs of this origin share (Web Locks).

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::storage::full_key;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request(name: &str, callback: &Function) -> Result<Promise, JsValue>;
}

/// A lock that is held or waited for. Dropping it releases it, or gives up the wait.
pub struct Lock {
    release: Function,
}

impl Lock {
    /// Asks for the lock of that name, and calls `held` once no other tab holds it; where the browser has no such locks, or refuses them,
    /// at once. A lock that comes after it was dropped is released as it comes, and `held` is called all the same.
    pub fn request(name: &str, held: impl FnOnce() + 'static) -> Self {
        let mut release = None;
        let released = Promise::new(&mut |resolve, _| release = Some(resolve));
        let held = Rc::new(Cell::new(Some(held)));
        let callback = Closure::once_into_js({
            let held = held.clone();
            move |_: JsValue| {
                if let Some(held) = held.take() {
                    held();
                }
                released
            }
        });
        let requested = request(&full_key(name), callback.unchecked_ref());
        spawn_local(async move {
            let is_refused = match requested {
                Ok(done) => JsFuture::from(done).await.is_err(),
                Err(_) => true,
            };
            if let (true, Some(held)) = (is_refused, held.take()) {
                held();
            }
        });
        Self {
            release: release.unwrap_or_default(),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}
