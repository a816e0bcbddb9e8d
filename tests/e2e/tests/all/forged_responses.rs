//! Unsolicited responses: they change nothing.

use e2e::{FORGED_TOKEN, User, run};
use standin::{Endpoint, Fault};

fn forged_token(state: &str) -> String {
    format!("/callback#access_token={FORGED_TOKEN}&token_type=Bearer&expires_in=3600&state={state}")
}

fn unknown_state() -> String {
    "A".repeat(43)
}

async fn refuses_unsolicited_response(user: &mut User, path: &str) {
    user.opens(path).await;
    user.sees_alert("nothing was changed").await;
    user.is_at("/callback").await;
}

#[test]
fn s2_a_forged_token_logs_nobody_in() {
    run(async |user| {
        for state in [unknown_state(), String::new(), "x".to_owned()] {
            refuses_unsolicited_response(user, &forged_token(&state)).await;
            user.sees_heading("This log-in was not started here").await;
            user.is_signed_out().await;
        }
        assert_eq!(user.env.profile_calls(), 0, "the forged token is not used");
    });
}

#[test]
fn s4_a_forged_token_replaces_no_session() {
    run(async |user| {
        user.logs_in_as_ada().await;
        refuses_unsolicited_response(user, &forged_token(&unknown_state())).await;
        user.is_signed_in().await;
        user.clicks("link", "Go to your profile").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn s4_a_forged_token_leaves_a_pending_login_alone() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        refuses_unsolicited_response(user, &forged_token(&unknown_state())).await;
        user.goes_back().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn s6_a_state_that_this_app_cannot_have_made_reads_nothing() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let states = [
            "__proto__",
            "constructor",
            "../x",
            "session",
            "log-in:",
            "stagedoor:/:session",
            "%00",
            "%F0%9F%9A%AA",
        ];
        for state in states {
            refuses_unsolicited_response(user, &forged_token(state)).await;
            user.is_signed_in().await;
        }
    });
}

#[test]
fn p12_a_forged_error_ends_no_session() {
    run(async |user| {
        user.logs_in_as_ada().await;
        for state in [String::new(), format!("&state={}", unknown_state())] {
            for sign in ["?", "#"] {
                refuses_unsolicited_response(user, &format!("/callback{sign}error=access_denied{state}")).await;
                user.is_signed_in().await;
            }
        }
        user.clicks("link", "Go to your profile").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn p12_a_forged_error_ends_no_pending_login() {
    for state in [String::new(), format!("&state={}", unknown_state())] {
        run(async |user| {
            user.opens("/").await;
            user.starts_log_in().await;
            refuses_unsolicited_response(user, &format!("/callback?error=access_denied{state}")).await;
            user.is_signed_out().await;
            user.goes_back().await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn p12_a_forged_error_ends_neither_the_session_nor_the_pending_login_of_a_tab() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.env.standin.forget_consent();
        refuses_unsolicited_response(user, "/callback?error=server_error").await;
        user.starts_log_in().await;
        refuses_unsolicited_response(user, "/callback?error=access_denied").await;
        user.is_signed_in().await;
        user.goes_back().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_log_out_forgets_the_pending_login() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.env.standin.forget_consent();
        refuses_unsolicited_response(user, "/callback?error=server_error").await;
        user.starts_log_in().await;
        user.goes_back().await;
        user.logs_out().await;
        user.goes_forward().await;
        user.agrees().await;
        user.sees_heading("This log-in was not started here").await;
        user.is_signed_out().await;
    });
}

/// An error response whose every text tries to become more than text.
const HOSTILE_ERROR: &str = "error=%3Cimg%20src%3Dx%20onerror%3D%22window.hurt%3D1%22%3E&error_uri=javascript%3Aalert(1)\
                             &error_description=%3Cb%3EHurry%3C%2Fb%3E";

async fn nothing_was_run(user: &mut User) {
    user.waits_until_settled().await;
    let harm = "return [!!window.hurt, document.querySelectorAll('main img, main b, a[href^=javascript]').length]";
    assert_eq!(user.script(harm, vec![]).await, serde_json::json!([false, 0]));
}

#[test]
fn p11_nothing_of_an_unsolicited_error_is_shown() {
    run(async |user| {
        for state in [String::new(), format!("&state={}", unknown_state())] {
            refuses_unsolicited_response(user, &format!("/callback?{HOSTILE_ERROR}{state}")).await;
            nothing_was_run(user).await;
            let text = user.script("return document.body.innerText", vec![]).await.to_string();
            assert!(!text.contains("Hurry") && !text.contains("Message from"), "{text}");
        }
    });
}

#[test]
fn p11_the_description_of_a_solicited_error_is_shown_as_text() {
    run(async |user| {
        user.opens("/").await;
        let response = format!("?{HOSTILE_ERROR}&state={{state}}");
        user.env.standin.inject(Endpoint::Authorize, Fault::Respond(response));
        user.presses("Log in with Spotify").await;
        user.sees_alert("<b>Hurry</b>").await;
        nothing_was_run(user).await;
    });
}
