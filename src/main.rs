//! Takes the authorization response out of the URL, then mounts the app.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::app::App;
use stagedoor::browser::page;
use stagedoor::session::take_response;

fn main() {
    page::watch_for_panics();
    let response = take_response();
    if let Some(root) = page::empty_element("app") {
        mount_to(root, move || view! { <App response=response /> }).forget();
    }
}
