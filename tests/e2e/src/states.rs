//! Every state that people can meet, one after the other: to be photographed, and to be searched for barriers.

use serde_json::json;
use standin::{Fault, Implicit, Place, TRACKS};

use crate::{FORGED_TOKEN, Person, Stage};

/// Before anybody is signed in.
pub fn outside(look: &impl AsyncFn(&mut Person, &str)) {
    Stage::default().rehearse(async |person| {
        person.opens("/").await;
        person.sees_button("Log in with Spotify").await;
        look(person, "log-in").await;
        person
            .clicks(
                "summary",
                "Is this your app? How it logs in, and the redirect URI to register",
            )
            .await;
        person.sees_button("Copy the redirect URI").await;
        look(person, "log-in-details").await;
        person.opens("/track").await;
        person.writes("Link, URI or ID of a track on Spotify", "kettle").await;
        look(person, "track-wrong").await;
        person.opens("/nowhere").await;
        person.sees_heading("There is no such page").await;
        look(person, "not-found").await;
        person.opens("/callback").await;
        person.sees_heading("Nothing to finish here").await;
        look(person, "nothing-to-finish").await;
        let there = person.world.site.named_origin();
        person.opens_url(&there).await;
        person.sees_alert("localhost").await;
        look(person, "localhost").await;
        person
            .world
            .site
            .set_config(&json!({ "client_id": 5, "colour": "green", "api_url": "http://api.example" }));
        person.opens("/").await;
        person.sees_alert("colour").await;
        look(person, "broken-config").await;
        person.world.site.set_config(&json!({}));
        person.opens("/").await;
        person.sees_heading("Four steps to your first log-in").await;
        look(person, "set-up").await;
        person.writes("Client ID", "0123456789abcdef").await;
        person.presses("Try it in this tab").await;
        person.sees_button("Stop trying it").await;
        look(person, "trial").await;
        person.world.site.holds_back("config.json");
        person.opens("/callback?error=access_denied").await;
        person.sees_heading("Signing you in…").await;
        look(person, "signing-in").await;
        person.world.site.lets_go();
        person.world.site.holds_back(".wasm");
        for (path, state) in [("/", "before-the-app"), ("/profile", "before-the-profile")] {
            person.opens(path).await;
            look(person, state).await;
        }
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        look(person, "pressed-before-the-app").await;
        person.sees_alert("longer than it should").await;
        look(person, "late").await;
        person.world.site.lets_go();
        person.blocks(&["*.wasm"]).await;
        person.opens("/").await;
        person.sees_alert("has stopped working").await;
        look(person, "failure").await;
    });
}

/// What can come back from a log-in.
pub fn answers(look: &impl AsyncFn(&mut Person, &str)) {
    Stage::default().rehearse(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        look(person, "consent").await;
        person.cancels().await;
        person.sees_heading("You said no").await;
        look(person, "denied").await;
        person
            .opens(&format!(
                "/callback#access_token={FORGED_TOKEN}&token_type=Bearer&state=x"
            ))
            .await;
        person.sees_heading("This log-in was not started here").await;
        look(person, "forged").await;
        let odd = "?error=teapot&error_description=I+am+short+and+stout&state={state}";
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(odd.to_owned()));
        person.presses("Log in with Spotify").await;
        person.sees_heading("Spotify refused the log-in").await;
        look(person, "refused").await;
        person.logs_in_as_ada().await;
        let again = format!("/callback{}", person.world.last_response());
        person.opens(&again).await;
        person.sees_heading("This log-in is finished already").await;
        look(person, "replayed").await;
        person.logs_out().await;
        look(person, "logged-out").await;
        person.world.standin.set_implicit(Implicit::Refused);
        person.presses("Log in with Spotify").await;
        person
            .sees_heading("Spotify no longer offers this kind of log-in")
            .await;
        look(person, "implicit-ended").await;
    });
}

/// Who can be signed in.
pub fn profiles(look: &impl AsyncFn(&mut Person, &str)) {
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
            look(person, state).await;
        }
        person.clicks("summary", "For developers").await;
        look(person, "developers").await;
        person.opens(&format!("/track?id={}", TRACKS[0])).await;
        person.sees_heading("Kettle on a Quiet Sunday").await;
        look(person, "track").await;
        let fewer = "#access_token={token}&token_type=Bearer&scope=user-read-private&state={state}";
        person.logs_out().await;
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(fewer.to_owned()));
        person.presses("Log in with Spotify").await;
        person.clicks("link", "Your profile").await;
        person.sees_button("Ask for it again").await;
        look(person, "not-granted").await;
    });
}

/// What can go wrong once signed in.
pub fn faults(look: &impl AsyncFn(&mut Person, &str)) {
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
            look(person, state).await;
        }
    });
}

/// What is said about the session itself.
pub fn notices(look: &impl AsyncFn(&mut Person, &str)) {
    Stage::default().rehearse(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.sets_the_clock(3525).await;
        person.sees_status("less than a minute").await;
        look(person, "ending").await;
        person.sets_the_clock(4000).await;
        person.is_told("its time was up").await;
        look(person, "expired").await;
        person.sets_the_clock(0).await;
        person.world.standin.inject(Place::Me, Fault::plain(401, ""));
        person.presses("Log in with Spotify").await;
        person.is_told("no longer accepts").await;
        look(person, "rejected").await;
    });
}
