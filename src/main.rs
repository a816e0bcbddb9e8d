//! Takes the authorization response out of the URL, then mounts the app beside the static page.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::app::App;
use stagedoor::browser::{page, timer};
use stagedoor::session::take_response;
use wasm_bindgen_futures::spawn_local;

fn main() {
    page::watch_for_panics();
    let response = take_response();
    spawn_local(async {
        // A turn of its own, so that a slow machine can answer a press in between.
        timer::sleep(0).await;
        if let Some(root) = page::new_root() {
            let inside = root.clone();
            mount_to(inside, move || view! { <App response=response root=root /> }).forget();
        }
    });
}
