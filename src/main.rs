//! Takes the authorization response out of the URL, then mounts the app beside the static page.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::app::App;
use stagedoor::browser::page;
use stagedoor::session::take_response;

fn main() {
    page::watch_for_panics();
    let response = take_response();
    if let Some(root) = page::new_root() {
        let inside = root.clone();
        mount_to(inside, move || view! { <App response=response root=root /> }).forget();
    }
}
