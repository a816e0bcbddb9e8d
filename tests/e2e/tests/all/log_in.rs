//! Log-in and log-out, as people do them.

use std::collections::BTreeMap;

use e2e::{CLIENT_ID, Person, Stage, play};
use standin::{Fault, Place};

#[test]
fn a_person_who_agrees_sees_their_profile() {
    play(async |person| {
        person.logs_in().await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
        for (term, value) in [
            ("Email", "ada@example.com"),
            ("Country", "🇸🇪 Sweden (SE)"),
            ("Plan", "Premium"),
            ("Followers", "1,234"),
            ("Spotify ID", "ada"),
        ] {
            person.sees_fact(term, value).await;
        }
        let seconds = person.reads_the_timer().await;
        assert!((3540..=3570).contains(&seconds), "{seconds} s of 3600 less 30 are left");
    });
}

#[test]
fn a_person_who_is_signed_in_already_goes_from_the_log_in_page_to_the_profile() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.opens("/").await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
    });
}

fn last_request(person: &Person) -> BTreeMap<String, String> {
    let requests = person.world.authorize_requests();
    let last = requests.last().expect("an authorization request").clone();
    let count = last.len();
    let request: BTreeMap<_, _> = last.into_iter().collect();
    assert_eq!(request.len(), count, "no parameter is sent twice");
    request
}

#[test]
fn s2_the_request_holds_what_it_should_and_nothing_else() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        let mut request = last_request(person);
        let mut scopes: Vec<_> = request["scope"].split(' ').collect();
        scopes.sort_unstable();
        assert_eq!(scopes, ["user-read-email", "user-read-private"]);
        request.remove("scope");
        let state = request.remove("state").expect("a state");
        let is_base64url = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        assert!(state.len() == 43 && state.chars().all(is_base64url), "{state}");
        let expected = [
            ("client_id", CLIENT_ID.to_owned()),
            ("redirect_uri", person.world.redirect_uri()),
            ("response_type", "token".to_owned()),
        ];
        assert_eq!(request, expected.map(|(name, value)| (name.to_owned(), value)).into());
    });
}

#[test]
fn show_dialog_is_sent_when_it_is_configured() {
    Stage::default().config("show_dialog", true).play(async |person| {
        person.logs_in_as_ada().await;
        assert_eq!(last_request(person)["show_dialog"], "true");
        person.logs_out().await;
        person.asks_to_log_in().await;
    });
}

#[test]
fn the_scopes_asked_for_are_those_that_are_configured() {
    let scopes = serde_json::json!(["user-top-read"]);
    Stage::default().config("scopes", scopes).play(async |person| {
        person.logs_in_as_ada().await;
        assert_eq!(last_request(person)["scope"], "user-top-read");
        person.sees_no_fact("Email").await;
    });
}

#[test]
fn s1_each_log_in_has_a_state_of_its_own() {
    play(async |person| {
        let mut states = Vec::new();
        for _ in 0..3 {
            person.opens("/").await;
            person.asks_to_log_in().await;
            states.push(person.world.last_state());
        }
        states.sort_unstable();
        states.dedup();
        assert_eq!(states.len(), 3, "{states:?}");
    });
}

#[test]
fn s1_without_a_generator_of_random_numbers_log_in_is_refused_with_words() {
    play(async |person| {
        person
            .before_each_page("crypto.getRandomValues = () => { throw new Error('none') }")
            .await;
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_alert("random").await;
        person.is_signed_out().await;
        assert!(person.world.authorize_requests().is_empty());
    });
}

#[test]
fn p5_a_person_who_says_no_is_told_so_and_can_try_again() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.cancels().await;
        person.sees_heading("You said no").await;
        person.sees_alert("log in again").await;
        person.is_at("/callback").await;
        person.is_signed_out().await;
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_a_person_who_logs_out_leaves_nothing_behind() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.logs_out().await;
        person.sees_status("You are logged out").await;
        person.is_at("/").await;
        person.reloads().await;
        person.is_signed_out().await;
        let page = person.reads_the_page().await;
        assert!(!page.contains("Ada Example"), "{page}");
    });
}

#[test]
fn a_person_can_log_in_again_after_logging_out() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.logs_out().await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn p10_a_reduced_grant_is_shown() {
    play(async |person| {
        let fewer = "#access_token={token}&token_type=Bearer&expires_in=3600&scope=user-read-private&state={state}";
        person
            .world
            .standin
            .inject(Place::Authorize, Fault::Respond(fewer.to_owned()));
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
        person.reads("Not granted").await;
        person.reads("e-mail").await;
    });
}

#[test]
fn what_is_unticked_is_not_asked_for_and_can_be_added_in_one_step() {
    Stage::default()
        .standin(|options| options.scope_in_response = true)
        .play(async |person| {
            person.opens("/").await;
            person.clicks("checkbox", "see your e-mail address").await;
            person.asks_to_log_in().await;
            person.agrees().await;
            person.sees_heading("Ada Example").await;
            person.sees_no_fact("Email").await;
            person.reads("see your e-mail address").await;
            person.presses("Ask for it again").await;
            person.agrees().await;
            person.sees_fact("Email", "ada@example.com").await;
            let scopes: Vec<_> = person.world.authorize_requests().into_iter().flatten().collect();
            let scopes: Vec<_> = scopes
                .iter()
                .filter(|(name, _)| name == "scope")
                .map(|(_, value)| value.as_str())
                .collect();
            assert_eq!(scopes, ["user-read-private", "user-read-private user-read-email"]);
        });
}

#[test]
fn p10_a_full_grant_that_is_spelled_out_is_not_called_reduced() {
    let spelled_out = Stage::default().standin(|options| options.scope_in_response = true);
    spelled_out.play(async |person| {
        person.logs_in_as_ada().await;
        let page = person.reads_the_page().await;
        assert!(!page.contains("Not granted"), "{page}");
        assert!(
            page.contains("You let this app") && page.contains("see your e-mail address"),
            "{page}"
        );
    });
}

#[test]
fn c7_in_memory_mode_a_reload_logs_out() {
    Stage::default().config("token_storage", "memory").play(async |person| {
        person.logs_in_as_ada().await;
        person.sees_status("reloading it logs you out").await;
        person.keeps_no_token().await;
        person.reloads().await;
        person.is_signed_out().await;
        person.is_at("/").await;
    });
}
