//! What the person listens to: top artists and tracks, recently played, playlists. What is shown stands in the address, so that Back,
//! a reload and a log-in on the way lead to it again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use crate::browser::{clock, intl, page, timer};
use crate::components::{LoginButton, Resource, remote};
use crate::oauth::{ReturnPath, Scopes};
use crate::session::{LoadedList, Remote, RemoteCall, Session};
use crate::spotify::{ApiError, Image, ListItem, ListPage};

/// Width at which a picture is shown, in CSS pixels.
const PICTURE_WIDTH: u64 = 56;

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Artists,
    Tracks,
    Recent,
    Playlists,
}

const VIEWS: [View; 4] = [View::Artists, View::Tracks, View::Recent, View::Playlists];

impl View {
    /// As it stands in the address.
    fn name(self) -> &'static str {
        match self {
            Self::Artists => "artists",
            Self::Tracks => "tracks",
            Self::Recent => "recent",
            Self::Playlists => "playlists",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Artists => "Top artists",
            Self::Tracks => "Top tracks",
            Self::Recent => "Recently played",
            Self::Playlists => "Playlists",
        }
    }

    /// The scope that it takes.
    fn scope(self) -> &'static str {
        match self {
            Self::Artists | Self::Tracks => "user-top-read",
            Self::Recent => "user-read-recently-played",
            Self::Playlists => "playlist-read-private",
        }
    }

    /// What it would show, and why that takes a permission.
    fn purpose(self) -> &'static str {
        match self {
            Self::Artists => {
                "The artists that you listen to most would be here. Only you know them, so Spotify asks you first."
            }
            Self::Tracks => {
                "The tracks that you listen to most would be here. Only you know them, so Spotify asks you first."
            }
            Self::Recent => {
                "The tracks that you played last would be here. Only you know them, so Spotify asks you first."
            }
            Self::Playlists => "Your playlists would be here, the private ones as well, so Spotify asks you first.",
        }
    }

    fn has_range(self) -> bool {
        matches!(self, Self::Artists | Self::Tracks)
    }
}

/// The time that a top list is about: as it stands in the address, and in words. The second is the default.
const RANGES: [(&str, &str); 3] = [
    ("short_term", "Last four weeks"),
    ("medium_term", "Last six months"),
    ("long_term", "Last year"),
];
const DEFAULT_RANGE: usize = 1;

/// What the address asks for. Unknown values count as absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    view: View,
    /// The index of the range in [`RANGES`].
    range: usize,
}

impl Shown {
    fn of(show: Option<&str>, range: Option<&str>) -> Self {
        let view = VIEWS.into_iter().find(|view| Some(view.name()) == show);
        let index = RANGES.iter().position(|(name, _)| Some(*name) == range);
        Self {
            view: view.unwrap_or(View::Artists),
            range: index.unwrap_or(DEFAULT_RANGE),
        }
    }

    /// Its address, below the base path and without a leading slash.
    fn address(self) -> String {
        let range = match self.range {
            DEFAULT_RANGE => String::new(),
            range => format!("&range={}", RANGES[range].0),
        };
        let range = if self.view.has_range() { range } else { String::new() };
        format!("music?show={}{range}", self.view.name())
    }

    /// The path of the first page below the base URL of the Web API.
    fn path(self) -> String {
        match self.view {
            View::Artists | View::Tracks => format!("/me/top/{}?time_range={}", self.view.name(), RANGES[self.range].0),
            View::Recent => "/me/player/recently-played".to_owned(),
            View::Playlists => "/me/playlists".to_owned(),
        }
    }

    fn return_to(self) -> Option<ReturnPath> {
        ReturnPath::parse(&format!("/{}", self.address()))
    }
}

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

/// What a view is asking the Web API for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Request {
    /// The first page, in place of what is there.
    First,
    /// The page at this path.
    More(String),
}

#[component]
fn List(shown: Shown) -> impl IntoView {
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
                page::focus(&format!("#item-{index}"));
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

#[cfg(test)]
mod tests {
    use super::{DEFAULT_RANGE, Shown, VIEWS, View};

    #[test]
    fn without_anything_the_address_means_the_artists_of_six_months() {
        let default = Shown {
            view: View::Artists,
            range: DEFAULT_RANGE,
        };
        for (show, range) in [
            (None, None),
            (Some("x"), Some("y")),
            (Some(""), Some("")),
            (Some("Artists"), None),
        ] {
            assert_eq!(Shown::of(show, range), default, "{show:?} {range:?}");
        }
    }

    #[test]
    fn an_address_leads_to_what_it_was_made_for_and_back_after_a_log_in() {
        for view in VIEWS {
            for range in 0..3 {
                let shown = Shown { view, range };
                let address = shown.address();
                let pairs: Vec<_> = address.split_once('?').expect("a query").1.split('&').collect();
                let value = |name: &str| pairs.iter().find_map(|pair| pair.strip_prefix(name));
                let again = Shown::of(value("show="), value("range="));
                let expected = if view.has_range() {
                    shown
                } else {
                    Shown {
                        view,
                        range: DEFAULT_RANGE,
                    }
                };
                assert_eq!(again, expected, "{address}");
                assert!(shown.return_to().is_some(), "{address}");
            }
        }
    }

    #[test]
    fn the_range_is_asked_for_where_there_is_one() {
        let path = |view| Shown { view, range: 0 }.path();
        assert_eq!(path(View::Artists), "/me/top/artists?time_range=short_term");
        assert_eq!(path(View::Tracks), "/me/top/tracks?time_range=short_term");
        assert_eq!(path(View::Recent), "/me/player/recently-played");
        assert_eq!(path(View::Playlists), "/me/playlists");
    }
}
