//! Details for developers: the authorization request, the session, and copying the token.

use e2e::{Scenario, run};

#[test]
fn the_request_parameters_are_listed_and_follow_the_selected_scopes() {
    Scenario::default()
        .config("show_dialog", true)
        .config("flow", "pkce")
        .run(async |user| {
            user.opens("/").await;
            let summary = "Is this your app? How it logs in, and the redirect URI to register";
            user.clicks("summary", summary).await;
            user.sees_button("Copy the redirect URI").await;
            for (name, value) in [
                ("client_id", "stagedoor-e2e"),
                ("response_type", "code"),
                ("state", "(made anew at each press)"),
                ("code_challenge_method", "S256"),
                ("show_dialog", "true"),
                ("scope", "user-read-private user-read-email"),
            ] {
                assert!(user.definition_of(name).await.starts_with(value), "{name}");
            }
            let shown = user.definition_of("redirect_uri").await;
            assert!(shown.starts_with(&user.env.redirect_uri()), "{shown}");
            user.clicks("checkbox", "see your e-mail address").await;
            user.waits_for_paint().await;
            let scope = user.definition_of("scope").await;
            assert!(scope.starts_with("user-read-private\n"), "{scope}");
            user.passes_axe("request details").await;
        });
}

#[test]
fn t2_the_token_is_copied_on_request_and_never_shown() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.clicks("summary", "For developers").await;
        user.sees_text("Issued").await;
        assert_eq!(user.definition_of("Flow").await, "implicit");
        assert_eq!(
            user.definition_of("Permissions").await,
            "user-read-private user-read-email"
        );
        user.presses("Copy the token").await;
        user.sees_status("Copied.").await;
        let token = user.env.standin.secrets().pop().expect("a token");
        user.waits_until_clipboard_contains(&token).await;
        user.presses("Copy a curl command with it").await;
        let api = user.env.standin.api_url();
        let command = format!("curl -H \"Authorization: Bearer {token}\" \"{api}/me\"");
        user.waits_until_clipboard_contains(&command).await;
        user.passes_axe("session details").await;
    });
}

#[test]
fn a_browser_that_refuses_to_copy_the_token_is_told_in_its_own_words() {
    run(async |user| {
        user.before_each_page("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
            .await;
        user.logs_in_as_ada().await;
        user.clicks("summary", "For developers").await;
        for button in ["Copy the token", "Copy a curl command with it"] {
            user.presses(button).await;
            user.sees_status("Allow this page to use the clipboard").await;
            assert!(!user.page_text().await.contains("select the text"));
        }
    });
}
