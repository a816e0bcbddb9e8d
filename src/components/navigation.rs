//! Navigation inside the app, on top of the router.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use stagedoor::internals::browser::{location, timer};

use crate::browser::address;

/// What a navigation does to the history of the tab.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Adds an entry, so that Back leads back.
    Push,
    /// Replaces the current entry.
    Replace,
}

/// A function that goes to a path of the app, such as `/profile`, without loading anything. To be taken at the top of a component.
/// The router's own resolution of paths loses the last slash of the base path, so the whole path is handed over.
pub fn use_go_to() -> impl Fn(&str, Step) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |path, step| {
        let options = NavigateOptions {
            resolve: false,
            replace: step == Step::Replace,
            ..NavigateOptions::default()
        };
        navigate(&location::below_base(path), options);
    }
}

/// Keeps the address bar in step with the router, for the life of the page. After Back and Forward the router takes a navigation to
/// the page before for one to the page that is open, and leaves the address as it was (leptos_router 0.8.17, `path_stack`).
pub fn keep_address_in_step() {
    let location = use_location();
    let shown = Memo::new(move |_| format!("{}?{}", location.pathname.get(), location.search.get()));
    Effect::new(move |before: Option<String>| {
        let now = shown.get();
        if before.is_some() {
            spawn_local(async move {
                timer::next_task().await;
                if let Some(path) = shown.try_get_untracked() {
                    address::push_if_elsewhere(path.trim_end_matches('?'));
                }
            });
        }
        now
    });
}
