//! Mounts the app into an element of its own, which takes the place of the prerendered page once there is something to show.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor_app::app::App;
use stagedoor_app::browser::{address, page, takeover};

fn main() {
    page::install_panic_hook();
    address::remove_index_html();
    if let Some(root) = takeover::new_root() {
        mount_to(root.clone(), move || view! { <App root=root /> }).forget();
    }
}
