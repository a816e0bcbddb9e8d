//! Errors of the Web API: which end the session, and the messages for each.

use e2e::{Need, OtherSite, User, run};
use serde_json::json;
use standin::{Endpoint, Fault};

async fn reloads_with(user: &mut User, fault: Fault) {
    user.env.standin.inject(Endpoint::Me, fault);
    user.reloads().await;
}

#[test]
fn h1_a_401_ends_the_session_once_and_says_why() {
    for body in [
        Fault::plain(401, ""),
        Fault::spotify_error(401, "The access token expired"),
    ] {
        run(async |user| {
            user.expects_console_message("401");
            user.env.standin.inject(Endpoint::Me, body);
            user.opens("/").await;
            user.starts_log_in().await;
            user.agrees().await;
            user.sees_notice("no longer accepts").await;
            user.is_signed_out().await;
            user.is_at("/").await;
            user.has_no_token_in_storage().await;
            user.waits_until_settled().await;
            assert_eq!(user.env.profile_calls(), 1, "no loop");
            assert_eq!(user.env.authorization_requests().len(), 1, "no log-in by itself");
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn h1_a_revoked_token_ends_the_session_at_the_next_call() {
    run(async |user| {
        user.expects_console_message("401");
        user.logs_in_as_ada().await;
        user.env.standin.revoke_all_tokens();
        user.reloads().await;
        user.sees_notice("no longer accepts").await;
        user.is_signed_out().await;
    });
}

#[test]
fn h2_each_kind_of_403_has_its_own_message_and_keeps_the_session() {
    run(async |user| {
        user.expects_console_message("403");
        user.expects_console_message("401");
        user.logs_in_as_ada().await;
        for (fault, heading) in [
            (
                Fault::spotify_error(403, "Insufficient client scope"),
                "A permission is missing",
            ),
            (
                Fault::plain(403, "User not registered in the Developer Dashboard"),
                "You don’t have access to this app yet",
            ),
            (
                Fault::spotify_error(403, "the user may not be registered"),
                "You don’t have access to this app yet",
            ),
            (
                Fault::plain(403, r#"{"error":"insufficient_scope"}"#),
                "A permission is missing",
            ),
            (
                Fault::spotify_error(401, "Permissions missing"),
                "A permission is missing",
            ),
            (
                Fault::spotify_error(403, "Active premium subscription required for the owner of the app."),
                "The owner of this app needs Premium",
            ),
            (Fault::spotify_error(403, "Forbidden"), "Not available to this app"),
            (Fault::plain(403, ""), "Not available to this app"),
        ] {
            reloads_with(user, fault).await;
            user.sees_heading(heading).await;
            user.is_signed_in().await;
        }
    });
}

#[test]
fn h2_a_missing_scope_offers_a_log_in_that_asks_for_it() {
    run(async |user| {
        user.expects_console_message("403");
        user.logs_in_as_ada().await;
        reloads_with(user, Fault::spotify_error(403, "Insufficient client scope")).await;
        user.sees_alert("permission").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn h5_a_malformed_profile_is_an_error_and_keeps_the_session() {
    run(async |user| {
        user.logs_in_as_ada().await;
        for response in [
            Fault::plain(200, "<!doctype html><title>Welcome to our wifi</title>"),
            Fault::plain(200, ""),
            Fault::json(200, &json!([])),
            Fault::json(200, &json!({ "display_name": "nobody" })),
            Fault::json(200, &json!(null)),
            Fault::plain(200, "{\"id\": \"ada\", \"display"),
        ] {
            reloads_with(user, response).await;
            user.sees_heading("The response could not be read").await;
            user.sees_alert("still logged in").await;
            user.is_signed_in().await;
            user.presses("Try again").await;
            user.sees_heading("Ada Example").await;
        }
    });
}

#[test]
fn h5_other_error_statuses_are_reported_and_keep_the_session() {
    run(async |user| {
        user.expects_console_message("Failed to load resource");
        user.logs_in_as_ada().await;
        for status in [400, 404, 418] {
            reloads_with(user, Fault::spotify_error(status, "Odd")).await;
            user.sees_button("Try again").await;
            user.sees_alert("").await;
            user.sees_no("heading", "Ada Example").await;
            user.is_signed_in().await;
        }
    });
}

async fn is_reported_and_retried(user: &mut User, fault: Fault) {
    user.expects_console_message("net::ERR_");
    user.expects_console_message("blocked by CORS policy");
    user.env.standin.inject_always(Endpoint::Me, fault);
    user.logs_in().await;
    user.sees_heading("Spotify can’t be reached").await;
    user.sees_alert("turning requests away").await;
    user.sees_alert("still logged in").await;
    user.sees_button("Try again").await;
    user.env.standin.clear_faults();
    user.sees_heading("Ada Example").await;
}

#[test]
fn h4_a_connection_failure_is_reported_and_retried() {
    for fault in [Fault::Drop, Fault::None.without_cors()] {
        run(async |user| is_reported_and_retried(user, fault).await);
    }
}

#[test]
fn h4_an_answer_that_is_cut_off_is_reported_and_retried() {
    run(async |user| {
        user.needs(Need::WholeBodies);
        is_reported_and_retried(user, Fault::CutOff).await;
    });
}

#[test]
fn t3_the_token_does_not_follow_a_redirect() {
    run(async |user| {
        user.expects_console_message("net::ERR_FAILED");
        let other_site = OtherSite::start("").await;
        let redirect = Fault::Redirect(format!("{}/v1/me", other_site.origin()));
        user.env.standin.inject_always(Endpoint::Me, redirect);
        user.logs_in().await;
        user.sees_alert("still logged in").await;
        user.is_signed_in().await;
        assert!(other_site.requests().is_empty(), "{:?}", other_site.requests());
        user.env.standin.clear_faults();
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t3_an_api_call_sends_the_token_as_a_header_and_no_cookie_or_referrer() {
    run(async |user| {
        user.opens("/").await;
        user.script("document.cookie = 'crumb=1; path=/'", vec![]).await;
        user.logs_in_as_ada().await;
        let requests = user.env.standin.requests();
        let call = requests
            .iter()
            .rfind(|request| request.path == "/v1/me")
            .expect("a call");
        let token = call
            .header("authorization")
            .and_then(|text| text.strip_prefix("Bearer "));
        assert!(
            user.env
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
