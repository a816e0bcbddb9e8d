//! The examples: other apps on the same library.

use e2e::{FORGED_TOKEN, Host, OidcProvider, Scenario, User};
use serde_json::json;
use standin::Rotation;

/// The smallest example against the stand-in, by one of the two flows.
fn minimal(attribute: &'static str, test: impl AsyncFnOnce(&mut User)) {
    let scenario = Scenario::default().host(Host::Minimal);
    scenario
        .standin(|options| options.rotation = Rotation::Always)
        .run(async |user| {
            let authorize_url = user.env.standin.authorize_url();
            let server = authorize_url.trim_end_matches("/authorize");
            user.env
                .site
                .set_attributes(format!("data-server=\"{server}\" {attribute}"));
            let registered = user.env.standin.register("stagedoor-dev", &user.env.redirect_uri());
            registered.expect("a redirect URI that can be registered");
            test(user).await;
        });
}

async fn logs_in(user: &mut User) {
    user.opens("/").await;
    user.starts_log_in().await;
    user.agrees().await;
    user.sees_heading("Ada Example").await;
    user.is_at("/").await;
}

/// A refusal, a log-in, a reload, a forged response, a log-out in another tab.
async fn walks(user: &mut User) {
    user.opens("/").await;
    user.starts_log_in().await;
    user.cancels().await;
    user.sees_alert("access_denied").await;
    user.is_at("/").await;
    user.sees_button("Log in with Spotify").await;
    logs_in(user).await;
    user.reloads().await;
    user.sees_heading("Ada Example").await;
    let forged = format!("#access_token={FORGED_TOKEN}&token_type=Bearer");
    user.sets_fragment(&forged).await;
    user.sees_alert("unsolicited").await;
    user.sees_heading("Ada Example").await;
    user.is_at("/").await;
    user.opens(&format!("/{forged}")).await;
    user.sees_alert("unsolicited").await;
    user.sees_heading("Ada Example").await;
    user.is_at("/").await;
    user.opens_tab("/").await;
    user.presses("Log in with Spotify").await;
    user.sees_heading("Ada Example").await;
    user.presses("Log out").await;
    user.sees_button("Log in with Spotify").await;
    user.has_no_token_in_storage().await;
    user.switches_to_tab(0).await;
    user.sees_button("Log in with Spotify").await;
    user.has_no_token_in_storage().await;
}

#[test]
fn c1_the_smallest_example_logs_in_by_pkce() {
    minimal("", walks);
}

#[test]
fn p1_the_smallest_example_logs_in_by_the_implicit_grant() {
    minimal("data-implicit", walks);
}

#[test]
fn c5_the_smallest_example_is_refreshed() {
    minimal("", async |user: &mut User| {
        user.uses_fake_clock().await;
        logs_in(user).await;
        user.sets_clock(3550).await;
        user.dispatches("focus").await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
        user.sets_clock(3650).await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
    });
}

/// Agrees at oidc-provider, and is on the page for those who are signed in.
async fn agrees_and_sees_account(user: &mut User) {
    user.sees_heading("Who are you?").await;
    user.agrees().await;
    user.sees_heading("Ada Example").await;
    user.is_at("/account").await;
}

#[test]
fn c1_an_app_with_a_router_logs_in_at_another_server() {
    Scenario::default()
        .host(Host::Router)
        .run_without_leak_check(async |user: &mut User| {
            let server = OidcProvider::start(&user.env.redirect_uri()).await;
            let attribute = format!("data-server=\"{}\"", server.issuer());
            user.env.site.set_attributes(attribute);
            user.uses_fake_clock().await;
            user.opens("/account").await;
            user.sees_heading("Home").await;
            user.is_at("/").await;
            user.presses("Log in").await;
            user.sees_heading("Who are you?").await;
            user.cancels().await;
            user.sees_alert("access_denied").await;
            user.sees_button("Log in").await;
            user.opens("/").await;
            user.presses("Log in").await;
            agrees_and_sees_account(user).await;
            user.sees_text("good for 59 minutes").await;
            user.reloads().await;
            user.sees_heading("Ada Example").await;
            let forged = format!("#access_token={FORGED_TOKEN}&token_type=Bearer&part=2");
            user.sets_fragment(&forged).await;
            user.sees_alert("unsolicited").await;
            user.sees_heading("Ada Example").await;
            user.is_at("/account#part=2").await;
            user.opens("/account?show=all&code=a&state=b").await;
            user.sees_alert("unsolicited").await;
            user.sees_heading("Ada Example").await;
            user.is_at("/account?show=all").await;
            // Each refresh token is good for one refresh.
            for start in [0, 3550] {
                user.sets_clock(start + 3000).await;
                user.sees_text("good for 9 minutes").await;
                user.sets_clock(start + 3550).await;
                user.dispatches("focus").await;
                user.sees_text("good for 59 minutes").await;
                user.reloads().await;
                user.sees_heading("Ada Example").await;
            }
            let unnamed = "return Object.keys({...sessionStorage, ...localStorage}).filter((key) => !key.startsWith('stagedoor:/#router:'))";
            assert_eq!(user.script(unnamed, vec![]).await, json!([]));
            assert_eq!(user.leaks().await, []);
            user.presses("Log out").await;
            user.sees_heading("Home").await;
            user.has_no_token_in_storage().await;
            user.clicks("link", "Account").await;
            user.presses("Log in").await;
            agrees_and_sees_account(user).await;
        });
}
