//! The frame around every page: the name at the top, with the way out for those who are signed in, and the small print.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{Address, Step};
use crate::browser::{location, page};
use crate::route::Route;
use crate::session::Session;

/// A link to a page of the app. It moves without loading anything anew; with a modifier key or another button it is the
/// browser's, as people expect of a link.
#[component]
pub fn Link(
    address: Address,
    to: Route,
    #[prop(default = "button")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let follow = move |event: MouseEvent| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if plain && event.button() == 0 {
            event.prevent_default();
            address.go(to.path(), Step::Forward);
        }
    };
    view! { <a class=class href=location::below_base(to.path()) on:click=follow>{children()}</a> }
}

/// The frame; what stands between the tags is the page.
#[component]
pub fn Frame(
    address: Address,
    /// What stands at the end of the header.
    account: AnyView,
    children: Children,
) -> impl IntoView {
    let skip = move |event: MouseEvent| {
        event.prevent_default();
        page::focus("main");
    };
    view! {
        <a class="skip" href="#main" on:click=skip>"Skip to the content"</a>
        <header class="bar">
            <Link address=address to=Route::LogIn class="brand">
                <Mark />
                "Stagedoor"
            </Link>
            {account}
        </header>
        <main id="main" tabindex="-1">{children()}</main>
        <Footer />
    }
}

/// The way out, for those who are signed in.
#[component]
pub fn LogOut(session: Session, address: Address) -> impl IntoView {
    let signed_in = session.is_active();
    let leave = move |_| {
        session.log_out();
        address.go(Route::LogIn.path(), Step::Instead);
    };
    move || {
        if signed_in.get() {
            view! { <button class="quiet" type="button" on:click=leave>"Log out"</button> }.into_any()
        } else {
            ().into_any()
        }
    }
}

/// The app's own sign: a door that stands open.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="mark-wall" width="32" height="32" rx="8" />
            <path class="mark-light" d="M10 25V9.5A1.5 1.5 0 0 1 11.500 8h9A1.500 1.500 0 0 1 22 9.500V25z" />
            <path class="mark-door" d="M10 25V8.300l7.200 2.400A1.200 1.200 0 0 1 18 11.800V27.500z" />
            <circle class="mark-knob" cx="15.600" cy="18.500" r="1.100" />
        </svg>
    }
}

/// The small print.
#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer class="bar small">
            <p>"Runs in your browser alone: no server, no cookies. Not made or endorsed by Spotify."</p>
        </footer>
    }
}
