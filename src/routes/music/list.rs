//! A list of artists, tracks, plays or playlists, page by page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Allow;
use super::shown::Shown;
use crate::browser::{clock, intl, page, timer};
use crate::components::{Resource, remote};
use crate::session::{LoadedList, Remote, RemoteCall, Session};
use crate::spotify::{ApiError, Image, ListItem, ListPage};

/// Width at which a picture is shown, in CSS pixels.
const PICTURE_WIDTH: u64 = 56;

/// What a view is asking the Web API for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Request {
    /// The first page, in place of what is there.
    First,
    /// The page at this path.
    More(String),
}

/// The list of a view, page by page.
#[component]
pub(super) fn List(shown: Shown) -> impl IntoView {
    let session = Session::from_context();
    let list = session.list(&shown.path());
    let request = RwSignal::new(list.with_untracked(Option::is_none).then_some(Request::First));
    let count = Memo::new({
        let list = list.clone();
        move |_| list.with(|list| list.as_ref().map(|list| list.items.len()))
    });
    let items = {
        let list = list.clone();
        move || {
            list.with(|list| {
                let items = list.iter().flat_map(|list| &list.items).enumerate();
                items.map(|(index, item)| item_view(index, item)).collect_view()
            })
        }
    };
    let next = {
        let list = list.clone();
        move || list.with(|list| list.as_ref().and_then(|list| list.next.clone()))
    };
    let more = move || match (next(), request.get()) {
        (Some(path), None) => {
            let press = move |_| request.set(Some(Request::More(path.clone())));
            view! { <button class="main" type="button" on:click=press>"Show more"</button> }.into_any()
        }
        _ => ().into_any(),
    };
    let status = move || match count.get() {
        None => String::new(),
        Some(0) => "There is nothing here yet.".to_owned(),
        Some(1) => "1 is shown.".to_owned(),
        Some(count) => format!("{count} are shown."),
    };
    let load = move || {
        match request.get() {
        Some(request_now) => view! { <Load shown=shown request=request_now list=list.clone() done=Callback::new(move |()| request.set(None)) /> }.into_any(),
        None => ().into_any(),
    }
    };
    view! {
        <section class="card list">
            <div class="actions">
                <h2 tabindex="-1" prop:textContent=shown.view.title()></h2>
                <button class="quiet" type="button" on:click=move |_| request.set(Some(Request::First))>"Refresh"</button>
            </div>
            <ol class="items" role="list">{items}</ol>
            <p class="hint" role="status" prop:textContent=status></p>
            <div class="actions">{more}</div>
        </section>
        {load}
    }
}

/// Loads a page into `list`, and says how far it is.
#[component]
fn Load(shown: Shown, request: Request, list: ArcRwSignal<Option<LoadedList>>, done: Callback<()>) -> impl IntoView {
    let session = Session::from_context();
    let api_url = session
        .active_untracked()
        .map(|active| active.client.api_url.clone())
        .unwrap_or_default();
    let path = match &request {
        Request::First => shown.path(),
        Request::More(path) => path.clone(),
    };
    let call = RemoteCall::<ListPage>::start(session, path);
    Effect::new(move |_| {
        let Remote::Ready(page) = call.state() else {
            return;
        };
        let first_new = list.try_update(|list| {
            let mut loaded = match request {
                Request::First => LoadedList::default(),
                Request::More(_) => list.take().unwrap_or_default(),
            };
            let first_new = loaded.items.len();
            loaded.add(page, &api_url);
            *list = Some(loaded);
            first_new
        });
        done.run(());
        if let (Request::More(_), Some(index)) = (&request, first_new) {
            spawn_local(async move {
                timer::next_task().await;
                // Where a page has no item that can be shown, the focus is on the button for the next one.
                page::focus(&format!("#item-{index}, .list .main"));
            });
        }
    });
    let is_forbidden = Memo::new(move |_| {
        matches!(
            call.state(),
            Remote::Failed {
                error: ApiError::MissingScope(_),
                ..
            }
        )
    });
    let progress = remote(
        call,
        Resource::Own,
        || view! { <section class="card wait" aria-busy="true"><p>"Loading…"</p></section> }.into_any(),
        |_| ().into_any(),
    );
    move || {
        if is_forbidden.get() {
            view! { <Allow shown=shown /> }.into_any()
        } else {
            progress()
        }
    }
}

/// An item: its picture, its name as a link to Spotify, and what else is known of it.
fn item_view(index: usize, item: &ListItem) -> AnyView {
    let picture = Image::at_least(page::device_pixels(PICTURE_WIDTH), &item.images).map(|image| image.url.clone());
    let picture = match picture {
        Some(url) => {
            view! { <img class="picture" src=url alt="" loading="lazy" referrerpolicy="no-referrer" /> }.into_any()
        }
        None => view! { <span class="picture" aria-hidden="true"></span> }.into_any(),
    };
    let name = item.name.clone().unwrap_or_else(|| "No name".to_owned());
    let translate = if item.name.is_some() { "no" } else { "yes" };
    let name = match item.page.clone() {
        Some(url) => {
            view! { <a href=url rel="external noreferrer" dir="auto" translate=translate prop:textContent=name></a> }
                .into_any()
        }
        None => view! { <span dir="auto" translate=translate prop:textContent=name></span> }.into_any(),
    };
    let artists = item.artists.join(", ");
    let played = item.played_at.as_deref().and_then(clock::parse);
    let detail = match (played, item.tracks) {
        (Some(at), _) => intl::time(at, clock::now_ms()),
        (_, Some(1)) => "1 track".to_owned(),
        (_, Some(tracks)) => format!("{} tracks", intl::number(tracks)),
        _ => String::new(),
    };
    view! {
        <li id=format!("item-{index}") tabindex="-1">
            {picture}
            <div>
                {name}
                <span class="hint" dir="auto" translate="no" prop:textContent=artists></span>
                <span class="hint" prop:textContent=detail></span>
            </div>
        </li>
    }
    .into_any()
}
