//! A lock that all tabs of this origin share (Web Locks).

use std::future::Future;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::storage::full_key;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request(name: &str, callback: &Function) -> Result<Promise, JsValue>;
}

/// Does `work` while no other tab does work under the same name. Where the browser has no such locks, it is done at once:
/// then the spread of the tabs in time is what keeps them apart.
pub async fn alone<W: Future<Output = ()> + 'static>(name: &str, work: impl Fn() -> W + 'static) {
    let work = Rc::new(work);
    let locked = work.clone();
    let callback = Closure::once(move |_: JsValue| {
        future_to_promise(async move {
            locked().await;
            Ok(JsValue::UNDEFINED)
        })
    });
    match request(&full_key(name), callback.as_ref().unchecked_ref()) {
        Ok(done) => {
            let _ = JsFuture::from(done).await;
        }
        Err(_) => work().await,
    }
}
