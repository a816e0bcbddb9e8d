//! The parts around every page: the frame of header and footer, the link that skips the header, the links to the pages, the log-out
//! button.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use stagedoor::internals::browser::location;
use stagedoor::internals::session::Session;

use super::{Step, use_go_to};
use crate::browser::page;

/// Leads keyboards and screen readers past the header.
#[component]
pub fn SkipLink() -> impl IntoView {
    let skip = move |event: MouseEvent| {
        event.prevent_default();
        page::focus("main");
    };
    view! { <a class="skip" href="#main" on:click=skip>"Skip to the content"</a> }
}

/// What stands around every page: the header, with `header` beside the name of the app, and the footer.
pub fn frame(header: impl IntoView, content: impl IntoView) -> impl IntoView {
    view! {
        <header class="bar">
            <a class="brand" href="." translate="no"><Mark /> "Stagedoor"</a>
            {header}
        </header>
        <main id="main" tabindex="-1">{content}</main>
        <Footer />
    }
}

/// The links to the pages of those who are signed in.
#[component]
pub fn Navigation() -> impl IntoView {
    let is_active = Session::from_context().is_active();
    let pathname = use_location().pathname;
    let link = move |path: &'static str, text: &'static str| {
        let is_here =
            move || pathname.with(|here| here.trim_end_matches('/') == location::below_base(&format!("/{path}")));
        view! { <a href=path aria-current=move || if is_here() { "page" } else { "false" }>{text}</a> }
    };
    move || {
        if is_active.get() {
            view! { <nav class="pages" aria-label="Pages">{link("profile", "Profile")}{link("music", "Music")}{link("track", "Track")}</nav> }.into_any()
        } else {
            ().into_any()
        }
    }
}

/// The log-out button, for those who are signed in.
#[component]
pub fn LogOut() -> impl IntoView {
    let session = Session::from_context();
    let is_active = session.is_active();
    let go_to = use_go_to();
    move || {
        let go_to = go_to.clone();
        let leave = move |_| {
            session.log_out();
            go_to("/", Step::Replace);
        };
        if is_active.get() {
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

/// The footer.
#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer class="bar small">
            <p>"Runs in your browser alone: no server, no cookies. Not made or endorsed by Spotify."</p>
        </footer>
    }
}
