use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use stagedoor::internals::browser::broadcast::Channel;
use stagedoor::internals::browser::locks::Lock;
use stagedoor::internals::store::record;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

type Log = Rc<RefCell<Vec<&'static str>>>;

/// Requests the lock; the promise is fulfilled once it is held, and notes that.
fn request(log: &Log, name: &'static str) -> (Lock, Promise) {
    let mut resolve = None;
    let held = Promise::new(&mut |resolve_it, _| resolve = Some(resolve_it));
    let (log, resolve) = (log.clone(), resolve.expect("called at once"));
    let lock = Lock::request("test", move || {
        log.borrow_mut().push(name);
        let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
    });
    (lock, held)
}

async fn fulfilled(promise: Promise) {
    JsFuture::from(promise).await.expect("no failure");
}

#[wasm_bindgen_test]
async fn c5_one_tab_at_a_time_holds_the_lock() {
    let log = Log::default();
    let (one, held) = request(&log, "one");
    let (_other, other_held) = request(&log, "other");
    fulfilled(held).await;
    assert_eq!(*log.borrow(), ["one"]);
    log.borrow_mut().push("released");
    drop(one);
    fulfilled(other_held).await;
    assert_eq!(*log.borrow(), ["one", "released", "other"]);
}

#[wasm_bindgen_test]
async fn c5_where_there_are_no_locks_each_request_is_granted() {
    for missing in [
        "undefined",
        "{ request: () => Promise.reject(new Error('no')) }",
        "{ request() { throw new Error('no') } }",
    ] {
        run(&format!(
            "Object.defineProperty(navigator, 'locks', {{ configurable: true, value: {missing} }})"
        ));
        let log = Log::default();
        let (_one, one_held) = request(&log, "one");
        let (_other, other_held) = request(&log, "other");
        fulfilled(one_held).await;
        fulfilled(other_held).await;
        run("delete navigator.locks");
        assert_eq!(log.borrow().len(), 2, "{missing}");
    }
}

#[wasm_bindgen_test]
async fn c5_a_lock_that_comes_after_it_was_given_up_is_released() {
    let hold = "new Promise((held) => navigator.locks.request('stagedoor:/:test', () => new Promise((release) => {
        window.release = release;
        held();
    })))";
    fulfilled(Promise::from(run(hold))).await;
    let log = Log::default();
    let (given_up, _) = request(&log, "given up");
    drop(given_up);
    let (_next, held) = request(&log, "next");
    run("release()");
    fulfilled(held).await;
    assert_eq!(*log.borrow(), ["given up", "next"]);
}

#[wasm_bindgen_test]
async fn c5_a_tab_hears_the_others_and_not_itself() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hear = |name: &'static str| {
        let heard = heard.clone();
        Box::new(move |text: &str| {
            let text: String = record::from_text(text).expect("a record");
            heard.borrow_mut().push(format!("{name} hears {text}"));
        })
    };
    let one = Channel::open("test", hear("one")).expect("a channel");
    let other = Channel::open("test", hear("other")).expect("a channel");
    let elsewhere = Channel::open("elsewhere", hear("elsewhere")).expect("a channel");
    let done =
        run("new Promise((done) => { window.last = new BroadcastChannel('stagedoor:/:test'); last.onmessage = done })");
    one.send(&"hello");
    JsFuture::from(Promise::from(done)).await.expect("heard");
    run("last.close()");
    assert_eq!(*heard.borrow(), ["other hears hello"]);
    drop((one, other, elsewhere));
}
