//! Takes a picture of every state of the app, on a phone and on a desktop, light and dark:
//! `cargo run -p e2e --bin shots -- FOLDER`.

#![allow(clippy::expect_used, reason = "a tool for developers, who can read a panic")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use e2e::{FORGED_TOKEN, Person, Stage};
use serde_json::json;
use standin::{Fault, Implicit, Place, TRACKS};

const SCREENS: [(&str, u32, u32); 2] = [("phone", 390, 844), ("desktop", 1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];

fn main() {
    let folder = PathBuf::from(env::args().nth(1).expect("the folder for the pictures"));
    fs::create_dir_all(&folder).expect("a folder that can be made");
    outside(&folder);
    answers(&folder);
    profiles(&folder);
    faults(&folder);
    notices(&folder);
}

/// Pictures of what is on the screen now.
async fn pictures(person: &mut Person, folder: &Path, state: &str) {
    for (screen, width, height) in SCREENS {
        person.has_a_screen(width, height).await;
        for scheme in SCHEMES {
            person.prefers(&[("prefers-color-scheme", scheme)]).await;
            person.waits_for_a_frame().await;
            let picture = person.takes_a_picture().await;
            let file = folder.join(format!("{state}-{screen}-{scheme}.png"));
            fs::write(&file, picture).expect("a file that can be written");
        }
    }
    println!("{state}");
}

/// Before anybody is signed in.
fn outside(folder: &Path) {
    Stage::default().rehearse(async |person| {
        person.opens("/").await;
        person.sees_button("Log in with Spotify").await;
        pictures(person, folder, "log-in").await;
        person
            .clicks(
                "summary",
                "Is this your app? How it logs in, and the redirect URI to register",
            )
            .await;
        pictures(person, folder, "log-in-details").await;
        person.opens("/track").await;
        person.writes("Link, URI or ID of a track on Spotify", "kettle").await;
        pictures(person, folder, "track-wrong").await;
        person.opens("/nowhere").await;
        person.sees_heading("There is no such page").await;
        pictures(person, folder, "not-found").await;
        person.opens("/callback").await;
        person.sees_heading("Nothing to finish here").await;
        pictures(person, folder, "nothing-to-finish").await;
        let there = person.world.site.named_origin();
        person.opens_url(&there).await;
        person.sees_alert("localhost").await;
        pictures(person, folder, "localhost").await;
        person
            .world
            .site
            .set_config(&json!({ "client_id": 5, "colour": "green", "api_url": "http://api.example" }));
        person.opens("/").await;
        person.sees_alert("colour").await;
        pictures(person, folder, "broken-config").await;
        person.world.site.set_config(&json!({}));
        person.opens("/").await;
        person.sees_heading("Four steps to your first log-in").await;
        pictures(person, folder, "set-up").await;
        person.writes("Client ID", "0123456789abcdef").await;
        person.presses("Try it in this tab").await;
        person.sees_button("Stop trying it").await;
        pictures(person, folder, "trial").await;
        person.world.site.holds_back("config.json");
        person.opens("/callback?error=access_denied").await;
        person.sees_heading("Signing you in…").await;
        pictures(person, folder, "signing-in").await;
        person.world.site.lets_go();
        person.world.site.holds_back(".wasm");
        for (path, state) in [("/", "before-the-app"), ("/profile", "before-the-profile")] {
            person.opens(path).await;
            pictures(person, folder, state).await;
        }
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        pictures(person, folder, "pressed-before-the-app").await;
        person.sees_alert("longer than it should").await;
        pictures(person, folder, "late").await;
        person.world.site.lets_go();
        person.blocks(&["*.wasm"]).await;
        person.opens("/").await;
        person.sees_alert("has stopped working").await;
        pictures(person, folder, "failure").await;
    });
}

/// What can come back from a log-in.
fn answers(folder: &Path) {
    Stage::default().rehearse(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        pictures(person, folder, "consent").await;
        person.cancels().await;
        person.sees_heading("You said no").await;
        pictures(person, folder, "denied").await;
        person
            .opens(&format!(
                "/callback#access_token={FORGED_TOKEN}&token_type=Bearer&state=x"
            ))
            .await;
        person.sees_heading("This log-in was not started here").await;
        pictures(person, folder, "forged").await;
        let odd = "?error=teapot&error_description=I+am+short+and+stout&state={state}";
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(odd.to_owned()));
        person.presses("Log in with Spotify").await;
        person.sees_heading("Spotify refused the log-in").await;
        pictures(person, folder, "refused").await;
        person.logs_in_as_ada().await;
        let again = format!("/callback{}", person.world.last_response());
        person.opens(&again).await;
        person.sees_heading("This log-in is finished already").await;
        pictures(person, folder, "replayed").await;
        person.logs_out().await;
        pictures(person, folder, "logged-out").await;
        person.world.standin.set_implicit(Implicit::Refused);
        person.presses("Log in with Spotify").await;
        person
            .sees_heading("Spotify no longer offers this kind of log-in")
            .await;
        pictures(person, folder, "implicit-ended").await;
    });
}

/// Who can be signed in.
fn profiles(folder: &Path) {
    let long = format!("Ada {} Example", "Wolfeschlegelsteinhausenbergerdorff".repeat(12));
    let states = [
        (
            "profile-full",
            json!({ "id": "ada", "display_name": "Ada Example", "email": "ada@example.com", "country": "SE",
            "product": "premium", "followers": { "total": 1234 },
            "external_urls": { "spotify": "https://open.spotify.com/user/ada" } }),
        ),
        ("profile-minimal", json!({ "id": "ada" })),
        (
            "profile-long-name",
            json!({ "id": "ada", "display_name": long, "email": "ada@example.com" }),
        ),
        (
            "profile-right-to-left",
            json!({ "id": "ada", "display_name": "ملكة الليل", "country": "EG" }),
        ),
    ];
    Stage::default().rehearse(async |person| {
        person.logs_in().await;
        for (state, someone) in states {
            person.world.standin.set_person(someone);
            person.reloads().await;
            person.sees_fact("Spotify ID", "ada").await;
            pictures(person, folder, state).await;
        }
        person.clicks("summary", "For developers").await;
        pictures(person, folder, "developers").await;
        person.opens(&format!("/track?id={}", TRACKS[0])).await;
        person.sees_heading("Kettle on a Quiet Sunday").await;
        pictures(person, folder, "track").await;
        let fewer = "#access_token={token}&token_type=Bearer&scope=user-read-private&state={state}";
        person.logs_out().await;
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(fewer.to_owned()));
        person.presses("Log in with Spotify").await;
        person.clicks("link", "Your profile").await;
        person.sees_button("Ask for it again").await;
        pictures(person, folder, "not-granted").await;
    });
}

/// What can go wrong once signed in.
fn faults(folder: &Path) {
    let states = [
        (
            "waiting",
            Fault::too_many_requests(Some(60)),
            "Spotify asks for a break",
        ),
        (
            "quota",
            Fault::too_many_requests(Some(48_925)),
            "Spotify asks for a break",
        ),
        ("failed", Fault::plain(200, "<html>"), "The answer could not be read"),
        (
            "forbidden",
            Fault::spotify_error(403, "Forbidden"),
            "Not available to this app",
        ),
        (
            "missing-scope",
            Fault::spotify_error(403, "Insufficient client scope"),
            "A permission is missing",
        ),
        ("loading", Fault::Hang, "Loading your profile…"),
    ];
    Stage::default().rehearse(async |person| {
        person.logs_in_as_ada().await;
        for (state, fault, heading) in states {
            person.world.standin.inject(Place::Me, fault);
            person.reloads().await;
            person.sees_heading(heading).await;
            pictures(person, folder, state).await;
        }
    });
}

/// What is said about the session itself.
fn notices(folder: &Path) {
    Stage::default().rehearse(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.sets_the_clock(3525).await;
        person.sees_status("less than a minute").await;
        pictures(person, folder, "ending").await;
        person.sets_the_clock(4000).await;
        person.is_told("its time was up").await;
        pictures(person, folder, "expired").await;
        person.sets_the_clock(0).await;
        person.world.standin.inject(Place::Me, Fault::plain(401, ""));
        person.presses("Log in with Spotify").await;
        person.is_told("no longer accepts").await;
        pictures(person, folder, "rejected").await;
    });
}
