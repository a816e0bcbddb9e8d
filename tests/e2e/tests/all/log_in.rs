//! Log-in and log-out.

use std::collections::BTreeMap;

use e2e::{CLIENT_ID, Scenario, User, run};
use standin::{Endpoint, Fault};

#[test]
fn a_user_who_agrees_sees_their_profile() {
    run(async |user| {
        user.logs_in().await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
        for (term, value) in [
            ("Email", "ada@example.com"),
            ("Country", "Sweden (SE)"),
            ("Plan", "Premium"),
            ("Followers", "1,234"),
            ("Spotify ID", "ada"),
        ] {
            user.sees_fact(term, value).await;
        }
        let seconds = user.timer_seconds().await;
        assert!(
            (3540..=3570).contains(&seconds),
            "{seconds} s of 3600 s minus the margin of 30 s"
        );
    });
}

#[test]
fn the_log_in_page_redirects_a_signed_in_user_to_the_profile() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/").await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
    });
}

fn last_request(user: &User) -> BTreeMap<String, String> {
    let requests = user.env.authorization_requests();
    let last = requests.last().expect("an authorization request").clone();
    let count = last.len();
    let request: BTreeMap<_, _> = last.into_iter().collect();
    assert_eq!(request.len(), count, "no parameter is sent twice");
    request
}

#[test]
fn s2_the_authorization_request_has_exactly_the_expected_parameters() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        let mut request = last_request(user);
        let mut scopes: Vec<_> = request["scope"].split(' ').collect();
        scopes.sort_unstable();
        assert_eq!(scopes, ["user-read-email", "user-read-private"]);
        request.remove("scope");
        let state = request.remove("state").expect("a state");
        let is_base64url = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        assert!(state.len() == 43 && state.chars().all(is_base64url), "{state}");
        let expected = [
            ("client_id", CLIENT_ID.to_owned()),
            ("redirect_uri", user.env.redirect_uri()),
            ("response_type", "token".to_owned()),
        ];
        assert_eq!(request, expected.map(|(name, value)| (name.to_owned(), value)).into());
    });
}

#[test]
fn show_dialog_is_sent_when_it_is_configured() {
    Scenario::default().config("show_dialog", true).run(async |user| {
        user.logs_in_as_ada().await;
        assert_eq!(last_request(user)["show_dialog"], "true");
        user.logs_out().await;
        user.starts_log_in().await;
    });
}

#[test]
fn the_requested_scopes_are_the_configured_ones() {
    let scopes = serde_json::json!(["user-top-read"]);
    Scenario::default().config("scopes", scopes).run(async |user| {
        user.logs_in_as_ada().await;
        assert_eq!(last_request(user)["scope"], "user-top-read");
        user.sees_no_fact("Email").await;
    });
}

#[test]
fn s1_every_log_in_has_a_new_state() {
    run(async |user| {
        let mut states = Vec::new();
        for _ in 0..3 {
            user.opens("/").await;
            user.starts_log_in().await;
            states.push(user.env.last_state());
        }
        states.sort_unstable();
        states.dedup();
        assert_eq!(states.len(), 3, "{states:?}");
    });
}

#[test]
fn s1_without_a_random_number_generator_log_in_is_refused_with_a_message() {
    run(async |user| {
        user.before_each_page("crypto.getRandomValues = () => { throw new Error('none') }")
            .await;
        user.opens("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_alert("random").await;
        user.is_signed_out().await;
        assert!(user.env.authorization_requests().is_empty());
    });
}

#[test]
fn p5_a_denied_log_in_is_reported_and_can_be_retried() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        user.cancels().await;
        user.sees_heading("Access was denied").await;
        user.sees_alert("log in again").await;
        user.is_at("/callback").await;
        user.is_signed_out().await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_log_out_leaves_nothing_behind() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.logs_out().await;
        user.sees_status("You are logged out").await;
        user.is_at("/").await;
        user.reloads().await;
        user.is_signed_out().await;
        let page = user.page_text().await;
        assert!(!page.contains("Ada Example"), "{page}");
    });
}

#[test]
fn a_user_can_log_in_again_after_logging_out() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.logs_out().await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn p10_a_reduced_grant_is_shown() {
    run(async |user| {
        let response = "#access_token={token}&token_type=Bearer&expires_in=3600&scope=user-read-private&state={state}";
        user.env
            .standin
            .inject(Endpoint::Authorize, Fault::Respond(response.to_owned()));
        user.opens("/").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        user.sees_text("Not granted").await;
        user.sees_text("e-mail").await;
    });
}

#[test]
fn a_cleared_scope_is_not_requested_and_can_be_added_in_one_step() {
    Scenario::default()
        .standin(|options| options.scope_in_response = true)
        .run(async |user| {
            user.opens("/").await;
            user.clicks("checkbox", "see your e-mail address").await;
            user.starts_log_in().await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.sees_no_fact("Email").await;
            user.sees_text("see your e-mail address").await;
            user.presses("Ask for it again").await;
            user.agrees().await;
            user.sees_fact("Email", "ada@example.com").await;
            let scopes: Vec<_> = user.env.authorization_requests().into_iter().flatten().collect();
            let scopes: Vec<_> = scopes
                .iter()
                .filter(|(name, _)| name == "scope")
                .map(|(_, value)| value.as_str())
                .collect();
            assert_eq!(scopes, ["user-read-private", "user-read-private user-read-email"]);
        });
}

#[test]
fn p10_an_explicit_full_grant_is_not_called_reduced() {
    let explicit = Scenario::default().standin(|options| options.scope_in_response = true);
    explicit.run(async |user| {
        user.logs_in_as_ada().await;
        let page = user.page_text().await;
        assert!(!page.contains("Not granted"), "{page}");
        assert!(
            page.contains("You let this app") && page.contains("see your e-mail address"),
            "{page}"
        );
    });
}

#[test]
fn c7_in_memory_mode_a_reload_logs_out() {
    Scenario::default().config("token_storage", "memory").run(async |user| {
        user.logs_in_as_ada().await;
        user.sees_status("reloading it logs you out").await;
        user.has_no_token_in_storage().await;
        user.reloads().await;
        user.is_signed_out().await;
        user.is_at("/").await;
    });
}

#[test]
fn t4_the_log_in_after_a_log_out_asks_for_an_account_in_another_tab_as_well() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.logs_out().await;
        user.opens_tab("/").await;
        user.starts_log_in().await;
        assert_eq!(last_request(user)["show_dialog"], "true");
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_the_first_log_in_after_a_log_out_lets_the_next_person_choose_an_account() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            let asks = |user: &User| {
                let requests = user.env.authorization_requests();
                let last = requests.last().expect("a request");
                last.contains(&("show_dialog".to_owned(), "true".to_owned()))
            };
            user.logs_in_as_ada().await;
            assert!(!asks(user), "the first log-in");
            user.logs_out().await;
            user.sees_status("Spotify itself may still know you").await;
            user.reloads().await;
            user.clicks(
                "summary",
                "Is this your app? How it logs in, and the redirect URI to register",
            )
            .await;
            assert!(user.definition_of("show_dialog").await.starts_with("true"));
            user.starts_log_in().await;
            assert!(asks(user), "after a log-out");
            user.cancels().await;
            user.starts_log_in().await;
            assert!(asks(user), "after a log-out and a denial");
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.clicks("link", "Stagedoor").await;
            user.sees_heading("Ada Example").await;
            user.opens("/callback#access_token=x&token_type=Bearer").await;
            user.presses("Log in with Spotify").await;
            user.sees_heading("Ada Example").await;
            assert!(!asks(user), "while signed in");
        });
    }
}

#[test]
fn s4_a_clock_that_is_set_while_somebody_is_at_spotify_is_no_reason_to_refuse() {
    for seconds in [-7200, -30, 30] {
        run(async |user| {
            user.uses_fake_clock().await;
            user.opens("/").await;
            user.starts_log_in().await;
            user.sets_clock(seconds).await;
            user.agrees().await;
            user.sees_heading("Ada Example").await;
        });
    }
    run(async |user| {
        user.uses_fake_clock().await;
        user.opens("/").await;
        user.starts_log_in().await;
        user.sets_clock(3600).await;
        user.agrees().await;
        user.sees_alert("By the clock of this device").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
    });
}
