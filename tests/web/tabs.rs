use std::cell::RefCell;
use std::rc::Rc;

use stagedoor::browser::broadcast::Channel;
use stagedoor::browser::locks;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

/// Longer than any test.
const LIMIT_MS: u64 = 60_000;

type Log = Rc<RefCell<Vec<&'static str>>>;

fn work(log: &Log, begin: &'static str, end: &'static str) -> impl AsyncFnOnce() + 'static {
    let log = log.clone();
    async move || {
        log.borrow_mut().push(begin);
        stagedoor::browser::timer::sleep(5).await;
        log.borrow_mut().push(end);
    }
}

async fn both_at_once(log: &Log) {
    let (one, other) = (
        work(log, "one begins", "one ends"),
        work(log, "other begins", "other ends"),
    );
    let first = wasm_bindgen_futures::future_to_promise(async move {
        locks::exclusive("test", LIMIT_MS, || one()).await;
        Ok(wasm_bindgen::JsValue::UNDEFINED)
    });
    locks::exclusive("test", LIMIT_MS, || other()).await;
    JsFuture::from(first).await.expect("no failure");
}

#[wasm_bindgen_test]
async fn c5_work_under_one_lock_does_not_overlap() {
    let log = Log::default();
    both_at_once(&log).await;
    let log = log.borrow();
    assert!(
        log[0].starts_with(&log[1][..3]) && log[2].starts_with(&log[3][..3]),
        "{log:?}"
    );
}

#[wasm_bindgen_test]
async fn c5_where_there_are_no_locks_the_work_is_done_all_the_same() {
    for missing in [
        "undefined",
        "{ request: () => Promise.reject(new Error('no')) }",
        "{ request() { throw new Error('no') } }",
    ] {
        run(&format!(
            "Object.defineProperty(navigator, 'locks', {{ configurable: true, value: {missing} }})"
        ));
        let log = Log::default();
        both_at_once(&log).await;
        run("delete navigator.locks");
        assert_eq!(log.borrow().len(), 4, "{missing}");
    }
}

#[wasm_bindgen_test]
async fn c5_a_lock_that_a_suspended_tab_holds_is_not_awaited_for_ever() {
    run("navigator.locks.request('stagedoor:/:test', () => new Promise((release) => window.release = release))");
    let log = Log::default();
    let waiting = work(&log, "begins", "ends");
    locks::exclusive("test", 20, || waiting()).await;
    assert_eq!(*log.borrow(), ["begins", "ends"]);
    run("release()");
    let next = work(&log, "next begins", "next ends");
    locks::exclusive("test", LIMIT_MS, || next()).await;
    assert_eq!(log.borrow().len(), 4);
}

#[wasm_bindgen_test]
async fn c5_a_tab_hears_the_others_and_not_itself() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hear = |name: &'static str| {
        let heard = heard.clone();
        move |text: String| heard.borrow_mut().push(format!("{name} hears {text}"))
    };
    let one = Channel::open("test", hear("one")).expect("a channel");
    let other = Channel::open("test", hear("other")).expect("a channel");
    let elsewhere = Channel::open("elsewhere", hear("elsewhere")).expect("a channel");
    let done =
        run("new Promise((done) => { window.last = new BroadcastChannel('stagedoor:/:test'); last.onmessage = done })");
    one.send(&"hello");
    JsFuture::from(js_sys::Promise::from(done)).await.expect("heard");
    run("last.close()");
    assert_eq!(*heard.borrow(), ["other hears hello"]);
    drop((one, other, elsewhere));
}
