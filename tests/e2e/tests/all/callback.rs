//! Responses at `/callback` that are late, repeated, misplaced or missing.

use e2e::{FORGED_TOKEN, Scenario, run};
use standin::{Endpoint, Fault, Implicit};

#[test]
fn s3_a_used_callback_url_is_refused_with_an_explanation() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let again = format!("/callback{}", user.env.last_response());
        user.opens(&again).await;
        user.sees_heading("This log-in is already complete").await;
        user.sees_alert("works once").await;
        user.is_at("/callback").await;
        user.is_signed_in().await;
        user.clicks("link", "Go to your profile").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn s3_a_used_callback_url_restores_no_session_after_log_out() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let again = format!("/callback{}", user.env.last_response());
        user.logs_out().await;
        user.opens(&again).await;
        user.sees_alert("log in").await;
        user.is_signed_out().await;
    });
}

#[test]
fn s3_a_used_callback_url_is_refused_in_another_tab() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let again = format!("/callback{}", user.env.last_response());
        user.opens_tab(&again).await;
        user.sees_alert("log in").await;
        user.is_signed_out().await;
    });
}

#[test]
fn p13_a_callback_without_a_response_is_a_plain_page_with_a_link_home() {
    run(async |user| {
        for suffix in ["", "#", "#_=_", "##a", "#/x", "?", "?x=y"] {
            user.opens(&format!("/callback{suffix}")).await;
            user.sees_heading("Nothing to finish here").await;
            user.sees_none("alert").await;
            user.clicks("link", "Go to the start page").await;
            user.is_signed_out().await;
            user.is_at("/").await;
        }
        assert!(
            user.env.authorization_requests().is_empty(),
            "no log-in starts by itself"
        );
    });
}

#[test]
fn p13_a_callback_without_a_response_links_to_the_profile_while_signed_in() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/callback").await;
        user.is_signed_in().await;
        user.clicks("link", "Go to your profile").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn p5_an_unsupported_implicit_grant_has_its_own_message_with_and_without_state() {
    for keeps_state in [true, false] {
        let scenario = Scenario::default().standin(|options| {
            options.implicit = Implicit::Refused;
            options.refusal_includes_state = keeps_state;
        });
        scenario.run(async |user| {
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("Spotify no longer offers this kind of log-in").await;
            user.sees_alert("November 2025").await;
            user.is_at("/callback").await;
            user.is_signed_out().await;
        });
    }
}

#[test]
fn s4_a_response_after_ten_minutes_is_refused() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.opens("/").await;
        user.starts_log_in().await;
        user.sets_clock(601).await;
        user.agrees().await;
        user.sees_heading("This log-in is no longer valid").await;
        user.is_signed_out().await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn s4_a_response_within_ten_minutes_is_accepted() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.opens("/").await;
        user.starts_log_in().await;
        user.sets_clock(590).await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn s5_a_log_in_with_an_outdated_configuration_is_ended_with_a_reason() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        user.env.configure("client_id", "another-client");
        user.agrees().await;
        user.sees_notice("has changed").await;
        user.is_signed_out().await;
        user.is_at("/").await;
    });
}

const TOKEN: &str = "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}";

fn scenario_with_issuer() -> Scenario {
    Scenario::default().config("issuer", "https://issuer.example")
}

#[test]
fn s9_the_expected_issuer_is_accepted_in_query_and_fragment() {
    let iss = "iss=https%3A%2F%2Fissuer.example";
    for response in [format!("?{iss}{TOKEN}"), format!("{TOKEN}&{iss}")] {
        scenario_with_issuer().run(async |user| {
            user.env.standin.inject(Endpoint::Authorize, Fault::Respond(response));
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn s9_a_wrong_or_missing_issuer_is_refused() {
    scenario_with_issuer().run(async |user| {
        let denial = "?error=access_denied&state={state}";
        for (response, iss) in [
            (TOKEN, ""),
            (TOKEN, "&iss=https%3A%2F%2Fissuer.example%2F"),
            (TOKEN, "&iss=https%3A%2F%2Fevil.example"),
            (denial, ""),
            (denial, "&iss=https%3A%2F%2Fevil.example"),
        ] {
            let response = format!("{response}{iss}");
            user.env.standin.inject(Endpoint::Authorize, Fault::Respond(response));
            user.opens("/").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("The response came from another server").await;
            user.is_signed_out().await;
        }
        assert_eq!(user.env.profile_calls(), 0);
    });
}

#[test]
fn t1_a_response_on_another_route_is_removed_and_ignored() {
    run(async |user| {
        user.expects_console_message("404");
        let state = "A".repeat(43);
        let token = format!("#access_token={FORGED_TOKEN}&token_type=Bearer&expires_in=3600&state={state}");
        let code = format!("?code=a-code-that-nobody-issued&state={state}");
        for (path, response, final_path) in [
            ("/", &token, "/"),
            ("/profile", &token, "/"),
            ("/", &code, "/"),
            ("/profile", &code, "/"),
            (
                "/",
                &"?utm_source=mail&err%6fr=access_denied&state=x".to_owned(),
                "/?utm_source=mail",
            ),
        ] {
            user.opens(&format!("{path}{response}")).await;
            user.is_at(final_path).await;
            user.is_signed_out().await;
            user.sees_none("alert").await;
        }
        user.opens(&format!("/nowhere{code}")).await;
        user.sees_heading("Page not found").await;
        user.is_at("/nowhere").await;
        assert_eq!(user.env.profile_calls(), 0);
    });
}

#[test]
fn t1_a_response_on_another_route_does_not_end_a_session() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens(&format!("/profile#error=access_denied&state={}", "A".repeat(43)))
            .await;
        user.sees_heading("Ada Example").await;
    });
}
