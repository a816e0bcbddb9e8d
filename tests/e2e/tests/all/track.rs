//! The look-up of a track.

use e2e::{Person, Stage, play};
use standin::{Fault, Place, TRACKS};

async fn looks_up(person: &mut Person, text: &str) {
    person.writes("Link, URI or ID of a track on Spotify", text).await;
    person.presses("Look it up").await;
}

async fn in_the_field(person: &mut Person) -> String {
    let value = person
        .script("return document.querySelector('#track').value", vec![])
        .await;
    value.as_str().expect("a text").to_owned()
}

async fn sees_the_first_track(person: &mut Person) {
    person.sees_heading("Kettle on a Quiet Sunday").await;
    person.sees_fact("Artists", "The Borrowed Umbrellas, Nora Pebble").await;
    person.sees_fact("Album", "Things Left on Trains").await;
    person.sees_fact("Length", "3:34").await;
    person.sees("link", "Open in Spotify").await;
    person.is_at(&format!("/track?id={}", TRACKS[0])).await;
}

#[test]
fn a_link_a_uri_and_an_id_lead_to_the_track() {
    for flow in ["implicit", "pkce"] {
        Stage::default().config("flow", flow).play(async |person| {
            person.logs_in_as_ada().await;
            person.clicks("link", "Look up a track").await;
            looks_up(
                person,
                &format!("https://open.spotify.com/intl-de/track/{}?si=x", TRACKS[0]),
            )
            .await;
            sees_the_first_track(person).await;
            looks_up(person, &format!("spotify:track:{}", TRACKS[1])).await;
            person.sees_heading("Seventeen Wrong Lifts").await;
            let typed = format!("spotify:track:{}", TRACKS[1]);
            assert_eq!(in_the_field(person).await, typed, "what was typed stays");
            person.sees_fact("Explicit", "Yes").await;
            person.sees_fact("Length", "1:02:03").await;
            person.reads("It can’t be played where you are.").await;
            person.goes_back().await;
            sees_the_first_track(person).await;
            assert_eq!(in_the_field(person).await, TRACKS[0], "the address comes first");
            person.reloads().await;
            sees_the_first_track(person).await;
            person.clicks("link", "Your profile").await;
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn a_log_in_on_the_way_comes_back_to_the_track() {
    play(async |person| {
        person.opens(&format!("/track?id={}", TRACKS[0])).await;
        person.reads("You will come back to this page").await;
        person.asks_to_log_in().await;
        person.agrees().await;
        sees_the_first_track(person).await;
        person
            .world
            .standin
            .inject(Place::Track, Fault::spotify_error(401, "The access token expired"));
        person.expects_console("401");
        person.reloads().await;
        person.is_told("Your session has ended").await;
        person.presses("Log in with Spotify").await;
        sees_the_first_track(person).await;
    });
}

#[test]
fn what_names_no_track_is_explained_as_it_is_typed() {
    play(async |person| {
        person.opens("/track").await;
        for (text, words) in [
            ("kettle", "22 letters and digits"),
            ("spotify:album:1standin0track0one0000", "something else than a track"),
            ("https://evil.example/track/1standin0track0one0000", "another site"),
        ] {
            person.writes("Link, URI or ID of a track on Spotify", text).await;
            person.sees_status(words).await;
        }
        person.presses("Look it up").await;
        person.is_at("/track").await;
        person.meets_no_barrier("a track that is none").await;
    });
}

#[test]
fn h4_a_track_that_does_not_exist_or_does_not_come_is_told() {
    play(async |person| {
        person.expects_console("404");
        person.expects_console("503");
        person.logs_in_as_ada().await;
        person.opens("/track?id=0000000000000000000000").await;
        person.sees_alert("Spotify does not know what was asked for").await;
        person
            .world
            .standin
            .inject(Place::Track, Fault::spotify_error(503, "x"));
        looks_up(person, TRACKS[0]).await;
        person.sees_alert("Its servers failed to answer").await;
        sees_the_first_track(person).await;
        person.meets_no_barrier("a track").await;
    });
}
