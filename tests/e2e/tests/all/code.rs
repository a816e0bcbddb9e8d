//! Log-in by the authorization code with PKCE.

use e2e::{Person, Stage};
use standin::{Fault, Place};

fn stage() -> Stage {
    Stage::default().config("flow", "pkce")
}

fn request(person: &Person, name: &str) -> Option<String> {
    let requests = person.world.authorize_requests();
    let newest = requests.last().expect("an authorization request");
    newest
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
}

#[test]
fn c1_a_person_logs_in_with_a_challenge_that_is_new_each_time() {
    stage().play(async |person| {
        let mut challenges = Vec::new();
        for _ in 0..2 {
            person.world.standin.forget_consent();
            person.logs_in_as_ada().await;
            person.is_at("/profile").await;
            assert_eq!(request(person, "response_type").as_deref(), Some("code"));
            assert_eq!(request(person, "code_challenge_method").as_deref(), Some("S256"));
            challenges.extend(request(person, "code_challenge"));
            person.logs_out().await;
        }
        assert!(
            challenges.len() == 2 && challenges[0] != challenges[1],
            "{challenges:?}"
        );
        assert_eq!(person.world.token_calls("authorization_code"), 2);
    });
}

#[test]
fn c3_a_code_is_used_once() {
    stage().play(async |person| {
        person.logs_in_as_ada().await;
        let state = person.world.last_state();
        person
            .opens(&format!("/callback?code=the-same-again&state={state}"))
            .await;
        person.sees_heading("This log-in is finished already").await;
        person.is_signed_in().await;
        assert_eq!(person.world.token_calls("authorization_code"), 1);
    });
}

#[test]
fn c4_a_forged_code_is_never_redeemed() {
    stage().play(async |person| {
        let state = "A".repeat(43);
        person
            .opens(&format!("/callback?code=a-forged-code&state={state}"))
            .await;
        person.sees_heading("This log-in was not started here").await;
        person.is_signed_out().await;
        assert_eq!(person.world.token_calls("authorization_code"), 0);
    });
}

#[test]
fn p6_a_token_in_place_of_a_code_is_refused() {
    stage().play(async |person| {
        let token = "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}";
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(token.to_owned()));
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("That is another kind of answer").await;
        person.is_signed_out().await;
        assert_eq!(person.world.token_calls("authorization_code"), 0);
    });
}

#[test]
fn c3_a_code_that_is_not_accepted_is_told_and_not_tried_again() {
    stage().play(async |person| {
        person.expects_console("400");
        person
            .world
            .standin
            .inject(Place::Token, Fault::oauth_error(400, "invalid_grant"));
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_alert("log in").await;
        person.is_signed_out().await;
        person.is_at("/callback").await;
        person.waits_a_moment().await;
        assert_eq!(person.world.token_calls("authorization_code"), 1);
    });
}

#[test]
fn c7_a_reload_keeps_the_session_and_log_out_leaves_no_refresh_token() {
    stage().play(async |person| {
        person.logs_in_as_ada().await;
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        person.logs_out().await;
    });
}

#[test]
fn c5_a_token_that_was_withdrawn_is_renewed_unseen() {
    stage().play(async |person| {
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
    stage().play(async |person| {
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
