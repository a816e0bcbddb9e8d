//! Where people come back to: answers that are late, doubled, out of place, or none at all.

use e2e::{FORGED_TOKEN, Stage, play};
use standin::{Fault, Implicit, Place};

#[test]
fn s3_a_callback_url_that_was_used_is_refused_kindly() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let again = format!("/callback{}", person.world.last_response());
        person.opens(&again).await;
        person.sees_heading("This log-in is finished already").await;
        person.sees_alert("works once").await;
        person.is_at("/callback").await;
        person.is_signed_in().await;
        person.clicks("link", "Go to your profile").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn s3_a_callback_url_that_was_used_brings_no_session_back_after_log_out() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let again = format!("/callback{}", person.world.last_response());
        person.logs_out().await;
        person.opens(&again).await;
        person.sees_alert("log in").await;
        person.is_signed_out().await;
    });
}

#[test]
fn s3_a_callback_url_that_was_used_is_refused_in_another_tab() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let again = format!("/callback{}", person.world.last_response());
        person.opens_tab(&again).await;
        person.sees_alert("log in").await;
        person.is_signed_out().await;
    });
}

#[test]
fn p13_a_callback_without_a_response_is_a_plain_page_with_a_way_home() {
    play(async |person| {
        for rest in ["", "#", "#_=_", "##a", "#/x", "?", "?x=y"] {
            person.opens(&format!("/callback{rest}")).await;
            person.sees_heading("Nothing to finish here").await;
            person.sees_none("alert").await;
            person.clicks("link", "Go to the start page").await;
            person.is_signed_out().await;
            person.is_at("/").await;
        }
        assert!(
            person.world.authorize_requests().is_empty(),
            "no log-in begins by itself"
        );
    });
}

#[test]
fn p13_a_callback_without_a_response_leads_those_who_are_signed_in_to_their_profile() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.opens("/callback").await;
        person.is_signed_in().await;
        person.clicks("link", "Go to your profile").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn p5_the_end_of_the_implicit_grant_has_its_own_words_with_and_without_state() {
    for keeps_state in [true, false] {
        let stage = Stage::default().standin(|options| {
            options.implicit = Implicit::Refused;
            options.refusal_keeps_state = keeps_state;
        });
        stage.play(async |person| {
            person.opens("/").await;
            person.presses("Log in with Spotify").await;
            person
                .sees_heading("Spotify no longer offers this kind of log-in")
                .await;
            person.sees_alert("November 2025").await;
            person.is_at("/callback").await;
            person.is_signed_out().await;
        });
    }
}

#[test]
fn s4_an_answer_after_ten_minutes_is_refused() {
    play(async |person| {
        person.has_a_clock().await;
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.sets_the_clock(601).await;
        person.agrees().await;
        person.sees_heading("That took too long").await;
        person.is_signed_out().await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn s4_an_answer_within_ten_minutes_is_taken() {
    play(async |person| {
        person.has_a_clock().await;
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.sets_the_clock(590).await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn s5_a_session_of_another_configuration_ends_and_says_why() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.world.configure("client_id", "another-client");
        person.agrees().await;
        person.is_told("has been set up anew").await;
        person.is_signed_out().await;
        person.is_at("/").await;
    });
}

const TOKEN: &str = "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}";

fn stage_with_issuer() -> Stage {
    Stage::default().config("issuer", "https://issuer.example")
}

#[test]
fn s9_the_right_issuer_is_taken_from_query_and_fragment() {
    let iss = "iss=https%3A%2F%2Fissuer.example";
    for response in [format!("?{iss}{TOKEN}"), format!("{TOKEN}&{iss}")] {
        stage_with_issuer().play(async |person| {
            person.world.standin.inject(Place::Authorize, Fault::Respond(response));
            person.opens("/").await;
            person.presses("Log in with Spotify").await;
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn s9_a_wrong_or_missing_issuer_is_refused() {
    stage_with_issuer().play(async |person| {
        for iss in [
            "",
            "&iss=https%3A%2F%2Fissuer.example%2F",
            "&iss=https%3A%2F%2Fevil.example",
        ] {
            let response = format!("{TOKEN}{iss}");
            person.world.standin.inject(Place::Authorize, Fault::Respond(response));
            person.opens("/").await;
            person.presses("Log in with Spotify").await;
            person.sees_heading("The answer came from somewhere else").await;
            person.is_signed_out().await;
        }
        assert_eq!(person.world.profile_calls(), 0);
    });
}

#[test]
fn t1_a_response_on_another_page_is_cleared_away_and_ignored() {
    play(async |person| {
        person.expects_console("404");
        let state = "A".repeat(43);
        let token = format!("#access_token={FORGED_TOKEN}&token_type=Bearer&expires_in=3600&state={state}");
        let code = format!("?code=a-code-that-nobody-issued&state={state}");
        for (path, response, then) in [
            ("/", &token, "/"),
            ("/profile", &token, "/"),
            ("/", &code, "/"),
            ("/profile", &code, "/"),
        ] {
            person.opens(&format!("{path}{response}")).await;
            person.is_at(then).await;
            person.is_signed_out().await;
            person.sees_none("alert").await;
        }
        person.opens(&format!("/nowhere{code}")).await;
        person.sees_heading("There is no such page").await;
        person.is_at("/nowhere").await;
        assert_eq!(person.world.profile_calls(), 0);
    });
}

#[test]
fn t1_a_response_on_another_page_does_not_end_a_session() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person
            .opens(&format!("/profile#error=access_denied&state={}", "A".repeat(43)))
            .await;
        person.sees_heading("Ada Example").await;
    });
}
