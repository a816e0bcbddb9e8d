//! From a server that refuses the implicit grant to the authorization code with PKCE, in one step and never silently.

use e2e::{Person, Stage};
use standin::{Fault, Implicit, Place};

fn as_spotify_does() -> Stage {
    Stage::default().standin(|options| options.implicit = Implicit::Refused)
}

async fn is_refused(person: &mut Person) {
    person.opens("/").await;
    person.presses("Log in with Spotify").await;
    person
        .sees_heading("Spotify no longer offers this kind of log-in")
        .await;
    person.sees_alert("November 2025").await;
    person.is_signed_out().await;
}

fn flows(person: &Person) -> Vec<String> {
    let requests = person.world.authorize_requests();
    let flow = |request: &Vec<(String, String)>| request.iter().find(|(name, _)| name == "response_type").cloned();
    requests.iter().filter_map(flow).map(|(_, value)| value).collect()
}

#[test]
fn a_refused_implicit_grant_leads_to_pkce_in_one_step_and_not_by_itself() {
    for keeps_state in [true, false] {
        as_spotify_does()
            .standin(|options| options.refusal_keeps_state = keeps_state)
            .play(async |person| {
                is_refused(person).await;
                person.waits_a_moment().await;
                assert_eq!(flows(person), ["token"], "nothing is switched silently");
                person.asks_to_log_in().await;
                person.agrees().await;
                person.sees_heading("Ada Example").await;
                assert_eq!(flows(person), ["token", "code"]);
            });
    }
}

#[test]
fn a_client_that_may_not_use_the_implicit_grant_is_offered_pkce_too() {
    for part in ["?", "#"] {
        Stage::default().play(async |person| {
            let response = Fault::Respond(format!("{part}error=unauthorized_client&state={{state}}"));
            person.world.standin.inject(Place::Authorize, response);
            is_refused(person).await;
            person.asks_to_log_in().await;
            assert_eq!(flows(person), ["token", "code"]);
        });
    }
}

#[test]
fn the_choice_is_remembered_until_the_configuration_changes() {
    as_spotify_does().play(async |person| {
        is_refused(person).await;
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
        person.logs_out().await;
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
        person.logs_out().await;
        assert_eq!(flows(person), ["token", "code", "code"]);
        person
            .world
            .configure("scopes", serde_json::json!(["user-read-private"]));
        person.world.configure("issuer", "https://other.example");
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_button("Log in with Spotify").await;
        assert_eq!(flows(person).last().map(String::as_str), Some("token"));
    });
}

#[test]
fn p12_a_forged_refusal_while_signed_in_changes_nothing() {
    Stage::default().play(async |person| {
        person.logs_in_as_ada().await;
        person.opens("/callback#error=unsupported_response_type").await;
        person.reads("You are still logged in.").await;
        person.is_signed_in().await;
        person.opens("/profile").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn a_server_that_refuses_the_code_flow_is_not_answered_with_an_offer() {
    Stage::default().config("flow", "pkce").play(async |person| {
        let response = Fault::Respond("?error=unsupported_response_type&state={state}".to_owned());
        person.world.standin.inject(Place::Authorize, response);
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Spotify does not offer this kind of log-in").await;
        let said = person.reads_the_page().await;
        assert!(!said.contains("PKCE"), "{said}");
    });
}
