//! Log-in by the authorization code with PKCE.

use e2e::{Person, Stage};
use serde_json::json;
use standin::{Fault, Place};

fn pkce() -> Stage {
    Stage::default().config("flow", "pkce")
}

async fn agrees_to_a_new_log_in(person: &mut Person) {
    person.opens("/").await;
    person.asks_to_log_in().await;
    person.agrees().await;
}

fn asked(person: &Person, name: &str) -> Vec<String> {
    let value = |request: &Vec<(String, String)>| {
        let found = request.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    person.world.authorize_requests().iter().map(value).collect()
}

#[test]
fn c1_each_log_in_sends_a_challenge_of_its_own_and_asks_for_a_code() {
    pkce().play(async |person| {
        for _ in 0..2 {
            person.opens("/").await;
            person.asks_to_log_in().await;
        }
        assert_eq!(asked(person, "response_type"), ["code", "code"]);
        assert_eq!(asked(person, "code_challenge_method"), ["S256", "S256"]);
        assert_eq!(asked(person, "code_verifier"), ["", ""]);
        let challenges = asked(person, "code_challenge");
        assert!(
            challenges.iter().all(|challenge| challenge.len() == 43),
            "{challenges:?}"
        );
        assert_ne!(challenges[0], challenges[1]);
    });
}

#[test]
fn c2_a_person_who_agrees_sees_their_profile_and_the_verifier_is_gone() {
    pkce().play(async |person| {
        person.logs_in_as_ada().await;
        person.is_at("/profile").await;
        let kept = "return JSON.stringify([{...sessionStorage}, {...localStorage}])";
        let kept = person.script(kept, vec![]).await.to_string();
        assert!(!kept.contains("verifier"), "{kept}");
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        assert_eq!(person.world.token_calls("authorization_code"), 1);
        person.logs_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn c3_the_code_leaves_the_url_before_it_is_redeemed() {
    pkce().play(async |person| {
        person.world.standin.inject(Place::Token, Fault::Hang);
        agrees_to_a_new_log_in(person).await;
        person.world.standin.wait_for_requests("/api/token", 1).await;
        person.sees_heading("Signing you in…").await;
        person.is_at("/callback").await;
        person.sees_no("button", "Log out").await;
        person.world.standin.release();
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn c3_a_callback_url_that_was_used_redeems_nothing() {
    pkce().play(async |person| {
        person.logs_in_as_ada().await;
        let url = format!("/callback{}", person.world.last_code_response());
        person.opens(&url).await;
        person.sees_heading("This log-in is finished already").await;
        person.is_signed_in().await;
        assert_eq!(person.world.token_calls("authorization_code"), 1);
    });
}

#[test]
fn c3_back_after_a_log_in_redeems_nothing() {
    pkce().play(async |person| {
        person.logs_in_as_ada().await;
        person.goes_back().await;
        person.sees_the_consent_page().await;
        person.goes_forward().await;
        person.sees_heading("Ada Example").await;
        assert_eq!(person.world.token_calls("authorization_code"), 1);
    });
}

#[test]
fn c3_a_code_that_can_not_be_redeemed_is_never_tried_again() {
    let half = json!({ "access_token": "half-an-answer" });
    for (fault, console, title) in [
        (Fault::plain(503, "busy"), "503", "Spotify could not be reached"),
        (Fault::Drop, "ERR_", "Spotify could not be reached"),
        (Fault::plain(200, "<html>"), "", "The last step went wrong"),
        (Fault::json(200, &half), "", "The last step went wrong"),
        (
            Fault::oauth_error(400, "invalid_grant"),
            "400",
            "This log-in can’t be finished any more",
        ),
    ] {
        pkce().play(async |person| {
            if !console.is_empty() {
                person.expects_console(console);
            }
            person.world.standin.inject(Place::Token, fault);
            agrees_to_a_new_log_in(person).await;
            person.sees_heading(title).await;
            person.is_signed_out().await;
            person.waits_a_moment().await;
            assert_eq!(person.world.token_calls("authorization_code"), 1);
            person.presses("Log in with Spotify").await;
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn c3_a_code_that_can_not_be_redeemed_leaves_the_session_alone() {
    pkce().play(async |person| {
        person.expects_console("503");
        person.logs_in_as_ada().await;
        person.opens("/callback?error=server_error").await;
        person.world.standin.inject(Place::Token, Fault::plain(503, "busy"));
        person.presses("Log in with Spotify").await;
        person.sees_heading("Spotify could not be reached").await;
        person.reads("You are still logged in.").await;
        person.clicks("link", "Go to your profile").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn c4_a_code_with_a_forged_state_is_not_redeemed() {
    pkce().play(async |person| {
        let well_formed = format!("&state={}", "A".repeat(43));
        for state in ["", "&state=", "&state=__proto__", &well_formed] {
            person.opens("/").await;
            person.opens(&format!("/callback?code=forged-code{state}")).await;
            person.sees_heading("This log-in was not started here").await;
            person.is_signed_out().await;
        }
        assert_eq!(person.world.token_calls("authorization_code"), 0);
    });
}

#[test]
fn p6_a_token_in_place_of_a_code_is_refused() {
    pkce().play(async |person| {
        let response = "#access_token={token}&token_type=Bearer&state={state}";
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(response.to_owned()));
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("That is another kind of answer").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn c5_a_token_that_was_withdrawn_is_renewed_unseen() {
    pkce().play(async |person| {
        person.expects_console("401");
        person.logs_in_as_ada().await;
        person.world.standin.revoke_all_tokens();
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        assert_eq!(person.world.token_calls("refresh_token"), 1);
    });
}

#[test]
fn c6_a_renewal_that_is_refused_for_good_ends_the_session_with_words() {
    pkce().play(async |person| {
        person.expects_console("40");
        person.logs_in_as_ada().await;
        person.world.standin.revoke_all_tokens();
        person.world.standin.revoke_refresh_tokens();
        person.reloads().await;
        person.is_told("Your session has ended").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn c7_in_memory_mode_no_refresh_token_is_kept() {
    pkce().config("token_storage", "memory").play(async |person| {
        person.logs_in_as_ada().await;
        person.keeps_no_token().await;
        person.reloads().await;
        person.is_signed_out().await;
    });
}
