//! The offer of the code flow with PKCE to users whose server refuses the implicit grant.

use e2e::{Scenario, User};
use standin::{Endpoint, Fault, Implicit};

fn implicit_grant_refused() -> Scenario {
    Scenario::default().standin(|options| options.implicit = Implicit::Refused)
}

async fn is_refused(user: &mut User) {
    user.opens("/").await;
    user.presses("Log in with Spotify").await;
    user.sees_heading("Spotify no longer offers this kind of log-in").await;
    user.sees_alert("November 2025").await;
    user.is_signed_out().await;
}

fn flows(user: &User) -> Vec<String> {
    let requests = user.env.authorization_requests();
    let flow = |request: &Vec<(String, String)>| request.iter().find(|(name, _)| name == "response_type").cloned();
    requests.iter().filter_map(flow).map(|(_, value)| value).collect()
}

#[test]
fn a_refused_implicit_grant_offers_pkce_in_one_step_and_never_switches_silently() {
    for keeps_state in [true, false] {
        implicit_grant_refused()
            .standin(|options| options.refusal_includes_state = keeps_state)
            .run(async |user| {
                is_refused(user).await;
                user.waits_until_settled().await;
                assert_eq!(flows(user), ["token"], "the flow is not switched silently");
                user.starts_log_in().await;
                user.agrees().await;
                user.sees_heading("Ada Example").await;
                assert_eq!(flows(user), ["token", "code"]);
            });
    }
}

#[test]
fn an_unauthorized_client_is_offered_pkce_too() {
    for separator in ["?", "#"] {
        Scenario::default().run(async |user| {
            let response = Fault::Respond(format!("{separator}error=unauthorized_client&state={{state}}"));
            user.env.standin.inject(Endpoint::Authorize, response);
            is_refused(user).await;
            user.starts_log_in().await;
            assert_eq!(flows(user), ["token", "code"]);
        });
    }
}

#[test]
fn the_chosen_flow_is_remembered_until_the_configuration_changes() {
    implicit_grant_refused().run(async |user| {
        is_refused(user).await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        user.logs_out().await;
        user.opens("/").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        user.logs_out().await;
        assert_eq!(flows(user), ["token", "code", "code"]);
        user.env.configure("scopes", serde_json::json!(["user-read-private"]));
        user.env.configure("issuer", "https://other.example");
        user.opens("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_button("Log in with Spotify").await;
        assert_eq!(flows(user).last().map(String::as_str), Some("token"));
    });
}

#[test]
fn p12_a_forged_refusal_while_signed_in_changes_nothing() {
    Scenario::default().run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/callback#error=unsupported_response_type").await;
        user.sees_text("You are still logged in.").await;
        user.is_signed_in().await;
        user.opens("/profile").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn a_refused_code_flow_offers_no_other_flow() {
    Scenario::default().config("flow", "pkce").run(async |user| {
        let response = Fault::Respond("?error=unsupported_response_type&state={state}".to_owned());
        user.env.standin.inject(Endpoint::Authorize, response);
        user.opens("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Spotify does not offer this kind of log-in").await;
        let said = user.page_text().await;
        assert!(!said.contains("PKCE"), "{said}");
    });
}
