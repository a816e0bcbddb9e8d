//! Answers of the Web API that are errors: who stays signed in, and what people are told.

use e2e::{Elsewhere, Person, play};
use serde_json::json;
use standin::{Fault, Place};

async fn meets(person: &mut Person, fault: Fault) {
    person.world.standin.inject(Place::Me, fault);
    person.reloads().await;
}

#[test]
fn h1_a_401_ends_the_session_once_and_says_why() {
    for body in [
        Fault::plain(401, ""),
        Fault::spotify_error(401, "The access token expired"),
    ] {
        play(async |person| {
            person.expects_console("401");
            person.world.standin.inject(Place::Me, body);
            person.opens("/").await;
            person.asks_to_log_in().await;
            person.agrees().await;
            person.is_told("no longer accepts").await;
            person.is_signed_out().await;
            person.is_at("/").await;
            person.keeps_no_token().await;
            person.waits_a_moment().await;
            assert_eq!(person.world.profile_calls(), 1, "no loop");
            assert_eq!(person.world.authorize_requests().len(), 1, "no log-in by itself");
            person.presses("Log in with Spotify").await;
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn h1_a_token_that_was_withdrawn_ends_the_session_at_the_next_call() {
    play(async |person| {
        person.expects_console("401");
        person.logs_in_as_ada().await;
        person.world.standin.revoke_all_tokens();
        person.reloads().await;
        person.is_told("no longer accepts").await;
        person.is_signed_out().await;
    });
}

#[test]
fn h2_each_kind_of_403_has_its_own_words_and_the_session_stays() {
    play(async |person| {
        person.expects_console("403");
        person.logs_in_as_ada().await;
        for (fault, heading) in [
            (
                Fault::spotify_error(403, "Insufficient client scope"),
                "A permission is missing",
            ),
            (
                Fault::plain(403, "User not registered in the Developer Dashboard"),
                "You are not on this app’s guest list",
            ),
            (
                Fault::spotify_error(403, "Active premium subscription required for the owner of the app."),
                "The owner of this app needs Premium",
            ),
            (Fault::spotify_error(403, "Forbidden"), "Not available to this app"),
            (Fault::plain(403, ""), "Not available to this app"),
        ] {
            meets(person, fault).await;
            person.sees_heading(heading).await;
            person.is_signed_in().await;
        }
    });
}

#[test]
fn h2_a_missing_scope_offers_a_log_in_that_asks_for_it() {
    play(async |person| {
        person.expects_console("403");
        person.logs_in_as_ada().await;
        meets(person, Fault::spotify_error(403, "Insufficient client scope")).await;
        person.sees_alert("permission").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn h5_an_answer_that_is_no_profile_is_an_error_and_the_session_stays() {
    play(async |person| {
        person.logs_in_as_ada().await;
        for answer in [
            Fault::plain(200, "<!doctype html><title>Welcome to our wifi</title>"),
            Fault::plain(200, ""),
            Fault::json(200, &json!([])),
            Fault::json(200, &json!({ "display_name": "nobody" })),
            Fault::json(200, &json!(null)),
            Fault::plain(200, "{\"id\": \"ada\", \"display"),
        ] {
            meets(person, answer).await;
            person.sees_heading("The answer could not be read").await;
            person.sees_alert("still logged in").await;
            person.is_signed_in().await;
            person.presses("Try again").await;
            person.sees_heading("Ada Example").await;
        }
    });
}

#[test]
fn h5_other_statuses_are_named_and_the_session_stays() {
    play(async |person| {
        person.expects_console("Failed to load resource");
        person.logs_in_as_ada().await;
        for status in [400, 404, 418] {
            meets(person, Fault::spotify_error(status, "Odd")).await;
            person.sees_button("Try again").await;
            person.sees_alert("").await;
            person.sees_no("heading", "Ada Example").await;
            person.is_signed_in().await;
        }
    });
}

#[test]
fn h4_a_connection_that_breaks_is_told_and_tried_again() {
    for fault in [Fault::Drop, Fault::CutOff, Fault::Pass.without_cors()] {
        play(async |person| {
            person.expects_console("net::ERR_");
            person.expects_console("blocked by CORS policy");
            person.world.standin.inject_always(Place::Me, fault);
            person.logs_in().await;
            person.sees_heading("Spotify can’t be reached").await;
            person.sees_alert("still logged in").await;
            person.sees_button("Try again").await;
            person.world.standin.clear_faults();
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn t3_a_redirect_takes_the_token_nowhere() {
    play(async |person| {
        person.expects_console("net::ERR_FAILED");
        let elsewhere = Elsewhere::start("").await;
        let away = Fault::Redirect(format!("{}/v1/me", elsewhere.origin()));
        person.world.standin.inject_always(Place::Me, away);
        person.logs_in().await;
        person.sees_alert("still logged in").await;
        person.is_signed_in().await;
        assert!(elsewhere.seen().is_empty(), "{:?}", elsewhere.seen());
        person.world.standin.clear_faults();
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn t3_a_call_carries_the_token_as_a_header_and_nothing_about_the_person() {
    play(async |person| {
        person.opens("/").await;
        person.script("document.cookie = 'crumb=1; path=/'", vec![]).await;
        person.logs_in_as_ada().await;
        let requests = person.world.standin.requests();
        let call = requests
            .iter()
            .rfind(|request| request.path == "/v1/me")
            .expect("a call");
        let token = call
            .header("authorization")
            .and_then(|text| text.strip_prefix("Bearer "));
        assert!(
            person
                .world
                .standin
                .secrets()
                .iter()
                .any(|secret| Some(secret.as_str()) == token)
        );
        for absent in ["cookie", "referer"] {
            assert_eq!(call.header(absent), None, "{absent}");
        }
        assert_eq!(call.query, "");
    });
}
