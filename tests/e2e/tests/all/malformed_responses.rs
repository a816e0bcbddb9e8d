//! Responses to a pending login that are malformed or of the wrong kind: refused, with a button to log in again.

use e2e::{FORGED_TOKEN, User, run};
use standin::{Endpoint, Fault};

const UNREADABLE: &str = "The response could not be read";

async fn logs_in_with(user: &mut User, response: &str) {
    let fault = Fault::Respond(response.to_owned());
    user.env.standin.inject(Endpoint::Authorize, fault);
    user.opens("/").await;
    user.presses("Log in with Spotify").await;
}

async fn refuses(user: &mut User, response: &str, heading: &str) {
    logs_in_with(user, response).await;
    sees_refusal(user, heading).await;
}

async fn sees_refusal(user: &mut User, heading: &str) {
    user.sees_heading(heading).await;
    user.sees_alert("log in again").await;
    user.is_at("/callback").await;
    user.is_signed_out().await;
    assert_eq!(user.env.profile_calls(), 0, "the token is not used");
}

async fn accepts(user: &mut User, response: &str) {
    logs_in_with(user, response).await;
    user.sees_heading("Ada Example").await;
    user.logs_out().await;
}

#[test]
fn p1_order_escapes_and_empty_pairs_make_no_difference() {
    run(async |user| {
        for response in [
            "#token_type=Bearer&state={state}&expires_in=3600&access_token={token}",
            "#&&access_token={token}&&token_type=%42earer&expires_in=3600&state={state}&",
            "#access_token={token}&token_type=bEaReR&expires_in=3600&state={state}&refresh_token=x",
            "#access_token={token}&token_type=Bearer&state={state}",
            "#access_token={token}&token_type=Bearer&state={state}&x=1&x=2&x=%zz",
        ] {
            accepts(user, response).await;
        }
    });
}

#[test]
fn p2_a_malformed_escape_in_a_known_parameter_refuses_the_response() {
    run(async |user| {
        for response in [
            "#access_token={token}&token_type=Bearer&expires_in=3600&state=%zz{state}",
            "#access_token={token}%zz&token_type=Bearer&expires_in=3600&state={state}",
            "#access_token={token}&token_type=Bearer&expires_in=%&state={state}",
            "#access_token={token}%ff&token_type=Bearer&expires_in=3600&state={state}",
        ] {
            refuses(user, response, UNREADABLE).await;
        }
    });
}

#[test]
fn p3_a_repeated_parameter_refuses_the_response() {
    run(async |user| {
        for response in [
            "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}&state={state}",
            "#access_token={token}&access_token=other&token_type=Bearer&expires_in=3600&state={state}",
            "#access_token={token}&token_type=Bearer&expires_in=3600&expires_in=3600&state={state}",
            "?state={state}#access_token={token}&token_type=Bearer&expires_in=3600&state={state}",
        ] {
            refuses(user, response, UNREADABLE).await;
        }
    });
}

#[test]
fn p5_an_error_beside_a_token_takes_precedence() {
    run(async |user| {
        let both = "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}&error=access_denied";
        refuses(user, both, "Access was denied").await;
        let separate = "?error=access_denied#access_token={token}&token_type=Bearer&expires_in=3600&state={state}";
        refuses(user, separate, "Access was denied").await;
    });
}

#[test]
fn p6_a_token_in_the_query_is_refused() {
    run(async |user| {
        let response = "?access_token={token}&token_type=Bearer&expires_in=3600&state={state}";
        refuses(user, response, UNREADABLE).await;
    });
}

#[test]
fn p6_a_code_in_place_of_a_token_is_refused() {
    run(async |user| {
        let response = "?code=an-unsolicited-code&state={state}";
        refuses(user, response, "Unexpected kind of response").await;
    });
}

#[test]
fn p7_a_token_of_another_type_is_refused() {
    run(async |user| {
        for token_type in ["&token_type=mac", "&token_type=", "", "&token_type=Bearer%20"] {
            let response = format!("#access_token={{token}}{token_type}&expires_in=3600&state={{state}}");
            refuses(user, &response, UNREADABLE).await;
        }
    });
}

#[test]
fn p8_a_response_of_seventy_kibibytes_is_refused() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        let state = user.env.last_state();
        let padding = "x".repeat(70 * 1024);
        // Opened, not redirected to: not every engine takes a header that is as long.
        let response = format!(
            "/callback#access_token={FORGED_TOKEN}&token_type=Bearer&expires_in=3600&state={state}&x={padding}"
        );
        user.opens(&response).await;
        sees_refusal(user, UNREADABLE).await;
    });
}

#[test]
fn p8_a_token_with_a_space_is_refused() {
    run(async |user| {
        let response = "#access_token={token}+x&token_type=Bearer&expires_in=3600&state={state}";
        refuses(user, response, UNREADABLE).await;
    });
}

#[test]
fn p9_a_malformed_lifetime_is_refused() {
    run(async |user| {
        for lifetime in ["1e3", "-1", "%2B5", "+5", "3600.0", "abc", "0x10", "%D9%A3"] {
            let response = format!("#access_token={{token}}&token_type=Bearer&expires_in={lifetime}&state={{state}}");
            refuses(user, &response, UNREADABLE).await;
        }
    });
}

#[test]
fn p11_the_error_description_is_shown_as_text() {
    run(async |user| {
        let response = "?error=invalid_scope&error_description=%3Cb%3ENo+such+scope%3C%2Fb%3E&state={state}";
        logs_in_with(user, response).await;
        user.sees_alert("<b>No such scope</b>").await;
        user.is_signed_out().await;
    });
}

#[test]
fn p5_an_unknown_error_is_reported_with_its_code() {
    run(async |user| {
        refuses(user, "#error=teapot&state={state}", "Spotify refused the log-in").await;
        user.sees_alert("teapot").await;
    });
}

#[test]
fn s3_a_refused_response_uses_up_the_pending_login() {
    run(async |user| {
        let malformed = "#access_token={token}&token_type=mac&expires_in=3600&state={state}";
        refuses(user, malformed, UNREADABLE).await;
        let corrected = format!("/callback{}", user.env.last_response());
        user.opens(&corrected).await;
        user.sees_heading("This log-in is already complete").await;
        user.is_signed_out().await;
    });
}
