//! The address bar inside the app: which page it names, and how to move on without loading anything anew.

use leptos::prelude::*;

use crate::browser::location;
use crate::route::Route;

/// How a page moves on to another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// With a history entry of its own, so that Back leads back.
    Forward,
    /// In place of this page's history entry.
    Instead,
}

/// The address bar. Copy it freely.
#[derive(Clone, Copy)]
pub struct Address {
    route: RwSignal<Route>,
    query: RwSignal<String>,
}

impl Address {
    /// The address of this page, followed through Back and Forward for its life. Needs a reactive owner.
    pub fn watch() -> Self {
        let address = Self {
            route: RwSignal::new(location::route()),
            query: RwSignal::new(location::query()),
        };
        let following = window_event_listener(leptos::ev::popstate, move |_| address.follow());
        on_cleanup(move || following.remove());
        address
    }

    /// The page that the address names.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// What stands behind the `?`.
    pub fn query(self) -> String {
        self.query.get()
    }

    /// Moves to a path of the app, given with its leading slash.
    pub fn go(self, path: &str, step: Step) {
        let to = location::below_base(path);
        match step {
            Step::Forward => location::push(&to),
            Step::Instead => location::clear_to(&to),
        }
        self.follow();
    }

    fn follow(self) {
        self.route.set(location::route());
        self.query.set(location::query());
    }
}
