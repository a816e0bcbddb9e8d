//! A list of artists, tracks, plays or playlists, page by page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use stagedoor::ApiError;
use stagedoor::internals::browser::timer;
use stagedoor::internals::session::{Progress, RemoteCall, Session};
use stagedoor::spotify::{ListPage, NextPage};

use super::Allow;
use super::item::{Placeholders, item_view};
use super::shown::Shown;
use super::summary::summary;
use crate::browser::page;
use crate::browser::page::Heading;
use crate::components::{Failed, Resource, aria_bool, when};
use crate::context::use_app;
use crate::lists::LoadedList;

/// A page that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// The first one, in place of what is there.
    First,
    /// The one at this path.
    More(String),
}

/// How far the page is that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Load {
    /// No page is asked for.
    Idle,
    /// On its way.
    Loading,
    /// It failed, and is tried again.
    Retrying,
    /// It failed.
    Failed,
}

/// What the parts of a list share.
#[derive(Clone, Copy)]
struct ListState {
    shown: Shown,
    list: RwSignal<Option<LoadedList>>,
    wanted: RwSignal<Option<Wanted>>,
    load: RwSignal<Load>,
}

impl ListState {
    fn is_busy(self) -> bool {
        matches!(self.load.get(), Load::Loading | Load::Retrying)
    }

    fn wants(self, first: bool) -> bool {
        self.wanted.with(|wanted| {
            wanted
                .as_ref()
                .is_some_and(|wanted| (*wanted == Wanted::First) == first)
        })
    }

    /// Asks for a page, unless one is on its way. Returns whether it did.
    fn ask(self, wanted: Wanted) -> bool {
        let is_free = !untrack(move || self.is_busy());
        if is_free {
            self.load.set(Load::Loading);
            self.wanted.set(Some(wanted));
        }
        is_free
    }

    fn next(self) -> NextPage {
        self.list
            .with(|list| list.as_ref().map(|list| list.next.clone()).unwrap_or_default())
    }
}

/// The list of a view, page by page. What was pressed stays where it is until its page is there.
#[component]
pub(super) fn List(shown: Shown) -> impl IntoView {
    let state = ListState {
        shown,
        list: use_app().lists.list(&shown.path()).into(),
        wanted: RwSignal::new(None),
        load: RwSignal::new(Load::Idle),
    };
    if state.list.with_untracked(Option::is_none) {
        state.ask(Wanted::First);
    }
    let was_refreshed = RwSignal::new(false);
    let refresh = move |_| {
        if state.ask(Wanted::First) {
            was_refreshed.set(true);
        }
    };
    let refresh_status = move || match (was_refreshed.get() && !state.wants(false), state.load.get()) {
        (true, Load::Loading | Load::Retrying) => "Refreshing…",
        (true, Load::Idle) => "Refreshed.",
        _ => "",
    };
    let status = move || {
        let load = state.load.get();
        state.list.with(|list| match list {
            None if load == Load::Loading => "Loading…".to_owned(),
            None => String::new(),
            Some(_) if load == Load::Loading && state.wants(false) => "Loading more…".to_owned(),
            Some(list) => summary(shown.view, list),
        })
    };
    let has_more = Memo::new(move |_| matches!(state.next(), NextPage::At(_)));
    let show_more = move |_| {
        if let NextPage::At(path) = untrack(move || state.next())
            && state.ask(Wanted::More(path))
        {
            was_refreshed.set(false);
        }
    };
    let more = move || {
        when(has_more.get(), || {
            view! {
                <button class="main" type="button" aria-disabled=move || aria_bool(state.is_busy()) on:click=show_more>
                    "Show more"
                </button>
            }
            .into_any()
        })
    };
    view! {
        <section class="card list">
            <div class="actions">
                <h2 tabindex="-1" prop:textContent=shown.view.title()></h2>
                <span class="hint" role="status" prop:textContent=refresh_status></span>
                <button class="quiet" type="button" aria-disabled=move || aria_bool(state.is_busy()) on:click=refresh>
                    "Refresh"
                </button>
            </div>
            {move || when(state.wants(true), || view! { <Loader state=state /> }.into_any())}
            <Items state=state />
            <p class="hint" role="status" prop:textContent=status></p>
            <div class="actions">{more}</div>
            {move || when(state.wants(false), || view! { <Loader state=state /> }.into_any())}
        </section>
    }
}

#[component]
fn Items(state: ListState) -> impl IntoView {
    let view = state.shown.view;
    let is_waiting = Memo::new(move |_| state.list.with(Option::is_none) && state.load.get() == Load::Loading);
    let items = move || {
        state.list.with(|list| {
            let items = list.iter().flat_map(|list| &list.items).enumerate();
            items.map(|(index, item)| item_view(view, index, item)).collect_view()
        })
    };
    view! {
        <ol class=view.class() role="list">
            {items}
        </ol>
        {move || when(is_waiting.get(), || view! { <Placeholders view=view /> }.into_any())}
    }
}

/// Loads the page that is wanted, and says what goes wrong, where it was asked for.
#[component]
fn Loader(state: ListState) -> impl IntoView {
    let session = Session::from_context();
    let api_url = session
        .active_untracked()
        .map(|active| active.client.api_url.clone())
        .unwrap_or_default();
    let wanted = state.wanted.get_untracked();
    let path = match &wanted {
        Some(Wanted::More(path)) => path.clone(),
        _ => state.shown.path(),
    };
    let call = RemoteCall::<ListPage>::start(session, path.clone());
    let attempts = call.attempts;
    Effect::new(move |_| {
        let load = match attempts.progress() {
            Progress::Loading => Load::Loading,
            Progress::Waiting { .. } | Progress::Retrying(_) => Load::Retrying,
            Progress::Failed { .. } => Load::Failed,
            Progress::Done => Load::Idle,
        };
        // A live region may speak again what is set again.
        if state.load.get_untracked() != load {
            state.load.set(load);
        }
        if let Some(page) = call.value() {
            add(state, page, wanted.as_ref(), &path, &api_url);
        }
    });
    let failure = attempts.failure();
    Effect::new(move |_| {
        // The server may not say which one it is.
        if failure
            .with(|failure| matches!(failure, Some(failure) if matches!(failure.error, ApiError::MissingScope(_))))
        {
            session.note_missing(&state.shown.view.scopes());
        }
    });
    move || {
        let Some(failure) = failure.get() else {
            return ().into_any();
        };
        if failure.is_again() {
            page::follow_press(Heading::Result);
        }
        reveal_problem();
        match failure.error {
            ApiError::MissingScope(_) => view! { <Allow shown=state.shown /> }.into_any(),
            error => view! { <Failed attempts=attempts error=error resource=Resource::Part /> }.into_any(),
        }
    }
}

/// Adds a page to the list. The focus goes to the first item that "Show more" brought; where it brought none, it stays in the list.
fn add(state: ListState, page: ListPage, wanted: Option<&Wanted>, path: &str, api_url: &str) {
    let is_more = matches!(wanted, Some(Wanted::More(_)));
    let added = state.list.try_update(|list| {
        let mut loaded = list.take().filter(|_| is_more).unwrap_or_default();
        let before = loaded.items.len();
        loaded.add(page, path, api_url);
        let (count, has_more) = (loaded.items.len(), matches!(loaded.next, NextPage::At(_)));
        *list = Some(loaded);
        (before, count, has_more)
    });
    state.wanted.set(None);
    let Some((before, count, has_more)) = added else {
        return;
    };
    spawn_local(async move {
        timer::next_task().await;
        let last = count.checked_sub(1).map(|last| format!("#item-{last}"));
        if is_more && before < count {
            page::focus(&format!("#item-{before}"));
        } else if page::has_lost_focus() {
            page::focus(match (is_more, has_more) {
                (true, true) => ".list > .actions > .main",
                (true, false) => last.as_deref().unwrap_or(".list h2"),
                (false, _) => ".list h2",
            });
        }
    });
}

/// Scrolls as little as it takes to have the problem in view.
fn reveal_problem() {
    spawn_local(async {
        timer::next_task().await;
        page::reveal(".list .card");
    });
}
