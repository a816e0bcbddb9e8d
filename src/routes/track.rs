//! The look-up of a track: a link, URI or ID is pasted, and the track is shown. What is looked up stands in the address, so
//! that Back, a reload and a log-in on the way lead to it again.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use stagedoor::ReturnPath;
use stagedoor::internals::session::{RemoteCall, Session};
use stagedoor::spotify::{Image, Track, TrackId, TrackIdError};

use crate::browser::page;
use crate::components::{
    LoginButton, Resource, Step, Wording, clock_text, fact, names_fact, no_autocorrect, remote, use_go_to, value_of,
};
use crate::messages;

/// The path of this page.
const PATH: &str = "/track";
/// Width at which the artwork is shown at most, in CSS pixels.
const ARTWORK_WIDTH: u64 = 300;

/// The path of the page for `id`.
fn path(id: &TrackId) -> String {
    format!("{PATH}?id={}", id.as_str())
}

/// The track that the values of `id` in the query name. Other parameters don't matter, however broken they are.
fn requested(ids: &[String]) -> Option<TrackId> {
    match ids {
        [id] => TrackId::parse(id).ok(),
        _ => None,
    }
}

/// What is shown before there is a session or the configuration.
#[component]
pub fn BeforeTrack() -> impl IntoView {
    view! { <section class="card"><Heading /></section> }
}

#[component]
fn Heading() -> impl IntoView {
    view! { <h1 tabindex="-1">"Look up a track"</h1> }
}

/// A field for the track, and the track that the address names.
#[component]
pub fn TrackPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| requested(&query.read().get_all("id").unwrap_or_default()));
    let is_active = Session::from_context().is_active();
    let result = move || match (wanted.get(), is_active.get()) {
        (Some(id), true) => view! { <Result id=id /> }.into_any(),
        (wanted, false) => view! { <LogInFirst wanted=wanted /> }.into_any(),
        (None, true) => ().into_any(),
    };
    view! {
        <section class="card">
            <Heading />
            <Question wanted=wanted />
        </section>
        {result}
        <p class="actions after"><a class="button" href="profile">"Your profile"</a></p>
    }
}

/// The field for the track. What is wrong is said as it is typed, and tied to the field; that it is empty, at a press. What was typed stays while it names the
/// track of the address; another address, as after Back, writes its own.
#[component]
fn Question(wanted: Memo<Option<TrackId>>) -> impl IntoView {
    let go_to = use_go_to();
    let field = NodeRef::new();
    let typed = RwSignal::new(String::new());
    let is_empty = RwSignal::new(false);
    Effect::new(move |_| {
        let wanted = wanted.get();
        if TrackId::parse(&typed.get_untracked()).ok() != wanted {
            typed.set(wanted.map(|id| id.as_str().to_owned()).unwrap_or_default());
        }
    });
    let wrong = move || match TrackId::parse(&typed.get()) {
        Err(TrackIdError::Empty) if !is_empty.get() => None,
        other => other.err().map(messages::track_id_error),
    };
    let look_up = move |event: SubmitEvent| {
        event.prevent_default();
        let text = value_of(field);
        let parsed = TrackId::parse(&text);
        is_empty.set(parsed == Err(TrackIdError::Empty));
        typed.set(text);
        if let Ok(id) = parsed {
            go_to(&path(&id), Step::Push);
        }
    };
    view! {
        <form class="question" on:submit=look_up>
            <label for="track">"Link, URI or ID of a track on Spotify"</label>
            <input
                id="track" type="text" autocomplete="off" autocapitalize="none" {..no_autocorrect()} spellcheck="false" aria-describedby="track-wrong"
                prop:value=move || typed.get()
                aria-invalid=move || if wrong().is_some() { "true" } else { "false" }
                node_ref=field
                on:input=move |_| {
                    is_empty.set(false);
                    typed.set(value_of(field));
                }
            />
            <p id="track-wrong" class="wrong" role="status" prop:textContent=move || wrong().unwrap_or_default()></p>
            <button class="main">"Look it up"</button>
        </form>
    }
}

#[component]
fn LogInFirst(wanted: Option<TrackId>) -> impl IntoView {
    let return_to = wanted.map_or_else(|| ReturnPath::parse(PATH), |id| ReturnPath::parse(&path(&id)));
    view! {
        <section class="card">
            <p>"To look up tracks, log in. You will come back to this page."</p>
            <div class="actions"><LoginButton return_to=return_to /></div>
        </section>
    }
}

#[component]
fn Result(id: TrackId) -> impl IntoView {
    let call = RemoteCall::<Track>::start(Session::from_context(), format!("/tracks/{}", id.as_str()));
    remote(
        call,
        Resource::LookUp,
        || {
            view! { <section class="card wait" aria-busy="true"><h2 tabindex="-1">"Looking it up…"</h2></section> }
                .into_any()
        },
        |track| view! { <Found track=track /> }.into_any(),
    )
}

/// The artwork, whole and unaltered. Its space is kept while it loads, and given back if it does not arrive.
#[component]
fn Artwork(url: String) -> impl IntoView {
    let is_broken = RwSignal::new(false);
    view! {
        <img
            class="artwork" src=url alt="" referrerpolicy="no-referrer"
            hidden=move || is_broken.get() on:error=move |_| is_broken.set(true)
        />
    }
}

/// The track.
#[component]
fn Found(track: Track) -> impl IntoView {
    let is_withdrawn = track.is_withdrawn();
    let width = page::device_pixels(ARTWORK_WIDTH);
    let artwork = Image::at_least(width, &track.images).map(|image| image.url.clone());
    let restriction = track.restriction.filter(|_| !is_withdrawn).map(messages::restriction);
    let link = track
        .page
        .map(|url| view! { <a class="button" href=url rel="external noreferrer">"Open in Spotify"</a> });
    view! {
        <section class="card person">
            {artwork.map(|url| view! { <Artwork url=url /> })}
            {if is_withdrawn {
                view! {
                    <h2 tabindex="-1">"No longer available"</h2>
                    <p>"Spotify has no details of this track any more. Try another one."</p>
                }.into_any()
            } else {
                view! { <h2 tabindex="-1" dir="auto" translate="no" prop:textContent=track.name></h2> }.into_any()
            }}
            <dl class="facts">
                {names_fact("Artists", &track.artists)}
                {fact("Album", track.album, Wording::Name)}
                {fact("Length", track.duration_ms.map(clock_text), Wording::Name)}
                {fact("Explicit", track.explicit.then(|| "Yes".to_owned()), Wording::Words)}
            </dl>
            {restriction.map(|words| view! { <p class="hint" prop:textContent=words></p> })}
            <div class="actions">{link}</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::{path, requested};
    use stagedoor::ReturnPath;

    const ID: &str = "1standin0track0one0000";

    #[test]
    fn t5_a_log_in_can_return_to_the_page_of_a_track() {
        let id = requested(&[ID.to_owned()]).expect("an id");
        assert_eq!(path(&id), format!("/track?id={ID}"));
        assert!(ReturnPath::parse(&path(&id)).is_some());
    }

    #[test]
    fn a_query_names_a_track_once_or_none() {
        assert!(requested(&[ID.to_owned()]).is_some());
        for other in [vec![], vec!["x".to_owned()], vec![ID.to_owned(), ID.to_owned()]] {
            assert_eq!(requested(&other), None, "{other:?}");
        }
    }
}
