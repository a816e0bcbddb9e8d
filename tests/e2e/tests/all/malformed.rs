//! Answers to a real log-in that are damaged, of the wrong kind, or out of place: refused, with a way to try again.

use e2e::{Person, play};
use standin::{Fault, Place};

const UNREADABLE: &str = "The answer could not be read";

async fn answers(person: &mut Person, response: &str) {
    let fault = Fault::Respond(response.to_owned());
    person.world.standin.inject(Place::Authorize, fault);
    person.opens("/").await;
    person.presses("Log in with Spotify").await;
}

async fn refuses(person: &mut Person, response: &str, heading: &str) {
    answers(person, response).await;
    person.sees_heading(heading).await;
    person.sees_alert("log in again").await;
    person.is_at("/callback").await;
    person.is_signed_out().await;
    assert_eq!(person.world.profile_calls(), 0, "the token of {response} goes nowhere");
}

async fn takes(person: &mut Person, response: &str) {
    answers(person, response).await;
    person.sees_heading("Ada Example").await;
    person.logs_out().await;
}

#[test]
fn p1_order_escapes_and_empty_pieces_make_no_difference() {
    play(async |person| {
        for response in [
            "#token_type=Bearer&state={state}&expires_in=3600&access_token={token}",
            "#&&access_token={token}&&token_type=%42earer&expires_in=3600&state={state}&",
            "#access_token={token}&token_type=bEaReR&expires_in=3600&state={state}&refresh_token=x",
            "#access_token={token}&token_type=Bearer&state={state}",
            "#access_token={token}&token_type=Bearer&state={state}&x=1&x=2&x=%zz",
        ] {
            takes(person, response).await;
        }
    });
}

#[test]
fn p2_a_bad_escape_in_a_parameter_that_is_used_refuses_the_response() {
    play(async |person| {
        for response in [
            "#access_token={token}&token_type=Bearer&expires_in=3600&state=%zz{state}",
            "#access_token={token}%zz&token_type=Bearer&expires_in=3600&state={state}",
            "#access_token={token}&token_type=Bearer&expires_in=%&state={state}",
            "#access_token={token}%ff&token_type=Bearer&expires_in=3600&state={state}",
        ] {
            refuses(person, response, UNREADABLE).await;
        }
    });
}

#[test]
fn p3_a_parameter_that_is_given_twice_refuses_the_response() {
    play(async |person| {
        for response in [
            "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}&state={state}",
            "#access_token={token}&access_token=other&token_type=Bearer&expires_in=3600&state={state}",
            "#access_token={token}&token_type=Bearer&expires_in=3600&expires_in=3600&state={state}",
            "?state={state}#access_token={token}&token_type=Bearer&expires_in=3600&state={state}",
        ] {
            refuses(person, response, UNREADABLE).await;
        }
    });
}

#[test]
fn p5_an_error_beside_a_token_wins() {
    play(async |person| {
        let both = "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}&error=access_denied";
        refuses(person, both, "You said no").await;
        let apart = "?error=access_denied#access_token={token}&token_type=Bearer&expires_in=3600&state={state}";
        refuses(person, apart, "You said no").await;
    });
}

#[test]
fn p6_a_token_in_the_query_is_refused() {
    play(async |person| {
        let response = "?access_token={token}&token_type=Bearer&expires_in=3600&state={state}";
        refuses(person, response, UNREADABLE).await;
    });
}

#[test]
fn p6_a_code_in_place_of_a_token_is_refused() {
    play(async |person| {
        let response = "?code=a-code-that-nobody-asked-for&state={state}";
        refuses(person, response, "That is another kind of answer").await;
    });
}

#[test]
fn p7_a_token_of_another_type_is_refused() {
    play(async |person| {
        for kind in ["&token_type=mac", "&token_type=", "", "&token_type=Bearer%20"] {
            let response = format!("#access_token={{token}}{kind}&expires_in=3600&state={{state}}");
            refuses(person, &response, UNREADABLE).await;
        }
    });
}

#[test]
fn p8_a_response_of_seventy_kibibytes_is_refused() {
    play(async |person| {
        let much = "x".repeat(70 * 1024);
        let response = format!("#access_token={{token}}&token_type=Bearer&expires_in=3600&state={{state}}&x={much}");
        refuses(person, &response, UNREADABLE).await;
    });
}

#[test]
fn p8_a_token_with_a_space_in_it_is_refused() {
    play(async |person| {
        let response = "#access_token={token}+x&token_type=Bearer&expires_in=3600&state={state}";
        refuses(person, response, UNREADABLE).await;
    });
}

#[test]
fn p9_a_life_that_is_no_number_of_seconds_is_refused() {
    play(async |person| {
        for life in ["1e3", "-1", "%2B5", "+5", "3600.0", "abc", "0x10", "%D9%A3"] {
            let response = format!("#access_token={{token}}&token_type=Bearer&expires_in={life}&state={{state}}");
            refuses(person, &response, UNREADABLE).await;
        }
    });
}

#[test]
fn p11_the_words_of_the_server_are_shown_as_text() {
    play(async |person| {
        let response = "?error=invalid_scope&error_description=%3Cb%3ENo+such+scope%3C%2Fb%3E&state={state}";
        answers(person, response).await;
        person.sees_alert("<b>No such scope</b>").await;
        person.is_signed_out().await;
    });
}

#[test]
fn p5_an_error_that_nobody_knows_is_told_with_its_code() {
    play(async |person| {
        refuses(person, "#error=teapot&state={state}", "Spotify refused the log-in").await;
        person.sees_alert("teapot").await;
    });
}

#[test]
fn s3_a_refused_answer_uses_the_log_in_up() {
    play(async |person| {
        let broken = "#access_token={token}&token_type=mac&expires_in=3600&state={state}";
        refuses(person, broken, UNREADABLE).await;
        let mended = format!("/callback{}", person.world.last_response());
        person.opens(&mended).await;
        person.sees_heading("This log-in is finished already").await;
        person.is_signed_out().await;
    });
}
