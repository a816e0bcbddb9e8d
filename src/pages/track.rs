//! The look-up of a track: a link, URI or ID is pasted, and the track is shown. What is looked up stands in the address, so
//! that Back, a reload and a log-in on the way lead to it again.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::trouble::{Failed, Waiting};
use crate::components::{Address, Link, LogInButton, Step, clock_text};
use crate::messages;
use crate::oauth::{ReturnPath, pairs};
use crate::route::Route;
use crate::session::{Remote, RemoteCall, Session};
use crate::spotify::{Image, Track, TrackId};

/// Width at which the artwork is shown, in device pixels of a sharp screen.
const PIXELS: u64 = 300;

/// The path of the page for `id`.
fn path(id: &TrackId) -> String {
    format!("{}?id={}", Route::Track.path(), id.as_str())
}

/// The track that a query names, once. Other parameters are none of our business, broken or not.
fn named(query: &str) -> Option<TrackId> {
    let mut ids = pairs(query).filter_map(|(name, value)| name.is_ok_and(|name| name == "id").then_some(value));
    match (ids.next(), ids.next()) {
        (Some(id), None) => TrackId::parse(&id.ok()?).ok(),
        _ => None,
    }
}

/// The page.
#[component]
pub fn TrackPage(session: Session, address: Address) -> impl IntoView {
    let wanted = Memo::new(move |_| named(&address.query()));
    let signed_in = session.is_active();
    let result = move || match (wanted.get(), signed_in.get()) {
        (Some(id), true) => view! { <Result session=session id=id /> }.into_any(),
        (wanted, false) => view! { <LogInFirst session=session wanted=wanted /> }.into_any(),
        (None, true) => ().into_any(),
    };
    view! {
        <section class="card">
            <h1 tabindex="-1">"Look up a track"</h1>
            <Question address=address wanted=wanted />
        </section>
        {result}
        <p class="actions after">
            <Link address=address to=Route::Profile>"Your profile"</Link>
        </p>
    }
}

/// Where the track is named. What is wrong is said as it is typed, and tied to the field. What was typed stays while it names
/// the track of the address; another address, as after a step back, writes its own.
#[component]
fn Question(address: Address, wanted: Memo<Option<TrackId>>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        let wanted = wanted.get();
        if TrackId::parse(&typed.get_untracked()).ok() != wanted {
            typed.set(wanted.map(|id| id.as_str().to_owned()).unwrap_or_default());
        }
    });
    let wrong = move || TrackId::parse(&typed.get()).err().and_then(messages::track_id_error);
    let look_up = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(id) = TrackId::parse(&typed.get_untracked()) {
            address.go(&path(&id), Step::Forward);
        }
    };
    view! {
        <form class="question" on:submit=look_up>
            <label for="track">"Link, URI or ID of a track on Spotify"</label>
            <input
                id="track" type="text" autocomplete="off" aria-describedby="track-wrong"
                prop:value=move || typed.get()
                aria-invalid=move || if wrong().is_some() { "true" } else { "false" }
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <p id="track-wrong" class="wrong" role="status">{move || wrong().unwrap_or_default()}</p>
            <button class="main">"Look it up"</button>
        </form>
    }
}

#[component]
fn LogInFirst(session: Session, wanted: Option<TrackId>) -> impl IntoView {
    let back = wanted.as_ref().and_then(|id| ReturnPath::parse(&path(id)));
    let back = back
        .or_else(|| ReturnPath::parse(Route::Track.path()))
        .unwrap_or_default();
    let scopes = RwSignal::new(session.configured_scopes());
    view! {
        <section class="card">
            <p>"Spotify tells only people who are logged in. You will come back to this page."</p>
            <div class="actions"><LogInButton session=session scopes=scopes return_to=back /></div>
        </section>
    }
}

#[component]
fn Result(session: Session, id: TrackId) -> impl IntoView {
    let call = RemoteCall::<Track>::start(session, format!("/tracks/{}", id.as_str()));
    move || match call.state() {
        Remote::Loading => view! {
            <section class="card wait" aria-busy="true"><h2>"Looking it up…"</h2></section>
        }
        .into_any(),
        Remote::Ready(track) => view! { <Found track=track /> }.into_any(),
        Remote::Waiting { error, until } => {
            view! { <Waiting session=session error=error until=until again=move || call.again() /> }.into_any()
        }
        Remote::Failed { error, not_before } => {
            view! { <Failed session=session error=error not_before=not_before again=move || call.again() /> }.into_any()
        }
    }
}

/// The track. The artwork is shown whole and unaltered.
#[component]
fn Found(track: Track) -> impl IntoView {
    let artwork = Image::at_least(PIXELS, &track.images).map(|image| image.url.clone());
    let fact = |term: &'static str, text: Option<String>| {
        text.map(|text| view! { <div><dt>{term}</dt><dd dir="auto">{text}</dd></div> })
    };
    let link = track
        .page
        .map(|url| view! { <a class="button" href=url rel="noreferrer">"Open in Spotify"</a> });
    view! {
        <section class="card person">
            {artwork.map(|url| view! { <img class="artwork" src=url alt="" referrerpolicy="no-referrer" /> })}
            <h2 dir="auto">{track.name}</h2>
            <dl class="facts">
                {fact("Artists", (!track.artists.is_empty()).then(|| track.artists.join(", ")))}
                {fact("Album", track.album)}
                {fact("Length", track.duration_ms.map(clock_text))}
                {fact("Explicit", track.explicit.then(|| "Yes".to_owned()))}
            </dl>
            {(!track.is_playable).then(|| view! { <p class="hint">"It can’t be played where you are."</p> })}
            <div class="actions">{link}</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::{named, path};
    use crate::oauth::ReturnPath;

    #[test]
    fn t5_the_page_of_a_track_can_be_come_back_to() {
        let id = named("?id=1standin0track0one0000").expect("an id");
        assert_eq!(path(&id), "/track?id=1standin0track0one0000");
        assert!(ReturnPath::parse(&path(&id)).is_some());
        for extra in ["utm_campaign=50%", "q=caf%E9", "utm=a&utm=b", "%=1"] {
            assert_eq!(
                named(&format!("?id=1standin0track0one0000&{extra}")),
                Some(id.clone()),
                "{extra}"
            );
        }
        for other in [
            "",
            "?id=%",
            "?id=x",
            "?id=1standin0track0one0000&id=x",
            "?track=1standin0track0one0000",
        ] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
