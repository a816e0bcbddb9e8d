//! What the person listens to: top artists and tracks, recently played, playlists. What is shown stands in the address, so that Back,
//! a reload and a log-in on the way lead to it again.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use stagedoor::Scopes;
use stagedoor::internals::browser::{IN_BROWSER, timer};
use stagedoor::internals::session::Session;

use crate::browser::page;
use crate::components::{LoginButton, when};

mod item;
mod list;
mod shown;
mod summary;

use item::Placeholders;
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
    let granted = move |scopes: Scopes| {
        let active = session.active();
        active.is_some_and(|active| scopes.missing_from(&active.scopes).is_empty())
    };
    let is_allowed = Memo::new(move |_| granted(Scopes::parse(shown.get().view.scope())));
    let is_complete = Memo::new(move |_| granted(shown.get().view.scopes()));
    view! {
        <Views shown=shown />
        {move || {
            let shown = shown.get();
            if !is_active.get() {
                view! { <LogInFirst shown=shown /> }.into_any()
            } else if is_allowed.get() {
                view! {
                    <List shown=shown />
                    {move || when(!is_complete.get(), || view! { <AllowMore shown=shown /> }.into_any())}
                }
                .into_any()
            } else {
                view! { <Allow shown=shown /> }.into_any()
            }
        }}
    }
}

/// What is shown before there is a session or the configuration; the space of a list, by the style, where this tab has stored a session.
#[component]
pub fn BeforeMusic() -> impl IntoView {
    let shown = Shown::of(None, None);
    view! {
        <Views shown=Memo::new(move |_| shown) />
        <section class="card list" aria-hidden="true">
            <div class="actions"><h2 prop:textContent=shown.view.title()></h2></div>
            <Placeholders view=shown.view />
        </section>
    }
}

/// The heading of the page, with the links to the views.
#[component]
fn Views(shown: Memo<Shown>) -> impl IntoView {
    view! {
        <section class="card music">
            <h1 tabindex="-1">"Your music"</h1>
            <Links shown=shown />
        </section>
    }
}

#[component]
fn Links(shown: Memo<Shown>) -> impl IntoView {
    if IN_BROWSER {
        let reveal = || page::reveal_in_line(".segments [aria-current=page]");
        Effect::new(move |_| {
            shown.track();
            spawn_local(async move {
                timer::next_task().await;
                reveal();
            });
        });
        let resized = window_event_listener(ev::resize, move |_| reveal());
        on_cleanup(move || resized.remove());
    }
    let link = move |target: Shown, text: &'static str, is_current: fn(Shown, Shown) -> bool| {
        let current = move || {
            if is_current(shown.get(), target) {
                "page"
            } else {
                "false"
            }
        };
        view! { <a href=target.address() aria-current=current>{text}</a> }
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
        view! { <nav class="segments" aria-label="Time">{ranges.collect_view()}</nav> }.into_any()
    };
    view! {
        <nav class="segments" aria-label="Views">{views.into_iter().collect_view()}</nav>
        {ranges}
    }
}

#[component]
fn LogInFirst(shown: Shown) -> impl IntoView {
    view! {
        <section class="card">
            <p>"To see your music, log in. You will come back to this page."</p>
            <div class="actions"><LoginButton return_to=shown.return_to() /></div>
        </section>
    }
}

/// A view whose permission was not granted: what it would show, and one step to it.
#[component]
fn Allow(shown: Shown) -> impl IntoView {
    view! {
        <section class="card">
            <h2 tabindex="-1" prop:textContent=shown.view.title()></h2>
            <p prop:textContent=shown.view.purpose()></p>
            <AllowButton shown=shown />
        </section>
    }
}

/// What a list does not show because a permission was not granted that it does without.
#[component]
fn AllowMore(shown: Shown) -> impl IntoView {
    view! {
        <section class="card">
            <p>"Playlists that you make with others are not in this list: that takes one more permission."</p>
            <AllowButton shown=shown />
        </section>
    }
}

/// Asks for what was granted so far and what the view is about. Says so where Spotify was asked before and did not give it.
#[component]
fn AllowButton(shown: Shown) -> impl IntoView {
    let session = Session::from_context();
    let scopes = Signal::derive(move || {
        let granted = session.active().map(|active| active.scopes.clone()).unwrap_or_default();
        granted.and(&shown.view.scopes())
    });
    let was_asked = move || {
        session.active().is_some_and(|active| {
            let missing = shown.view.scopes().missing_from(&active.scopes);
            missing.missing_from(&active.requested_scopes).is_empty()
        })
    };
    view! {
        {when(untrack(was_asked), || view! {
            <p role="alert">
                "Spotify was asked for this permission and did not give it. At the next press it shows its own page in any case, where \
                 you can agree."
            </p>
        }.into_any())}
        {when(!untrack(move || session.is_stored()), || view! {
            <p>"Your session lives in this page only, so it ends when you go to Spotify. You come back with a new one."</p>
        }.into_any())}
        <div class="actions">
            <LoginButton scopes=scopes return_to=shown.return_to() label="Allow and show" />
        </div>
    }
}
