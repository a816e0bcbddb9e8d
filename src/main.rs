//! Takes the authorization response out of the URL, then mounts what the page opens with beside the static page.

use leptos::mount::mount_to;
use leptos::prelude::*;
use stagedoor::app::{App, Start};
use stagedoor::browser::{page, timer};
use stagedoor::entrance::{Entrance, Opening, opening};
use stagedoor::session::take_response;
use wasm_bindgen_futures::spawn_local;

fn main() {
    page::watch_for_panics();
    let response = take_response();
    spawn_local(async {
        // A turn of its own, so that a slow machine can answer a press in between.
        timer::sleep(0).await;
        match opening(response).await {
            Opening::LogIn(config) => {
                if let Some(root) = page::new_root() {
                    mount_to(root.clone(), move || view! { <Entrance config=config more=more /> }).forget();
                    page::take_over(&root);
                }
            }
            Opening::Whole(start) => more(start),
        }
    });
}

/// Goes on with the whole app. A release loads it first, by `start.js`, which shows the static message where it does not arrive.
fn more(start: Start) {
    #[cfg(not(feature = "split"))]
    whole(Box::new(start));
    #[cfg(feature = "split")]
    spawn_local(async {
        let _ = split::whole(Box::new(start)).await;
    });
}

fn whole(start: Box<Start>) {
    if let Some(root) = page::new_root() {
        mount_to(root.clone(), move || view! { <App start=*start root=root /> }).forget();
    }
}

/// The boundary between the two parts of a release: code that only [`whole`] reaches is cut out here.
#[cfg(feature = "split")]
#[allow(unsafe_code, reason = "what the macro makes of it is linked by name")]
mod split {
    use leptos::wasm_split::{self, SplitLoaderError, wasm_split};
    use stagedoor::app::Start;

    #[wasm_split(whole, wasm_split_path = wasm_split, fallible)]
    pub fn whole(start: Box<Start>) -> Result<(), SplitLoaderError> {
        super::whole(start);
        Ok(())
    }
}
