//! Responses that nobody asked for: they change nothing.

use e2e::{FORGED_TOKEN, Person, play};

fn forged_token(state: &str) -> String {
    format!("/callback#access_token={FORGED_TOKEN}&token_type=Bearer&expires_in=3600&state={state}")
}

fn strange_state() -> String {
    "A".repeat(43)
}

async fn refuses_what_was_not_asked_for(person: &mut Person, path: &str) {
    person.opens(path).await;
    person.sees_alert("nothing was changed").await;
    person.is_at("/callback").await;
}

#[test]
fn s2_a_forged_token_logs_nobody_in() {
    play(async |person| {
        for state in [strange_state(), String::new(), "x".to_owned()] {
            refuses_what_was_not_asked_for(person, &forged_token(&state)).await;
            person.sees_heading("This log-in was not started here").await;
            person.is_signed_out().await;
        }
        assert_eq!(person.world.profile_calls(), 0, "the forged token goes nowhere");
    });
}

#[test]
fn s4_a_forged_token_replaces_no_session() {
    play(async |person| {
        person.logs_in_as_ada().await;
        refuses_what_was_not_asked_for(person, &forged_token(&strange_state())).await;
        person.is_signed_in().await;
        person.clicks("link", "Go to your profile").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn s4_a_forged_token_leaves_the_log_in_in_flight_alone() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        refuses_what_was_not_asked_for(person, &forged_token(&strange_state())).await;
        person.goes_back().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn s6_a_state_that_this_app_can_not_have_made_reads_nothing() {
    play(async |person| {
        person.logs_in_as_ada().await;
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
            refuses_what_was_not_asked_for(person, &forged_token(state)).await;
            person.is_signed_in().await;
        }
    });
}

#[test]
fn p12_a_forged_error_ends_no_session() {
    play(async |person| {
        person.logs_in_as_ada().await;
        for state in [String::new(), format!("&state={}", strange_state())] {
            for sign in ["?", "#"] {
                refuses_what_was_not_asked_for(person, &format!("/callback{sign}error=access_denied{state}")).await;
                person.is_signed_in().await;
            }
        }
        person.clicks("link", "Go to your profile").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn p12_a_forged_error_ends_no_log_in_in_flight() {
    for state in [String::new(), format!("&state={}", strange_state())] {
        play(async |person| {
            person.opens("/").await;
            person.asks_to_log_in().await;
            refuses_what_was_not_asked_for(person, &format!("/callback?error=access_denied{state}")).await;
            person.is_signed_out().await;
            person.goes_back().await;
            person.agrees().await;
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn p12_a_forged_error_ends_neither_session_nor_log_in_of_a_tab_that_has_both() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.world.standin.forget_consent();
        refuses_what_was_not_asked_for(person, "/callback?error=server_error").await;
        person.asks_to_log_in().await;
        refuses_what_was_not_asked_for(person, "/callback?error=access_denied").await;
        person.is_signed_in().await;
        person.goes_back().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_log_out_forgets_the_log_in_in_flight() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.world.standin.forget_consent();
        refuses_what_was_not_asked_for(person, "/callback?error=server_error").await;
        person.asks_to_log_in().await;
        person.goes_back().await;
        person.logs_out().await;
        person.goes_forward().await;
        person.agrees().await;
        person.sees_heading("This log-in was not started here").await;
        person.is_signed_out().await;
    });
}

#[test]
fn p11_what_a_forged_error_says_is_text_and_not_followed() {
    play(async |person| {
        let page = "/callback?error=%3Cimg%20src%3Dx%20onerror%3D%22window.hurt%3D1%22%3E&error_uri=javascript%3Aalert(1)\
                    &error_description=%3Cb%3EHurry%3C%2Fb%3E";
        refuses_what_was_not_asked_for(person, page).await;
        person.waits_a_moment().await;
        let harm = "return [!!window.hurt, document.querySelectorAll('main img, main b, a[href^=javascript]').length]";
        assert_eq!(person.script(harm, vec![]).await, serde_json::json!([false, 0]));
    });
}
