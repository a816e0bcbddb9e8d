//! The authorization code flow with PKCE.

use e2e::{Scenario, User};
use serde_json::json;
use standin::{Endpoint, Fault};

fn pkce() -> Scenario {
    Scenario::default().config("flow", "pkce")
}

async fn agrees_to_log_in(user: &mut User) {
    user.opens("/").await;
    user.starts_log_in().await;
    user.agrees().await;
}

/// The values of a parameter in all authorization requests; empty where it is missing.
fn requested(user: &User, name: &str) -> Vec<String> {
    let value = |request: &Vec<(String, String)>| {
        let found = request.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    user.env.authorization_requests().iter().map(value).collect()
}

#[test]
fn c1_every_log_in_requests_a_code_with_a_new_challenge() {
    pkce().run(async |user| {
        for _ in 0..2 {
            user.opens("/").await;
            user.starts_log_in().await;
        }
        assert_eq!(requested(user, "response_type"), ["code", "code"]);
        assert_eq!(requested(user, "code_challenge_method"), ["S256", "S256"]);
        assert_eq!(requested(user, "code_verifier"), ["", ""]);
        let challenges = requested(user, "code_challenge");
        assert!(
            challenges.iter().all(|challenge| challenge.len() == 43),
            "{challenges:?}"
        );
        assert_ne!(challenges[0], challenges[1]);
    });
}

#[test]
fn c2_the_verifier_is_gone_after_the_log_in() {
    pkce().run(async |user| {
        user.logs_in_as_ada().await;
        user.is_at("/profile").await;
        let storage = "return JSON.stringify([{...sessionStorage}, {...localStorage}])";
        let storage = user.script(storage, vec![]).await.to_string();
        assert!(!storage.contains("verifier"), "{storage}");
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.token_calls("authorization_code"), 1);
        user.logs_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c3_the_code_is_removed_from_the_url_before_the_token_request() {
    pkce().run(async |user| {
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        agrees_to_log_in(user).await;
        user.env.standin.wait_for_requests("/api/token", 1).await;
        user.sees_heading("Signing you in…").await;
        user.is_at("/callback").await;
        user.sees_no("button", "Log out").await;
        user.env.standin.release();
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_log_out_while_a_code_is_redeemed_cancels_the_log_in() {
    pkce().run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/callback?error=server_error").await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        user.presses("Log in with Spotify").await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.sees_heading("Signing you in…").await;
        user.is_signed_in().await;
        user.logs_out().await;
        user.env.standin.release();
        user.waits_until_settled().await;
        user.sees_notice("You are logged out").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c3_a_used_callback_url_sends_no_token_request() {
    pkce().run(async |user| {
        user.logs_in_as_ada().await;
        let url = format!("/callback{}", user.env.last_code_response());
        user.opens(&url).await;
        user.sees_heading("This log-in is already complete").await;
        user.is_signed_in().await;
        assert_eq!(user.env.token_calls("authorization_code"), 1);
    });
}

#[test]
fn c3_going_back_after_a_log_in_sends_no_token_request() {
    pkce().config("show_dialog", true).run(async |user| {
        user.logs_in_as_ada().await;
        user.goes_back().await;
        user.sees_consent_page().await;
        user.goes_forward().await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.token_calls("authorization_code"), 1);
    });
}

#[test]
fn c3_a_failed_code_exchange_is_never_retried() {
    let incomplete = json!({ "access_token": "incomplete-response" });
    for (fault, console, heading) in [
        (Fault::plain(503, "busy"), "503", "Spotify could not be reached"),
        (Fault::Drop, "ERR_", "Spotify could not be reached"),
        (Fault::plain(200, "<html>"), "", "The last step went wrong"),
        (Fault::json(200, &incomplete), "", "The last step went wrong"),
        (
            Fault::oauth_error(400, "invalid_grant"),
            "400",
            "This log-in can’t be finished any more",
        ),
    ] {
        pkce().run(async |user| {
            if !console.is_empty() {
                user.expects_console_message(console);
            }
            user.env.standin.inject(Endpoint::Token, fault);
            agrees_to_log_in(user).await;
            user.sees_heading(heading).await;
            user.is_signed_out().await;
            user.waits_until_settled().await;
            assert_eq!(user.env.token_calls("authorization_code"), 1);
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn c3_a_failed_code_exchange_keeps_the_session() {
    pkce().run(async |user| {
        user.expects_console_message("503");
        user.logs_in_as_ada().await;
        user.opens("/callback?error=server_error").await;
        user.env.standin.inject(Endpoint::Token, Fault::plain(503, "busy"));
        user.presses("Log in with Spotify").await;
        user.sees_heading("Spotify could not be reached").await;
        user.sees_text("You are still logged in.").await;
        user.clicks("link", "Go to your profile").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn c4_a_code_with_a_forged_state_is_not_exchanged() {
    pkce().run(async |user| {
        let well_formed = format!("&state={}", "A".repeat(43));
        for state in ["", "&state=", "&state=__proto__", &well_formed] {
            user.opens("/").await;
            user.opens(&format!("/callback?code=forged-code{state}")).await;
            user.sees_heading("This log-in was not started here").await;
            user.is_signed_out().await;
        }
        assert_eq!(user.env.token_calls("authorization_code"), 0);
    });
}

#[test]
fn p6_a_token_in_place_of_a_code_is_refused() {
    pkce().run(async |user| {
        let response = "#access_token={token}&token_type=Bearer&state={state}";
        user.env
            .standin
            .inject(Endpoint::Authorize, Fault::Respond(response.to_owned()));
        user.opens("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Unexpected kind of response").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c5_a_revoked_access_token_is_refreshed_silently() {
    pkce().run(async |user| {
        user.expects_console_message("401");
        user.logs_in_as_ada().await;
        user.env.standin.revoke_all_tokens();
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
    });
}

#[test]
fn c6_a_rejected_refresh_ends_the_session_with_a_reason() {
    pkce().run(async |user| {
        user.expects_console_message("40");
        user.logs_in_as_ada().await;
        user.env.standin.revoke_all_tokens();
        user.env.standin.revoke_refresh_tokens();
        user.reloads().await;
        user.sees_notice("Your session has ended").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c7_in_memory_mode_no_refresh_token_is_kept() {
    pkce().config("token_storage", "memory").run(async |user| {
        user.logs_in_as_ada().await;
        user.has_no_token_in_storage().await;
        user.reloads().await;
        user.is_signed_out().await;
    });
}

#[test]
fn c3_a_page_that_is_loaded_again_while_the_code_is_redeemed_says_so() {
    Scenario::default().config("flow", "pkce").run(async |user| {
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        user.opens("/").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.env.standin.wait_for_requests("/api/token", 1).await;
        user.reloads().await;
        user.sees_heading("The log-in was interrupted").await;
        user.env.standin.release();
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        user.opens("/callback").await;
        user.sees_heading("Nothing to finish here").await;
    });
}
