//! Looking up a track.

use std::net::TcpListener;

use e2e::{Host, Scenario, User, run};
use serde_json::json;
use standin::{Endpoint, Fault, TRACKS};

async fn looks_up_track(user: &mut User, text: &str) {
    user.fills_in("Link, URI or ID of a track on Spotify", text).await;
    user.presses("Look it up").await;
}

async fn field_value(user: &mut User) -> String {
    user.sees("textbox", "Link, URI or ID of a track on Spotify").await;
    let value = user
        .script("return document.querySelector('#track').value", vec![])
        .await;
    value.as_str().expect("a text").to_owned()
}

async fn sees_the_first_track(user: &mut User) {
    user.sees_heading("Kettle on a Quiet Sunday").await;
    user.sees_fact("Artists", "The Borrowed Umbrellas, Nora Pebble").await;
    user.sees_fact("Album", "Things Left on Trains").await;
    user.sees_fact("Length", "3:34").await;
    user.sees("link", "Open in Spotify").await;
    user.is_at(&format!("/track?id={}", TRACKS[0])).await;
}

#[test]
fn a_link_a_uri_and_an_id_find_the_track() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.logs_in_as_ada().await;
            user.clicks("link", "Look up a track").await;
            looks_up_track(
                user,
                &format!("https://open.spotify.com/intl-de/track/{}?si=x", TRACKS[0]),
            )
            .await;
            sees_the_first_track(user).await;
            looks_up_track(user, &format!("spotify:track:{}", TRACKS[1])).await;
            user.sees_heading("Seventeen Wrong Lifts").await;
            let typed = format!("spotify:track:{}", TRACKS[1]);
            assert_eq!(field_value(user).await, typed, "the field keeps what was typed");
            user.sees_fact("Explicit", "Yes").await;
            user.sees_fact("Length", "1:02:03").await;
            user.sees_text("It can’t be played where you are.").await;
            user.goes_back().await;
            sees_the_first_track(user).await;
            assert_eq!(field_value(user).await, TRACKS[0], "the field follows the address");
            user.reloads().await;
            sees_the_first_track(user).await;
            user.clicks("link", "Your profile").await;
            user.sees_heading("Ada Example").await;
        });
    }
}

/// The session ends on the page of the first track; the next log-in leads back there.
async fn loses_the_session_and_logs_in_again(user: &mut User) {
    user.env
        .standin
        .inject(Endpoint::Track, Fault::spotify_error(401, "The access token expired"));
    user.expects_console_message("401");
    user.reloads().await;
    user.sees_notice("Your session has ended").await;
    user.presses("Log in with Spotify").await;
    sees_the_first_track(user).await;
}

#[test]
fn a_log_in_returns_to_the_track() {
    run(async |user| {
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.sees_text("You will come back to this page").await;
        user.starts_log_in().await;
        user.agrees().await;
        sees_the_first_track(user).await;
        loses_the_session_and_logs_in_again(user).await;
    });
}

#[test]
fn a_log_in_on_the_start_page_returns_to_the_track_that_was_open() {
    run(async |user| {
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.sees_text("You will come back to this page").await;
        user.clicks("link", "Stagedoor").await;
        user.sees_heading("Log in to see your Spotify profile").await;
        user.starts_log_in().await;
        user.agrees().await;
        sees_the_first_track(user).await;
    });
}

/// Parameters that links pick up on their way.
const FOREIGN: [&str; 4] = ["utm_campaign=50%", "q=caf%E9", "utm_source=a&utm_source=b", "%=%"];

#[test]
fn d3_foreign_parameters_do_not_matter_however_broken_they_are() {
    run(async |user| {
        for parameters in FOREIGN {
            let path = format!("/track?id={}&{parameters}", TRACKS[0]);
            user.env.standin.forget_consent();
            user.opens(&path).await;
            assert_eq!(field_value(user).await, TRACKS[0], "{parameters}");
            user.starts_log_in().await;
            user.agrees().await;
            user.sees_heading("Kettle on a Quiet Sunday").await;
            user.opens(&path).await;
            user.sees_heading("Kettle on a Quiet Sunday").await;
            user.logs_out().await;
        }
    });
}

#[test]
fn d3_a_host_that_adds_slashes_keeps_the_track_to_return_to() {
    Scenario::default().host(Host::AddsSlashes).run(async |user| {
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.is_at(&format!("/track/?id={}", TRACKS[0])).await;
        user.starts_log_in().await;
        user.agrees().await;
        sees_the_first_track(user).await;
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        user.is_at(&format!("/track/?id={}", TRACKS[0])).await;
        loses_the_session_and_logs_in_again(user).await;
    });
}

#[test]
fn after_back_and_forward_a_look_up_changes_page_and_address() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.clicks("link", "Look up a track").await;
        looks_up_track(user, TRACKS[0]).await;
        sees_the_first_track(user).await;
        looks_up_track(user, TRACKS[1]).await;
        user.sees_heading("Seventeen Wrong Lifts").await;
        user.goes_back().await;
        sees_the_first_track(user).await;
        user.goes_forward().await;
        user.sees_heading("Seventeen Wrong Lifts").await;
        looks_up_track(user, TRACKS[0]).await;
        sees_the_first_track(user).await;
        user.goes_back().await;
        user.sees_heading("Seventeen Wrong Lifts").await;
        user.is_at(&format!("/track?id={}", TRACKS[1])).await;
    });
}

#[test]
fn after_back_and_forward_a_link_changes_page_and_address() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.clicks("link", "Look up a track").await;
        user.is_at("/track").await;
        user.clicks("link", "Your profile").await;
        user.is_at("/profile").await;
        user.clicks("link", "Look up a track").await;
        user.is_at("/track").await;
        user.goes_back().await;
        user.sees_heading("Ada Example").await;
        user.goes_forward().await;
        user.sees_heading("Look up a track").await;
        user.clicks("link", "Your profile").await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
        user.goes_back().await;
        user.sees_heading("Look up a track").await;
        user.is_at("/track").await;
    });
}

#[test]
fn an_invalid_track_is_explained_while_typing() {
    run(async |user| {
        user.opens("/track").await;
        for (text, message) in [
            ("kettle", "22 letters and digits"),
            ("spotify:album:1standin0track0one0000", "something else than a track"),
            ("https://evil.example/track/1standin0track0one0000", "another site"),
            ("https://spotify.link/x", "short link"),
        ] {
            user.fills_in("Link, URI or ID of a track on Spotify", text).await;
            user.sees_status(message).await;
        }
        user.presses("Look it up").await;
        user.is_at("/track").await;
        user.passes_axe("an invalid track").await;
    });
}

#[test]
fn h5_a_withdrawn_track_is_called_that() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let withdrawn = json!({ "name": "", "artists": [{ "name": "" }], "album": { "name": "" }, "duration_ms": 0 });
        user.env.standin.inject(Endpoint::Track, Fault::json(200, &withdrawn));
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.sees_heading("No longer available").await;
        user.sees_text("no details of this track any more").await;
        user.sees_none("term").await;
        user.passes_axe("a withdrawn track").await;
    });
}

#[test]
fn h4_a_missing_track_and_a_server_error_are_reported() {
    run(async |user| {
        user.expects_console_message("404");
        user.expects_console_message("503");
        user.logs_in_as_ada().await;
        user.opens("/track?id=0000000000000000000000").await;
        user.sees_alert("Spotify does not know what was asked for").await;
        user.sees_no("button", "Try again").await;
        user.env.standin.inject(Endpoint::Track, Fault::spotify_error(503, "x"));
        looks_up_track(user, TRACKS[0]).await;
        user.sees_alert("Its servers failed to answer").await;
        sees_the_first_track(user).await;
        user.passes_axe("a track").await;
    });
}

#[test]
fn b5_a_field_that_was_filled_without_an_event_is_read_at_the_press() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/track").await;
        user.presses("Look it up").await;
        user.sees_status("Paste a link, URI or ID of a track first").await;
        let fill = "document.querySelector('#track').value = arguments[0]";
        user.script(fill, vec![json!(format!("spotify:track:{}", TRACKS[0]))])
            .await;
        user.presses("Look it up").await;
        sees_the_first_track(user).await;
        user.sees_no("status", "Paste a link, URI or ID of a track first.")
            .await;
        user.fills_in("Link, URI or ID of a track on Spotify", " ").await;
        user.sees_no("status", "Paste a link, URI or ID of a track first.")
            .await;
    });
}

/// The height of the artwork and the URL of its file.
async fn artwork(user: &mut User) -> (f64, String) {
    user.waits_for_element(".artwork").await;
    let script =
        "const image = document.querySelector('.artwork'); return [image.getBoundingClientRect().height, image.src]";
    serde_json::from_value(user.script(script, vec![]).await).expect("a height and a URL")
}

#[test]
fn artwork_is_sized_for_the_screen_keeps_its_room_and_gives_it_back() {
    // The leak check knows no other host of pictures than Spotify's.
    Scenario::default().run_without_leak_check(async |user| {
        user.expects_console_message("net::ERR");
        user.logs_in_as_ada().await;
        // Accepts connections and leaves them without an answer, until it is dropped.
        let host = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let origin = format!("https://{}", host.local_addr().expect("an address"));
        let image = |width: u32| json!({ "url": format!("{origin}/{width}.jpg"), "width": width, "height": width });
        let track =
            json!({ "name": "Kettle", "album": { "name": "Tea", "images": [image(640), image(300), image(64)] } });
        user.env
            .standin
            .inject_always(Endpoint::Track, Fault::json(200, &track));
        for (density, width) in [(1, 300), (2, 640), (3, 640)] {
            user.uses_screen_of_density(density).await;
            user.opens(&format!("/track?id={}", TRACKS[0])).await;
            let (height, url) = artwork(user).await;
            assert!(height > 250.0, "{height}");
            assert_eq!(url, format!("{origin}/{width}.jpg"));
        }
        drop(host);
        user.waits_for_element(".artwork[hidden]").await;
        assert!(artwork(user).await.0 < 1.0);
    });
}
