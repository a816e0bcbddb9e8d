//! What the person listens to: top artists and tracks, recently played, playlists. What is shown stands in the address, so that Back,
//! a reload and a log-in on the way lead to it again.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::LoginButton;
use crate::oauth::Scopes;
use crate::session::Session;

mod list;
mod shown;

use list::List;
use shown::{DEFAULT_RANGE, RANGES, Shown, VIEWS};

/// The links to the views, and the view that the address asks for.
#[component]
pub fn MusicPage() -> impl IntoView {
    let session = Session::from_context();
    let is_active = session.is_active();
    let query = use_query_map();
    let shown = Memo::new(move |_| {
        let query = query.read();
        Shown::of(query.get_str("show"), query.get_str("range"))
    });
    let is_allowed = Memo::new(move |_| {
        session
            .active()
            .is_some_and(|active| active.scopes.contains(shown.get().view.scope()))
    });
    view! {
        <section class="card">
            <h1 tabindex="-1">"Your music"</h1>
            <Links shown=shown />
        </section>
        {move || {
            let shown = shown.get();
            if !is_active.get() {
                view! { <LogInFirst shown=shown /> }.into_any()
            } else if is_allowed.get() {
                view! { <List shown=shown /> }.into_any()
            } else {
                view! { <Allow shown=shown /> }.into_any()
            }
        }}
    }
}

#[component]
fn Links(shown: Memo<Shown>) -> impl IntoView {
    let link = move |target: Shown, text: &'static str, is_current: fn(Shown, Shown) -> bool| {
        let current = move || {
            if is_current(shown.get(), target) {
                "page"
            } else {
                "false"
            }
        };
        view! { <a class="button quiet" href=target.address() aria-current=current>{text}</a> }
    };
    let views = VIEWS.map(|view| {
        let target = Shown {
            view,
            range: DEFAULT_RANGE,
        };
        link(target, view.title(), |shown, target| shown.view == target.view)
    });
    let ranges = move || {
        let view = shown.get().view;
        if !view.has_range() {
            return ().into_any();
        }
        let ranges = RANGES.iter().enumerate().map(|(range, (_, words))| {
            link(Shown { view, range }, words, |shown, target| {
                shown.range == target.range
            })
        });
        view! { <nav class="actions" aria-label="Time">{ranges.collect_view()}</nav> }.into_any()
    };
    view! {
        <nav class="actions" aria-label="Views">{views.into_iter().collect_view()}</nav>
        {ranges}
    }
}

#[component]
fn LogInFirst(shown: Shown) -> impl IntoView {
    let session = Session::from_context();
    let scopes = Signal::derive(move || session.configured_scopes());
    view! {
        <section class="card">
            <p>"To see your music, log in. You will come back to this page."</p>
            <div class="actions"><LoginButton scopes=scopes return_to=shown.return_to() /></div>
        </section>
    }
}

/// A view whose permission was not granted: what it would show, and one step to it.
#[component]
fn Allow(shown: Shown) -> impl IntoView {
    let session = Session::from_context();
    let scopes = Signal::derive(move || {
        let granted = session.active().map(|active| active.scopes.clone()).unwrap_or_default();
        granted.and(&Scopes::parse(shown.view.scope()))
    });
    view! {
        <section class="card">
            <h2 tabindex="-1" prop:textContent=shown.view.title()></h2>
            <p prop:textContent=shown.view.purpose()></p>
            {(!untrack(move || session.is_stored())).then(|| view! {
                <p>"Your session lives in this page only, so it ends when you go to Spotify. You come back with a new one."</p>
            })}
            <div class="actions">
                <LoginButton scopes=scopes return_to=shown.return_to() label="Allow and show" />
            </div>
        </section>
    }
}
