//! What the curious can look at: the request as it is made up, the session, and the token by a deliberate press.

use e2e::{Stage, play};
use serde_json::json;

#[test]
fn the_request_is_shown_part_by_part_and_follows_the_choice() {
    Stage::default()
        .config("show_dialog", true)
        .config("flow", "pkce")
        .play(async |person| {
            person.opens("/").await;
            let details = "Is this your app? How it logs in, and the redirect URI to register";
            person.clicks("summary", details).await;
            person.sees_button("Copy the redirect URI").await;
            for (name, value) in [
                ("client_id", "stagedoor-e2e"),
                ("response_type", "code"),
                ("state", "(made anew at each press)"),
                ("code_challenge_method", "S256"),
                ("show_dialog", "true"),
                ("scope", "user-read-private user-read-email"),
            ] {
                assert!(person.reads_part(name).await.starts_with(value), "{name}");
            }
            let shown = person.reads_part("redirect_uri").await;
            assert!(shown.starts_with(&person.world.redirect_uri()), "{shown}");
            person.clicks("checkbox", "see your e-mail address").await;
            person.waits_for_a_frame().await;
            let scope = person.reads_part("scope").await;
            assert!(scope.starts_with("user-read-private\n"), "{scope}");
            person.meets_no_barrier("the request").await;
        });
}

#[test]
fn t2_the_token_is_copied_by_a_press_and_never_shown() {
    play(async |person| {
        person.may_use_the_clipboard().await;
        person.logs_in_as_ada().await;
        person.clicks("summary", "For developers").await;
        person.reads("Issued").await;
        assert_eq!(person.reads_part("Flow").await, "implicit");
        assert_eq!(
            person.reads_part("Permissions").await,
            "user-read-private user-read-email"
        );
        person.presses("Copy the token").await;
        person.sees_status("Copied.").await;
        let token = person.world.standin.secrets().pop().expect("a token");
        let clipboard = "return navigator.clipboard.readText()";
        assert_eq!(person.script(clipboard, vec![]).await, json!(token));
        person.presses("Copy a curl command with it").await;
        let api = person.world.standin.api_url();
        let command = format!("curl -H 'Authorization: Bearer {token}' '{api}/me'");
        person.waits_until_the_clipboard_holds(&command).await;
        person.meets_no_barrier("the session").await;
    });
}
