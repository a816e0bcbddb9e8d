//! `config.json`: errors are reported by key, and log-in stays disabled until they are fixed.

use e2e::{Scenario, User, run};
use serde_json::json;

async fn sees_log_in_disabled(user: &mut User) {
    user.sees_button("Try again").await;
    user.sees_no("button", "Log in with Spotify").await;
}

async fn restores_config_and_retries(user: &mut User) {
    user.env.restore_config();
    user.presses("Try again").await;
    user.sees_button("Log in with Spotify").await;
    user.sees_none("alert").await;
}

#[test]
fn each_configuration_error_is_reported_by_key() {
    run(async |user| {
        for (key, value, reason) in [
            ("client-id", json!("x"), "no such key"),
            ("client_id", json!(5), "text"),
            ("flow", json!("hybrid"), "implicit"),
            ("api_url", json!("http://api.example/v1"), "https"),
            ("authorize_url", json!("http://localhost:1/authorize"), "127.0.0.1"),
            ("redirect_uri", json!("javascript:alert(1)"), "https"),
            ("scopes", json!("user-read-email"), "list"),
            ("show_dialog", json!("true"), "true or false"),
            ("token_storage", json!("local"), "memory"),
            ("issuer", json!(true), "text"),
        ] {
            user.env.site.set_config(&json!({ key: value }));
            user.opens("/").await;
            user.sees_alert(key).await;
            user.sees_alert(reason).await;
            sees_log_in_disabled(user).await;
        }
    });
}

#[test]
fn a_redirect_uri_of_this_origin_that_is_not_the_callback_page_is_refused_by_key() {
    run(async |user| {
        for path in ["/", "/login", "/callback.html"] {
            let wrong = format!("{}{path}", user.env.site.origin());
            user.env.configure("redirect_uri", wrong);
            user.opens("/").await;
            user.sees_alert("redirect_uri").await;
            let right = user.env.redirect_uri();
            user.sees_alert(&right).await;
            sees_log_in_disabled(user).await;
        }
    });
}

#[test]
fn all_configuration_errors_are_reported_at_once_and_try_again_rereads_the_file() {
    run(async |user| {
        let broken = json!({ "client_id": 5, "colour": "green", "api_url": "ftp://x" });
        user.env.site.set_config(&broken);
        user.opens("/").await;
        for key in ["client_id", "colour", "api_url"] {
            user.sees_alert(key).await;
        }
        sees_log_in_disabled(user).await;
        user.presses("Try again").await;
        user.sees_alert("colour").await;
        restores_config_and_retries(user).await;
        user.logs_in_as_ada().await;
    });
}

#[test]
fn a_missing_or_malformed_configuration_is_reported() {
    run(async |user| {
        user.expects_console_message("Failed to load resource");
        for (status, kind, text, message) in [
            (404, "text/html", "<!doctype html>", "no config.json"),
            (500, "text/plain", "", "500"),
            (
                200,
                "text/html",
                "<!doctype html><title>Home</title>",
                "not a JSON object",
            ),
            (200, "application/json", "{\"client_id\": \"x\"", "not a JSON object"),
            (200, "application/json", "[]", "not a JSON object"),
            (
                200,
                "application/json",
                r#"{"client_id":"a","client_id":"b"}"#,
                "given twice",
            ),
            (200, "application/json", "", "not a JSON object"),
        ] {
            user.env.site.set_raw_config(status, kind, text);
            user.opens("/").await;
            user.sees_alert(message).await;
            sees_log_in_disabled(user).await;
            restores_config_and_retries(user).await;
        }
    });
}

#[test]
fn t1_a_response_completes_while_the_configuration_is_invalid() {
    run(async |user| {
        user.opens("/").await;
        user.starts_log_in().await;
        user.env.site.set_raw_config(200, "application/json", "{");
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
        user.sees_none("alert").await;
        user.presses("Log out").await;
        user.sees_alert("config.json").await;
        restores_config_and_retries(user).await;
    });
}

#[test]
fn b6_a_configuration_that_fails_takes_nothing_from_those_who_are_signed_in() {
    run(async |user| {
        user.expects_console_message("503");
        user.logs_in_as_ada().await;
        user.env.site.set_raw_config(503, "text/plain", "busy");
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        user.opens(&format!("/track?id={}", standin::TRACKS[0])).await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        user.is_signed_in().await;
        user.sees_none("alert").await;
    });
}

#[test]
fn b6_a_configuration_that_failed_is_requested_again_while_somebody_is_signed_in() {
    run(async |user| {
        user.expects_console_message("503");
        user.expects_console_message("403");
        user.logs_in_as_ada().await;
        let missing = standin::Fault::spotify_error(403, "Insufficient client scope");
        user.env.standin.inject(standin::Endpoint::Me, missing);
        user.env.site.set_raw_config(503, "text/plain", "busy");
        user.reloads().await;
        user.sees_heading("A permission is missing").await;
        user.presses("Log in with Spotify").await;
        user.sees_alert("settings of this app have not arrived").await;
        user.env.restore_config();
        let count = user.env.site.count_requests("config.json");
        user.env.site.wait_for_requests("config.json", count + 1).await;
        user.waits_until_settled().await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.site.count_requests_since("/callback", "config.json"), 1);
    });
}

#[test]
fn without_a_client_id_the_page_explains_how_to_get_one() {
    Scenario::default().config("client_id", "").run(async |user| {
        user.opens("/").await;
        let redirect_uri = user.env.redirect_uri();
        user.sees_text(&redirect_uri).await;
        user.sees_text("client ID").await;
        user.sees_no("button", "Log in with Spotify").await;
        user.presses("Copy the redirect URI").await;
        user.sees_status("Copied.").await;
        user.waits_until_clipboard_contains(&redirect_uri).await;
    });
}

/// Pages with a log-in button, other than the log-in page.
const WITH_BUTTON: [&str; 3] = [
    "/track?id=1standin0track0one0000",
    "/music?show=recent",
    "/callback?error=x",
];

#[test]
fn s10_without_a_client_id_no_button_starts_a_log_in() {
    Scenario::default().config("client_id", "").run(async |user| {
        for path in WITH_BUTTON {
            user.opens(path).await;
            user.presses("Log in with Spotify").await;
            user.sees_alert("no client ID").await;
            user.sees_button("Log in with Spotify").await;
        }
        user.clicks("link", "See the steps on the start page").await;
        user.sees_heading("Four steps to your first log-in").await;
        assert!(user.env.authorization_requests().is_empty());
    });
}

#[test]
fn s10_at_localhost_each_button_leads_to_the_same_page_at_the_ip_address() {
    run(async |user| {
        let localhost = user.env.site.localhost_origin();
        for path in WITH_BUTTON {
            user.opens_url(&format!("{localhost}{path}")).await;
            user.presses("Log in with Spotify").await;
            user.sees_alert("localhost").await;
            let kept = path.replace("?error=x", "");
            let ip_address = format!("{}{kept}", user.env.site.origin());
            user.clicks("link", &ip_address).await;
            user.is_at(&kept).await;
        }
        assert!(user.env.authorization_requests().is_empty());
    });
}

#[test]
fn s10_at_another_origin_than_the_redirect_uri_each_button_leads_there() {
    Scenario::default()
        .config("redirect_uri", "https://music.example/app/callback")
        .run(async |user| {
            for path in WITH_BUTTON {
                user.opens(path).await;
                user.presses("Log in with Spotify").await;
                user.sees_alert("another address").await;
                user.sees("link", "https://music.example/app/").await;
            }
            assert!(user.env.authorization_requests().is_empty());
        });
}

#[test]
fn at_localhost_the_page_links_to_the_ip_address() {
    run(async |user| {
        let localhost = user.env.site.localhost_origin();
        user.opens_url(&localhost).await;
        user.sees_alert("localhost").await;
        user.sees_no("button", "Log in with Spotify").await;
        let ip_address = format!("{}/", user.env.site.origin());
        user.clicks("link", &ip_address).await;
        user.is_signed_out().await;
        user.is_at("/").await;
    });
}

#[test]
fn at_another_origin_than_the_redirect_uri_the_page_links_there() {
    Scenario::default()
        .config("redirect_uri", "https://music.example/callback")
        .run(async |user| {
            user.opens("/").await;
            user.sees_alert("another address").await;
            user.sees("link", "https://music.example/").await;
            user.sees_no("button", "Log in with Spotify").await;
        });
}

#[test]
fn s5_a_session_of_another_configuration_ends_with_a_reason() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.env.configure("client_id", "another-client");
        user.reloads().await;
        user.sees_notice("has changed").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn a_client_id_can_be_tried_in_this_tab_before_it_is_configured() {
    Scenario::default().config("client_id", "").run(async |user| {
        user.opens("/").await;
        user.presses("Try it in this tab").await;
        user.sees_status("Paste the client ID first").await;
        user.fills_in("Client ID", "no word").await;
        user.presses("Try it in this tab").await;
        user.sees_status("That is no client ID").await;
        let fill = "document.querySelector('#client-id').value = arguments[0]";
        user.script(fill, vec![json!(e2e::CLIENT_ID)]).await;
        user.presses("Try it in this tab").await;
        user.sees_text("trying a client ID in this tab only").await;
        user.passes_axe("a trial client ID").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        user.logs_out().await;
        user.presses("Stop trying it").await;
        user.sees_heading("Four steps to your first log-in").await;
        user.env.configure("client_id", "configured");
        user.fills_in("Client ID", e2e::CLIENT_ID).await;
        user.presses("Try it in this tab").await;
        user.sees_button("Log in with Spotify").await;
        user.sees_no("button", "Stop trying it").await;
    });
}
