//! A lock that all tabs of this origin share (Web Locks).

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::abort::Abort;
use super::storage::full_key;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request(name: &str, options: &Object, callback: &Function) -> Result<Promise, JsValue>;
}

/// Runs `work` while no other tab runs work under the same name. Where the browser has no such locks, or refuses them, it runs
/// at once; where another tab holds the lock for longer than `limit_ms` milliseconds, as one that was suspended does, it runs then.
pub async fn exclusive<W: Future<Output = ()> + 'static>(
    name: &str,
    limit_ms: u64,
    work: impl FnOnce() -> W + 'static,
) {
    let work = Rc::new(Cell::new(Some(work)));
    let callback = Closure::once({
        let work = work.clone();
        move |_: JsValue| {
            future_to_promise(async move {
                if let Some(work) = work.take() {
                    work().await;
                }
                Ok(JsValue::UNDEFINED)
            })
        }
    });
    let limit = Abort::after(limit_ms);
    let options = Object::new();
    if let Some(limit) = &limit {
        let _ = Reflect::set(&options, &"signal".into(), &limit.signal());
    }
    // The signal ends the wait for the lock. Once the lock is there, it has no effect.
    if let Ok(done) = request(&full_key(name), &options, callback.as_ref().unchecked_ref()) {
        let _ = JsFuture::from(done).await;
    }
    if let Some(work) = work.take() {
        work().await;
    }
}
