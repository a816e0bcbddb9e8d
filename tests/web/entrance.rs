use std::cell::Cell;
use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::app::Start;
use stagedoor::browser::{page, timer};
use stagedoor::config::Config;
use stagedoor::entrance::Entrance;
use stagedoor::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tools::run;

thread_local! {
    /// Whether what went on belonged to somebody, once it did.
    static OWNED: Cell<Option<bool>> = const { Cell::new(None) };
}

fn more(_: Start) {
    OWNED.set(Some(Owner::current().is_some()));
}

#[wasm_bindgen_test]
async fn what_goes_on_after_the_log_in_page_does_not_belong_to_it() {
    let file = json::parse(r#"{"client_id":"x"}"#).expect("JSON");
    let config = Arc::new(Config::read(file, "https://app.example/").expect("valid"));
    let root = page::new_root().expect("an element");
    let inside = root.clone();
    let shown = mount_to(inside, move || view! { <Entrance config=config more=more /> });
    run("document.body")
        .unchecked_into::<web_sys::HtmlElement>()
        .append_child(&root)
        .expect("appended");
    run("document.querySelector('#app details').open = true");
    while OWNED.get().is_none() {
        timer::sleep(0).await;
    }
    assert_eq!(OWNED.get(), Some(false));
    drop(shown);
    root.remove();
}
