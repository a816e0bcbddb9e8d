//! `config.json`: what is wrong with it is told by key, and log-in waits until it is mended.

use e2e::{Person, Stage, play};
use serde_json::json;

async fn finds_log_in_off(person: &mut Person) {
    person.sees_button("Try again").await;
    person.sees_no("button", "Log in with Spotify").await;
}

async fn mends_it(person: &mut Person) {
    person.world.mend_config();
    person.presses("Try again").await;
    person.sees_button("Log in with Spotify").await;
    person.sees_none("alert").await;
}

#[test]
fn what_is_wrong_with_the_configuration_is_told_by_key() {
    play(async |person| {
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
            person.world.site.set_config(&json!({ key: value }));
            person.opens("/").await;
            person.sees_alert(key).await;
            person.sees_alert(reason).await;
            finds_log_in_off(person).await;
        }
    });
}

#[test]
fn everything_wrong_is_told_at_once_and_try_again_works_after_mending() {
    play(async |person| {
        let broken = json!({ "client_id": 5, "colour": "green", "api_url": "ftp://x" });
        person.world.site.set_config(&broken);
        person.opens("/").await;
        for key in ["client_id", "colour", "api_url"] {
            person.sees_alert(key).await;
        }
        finds_log_in_off(person).await;
        person.presses("Try again").await;
        person.sees_alert("colour").await;
        mends_it(person).await;
        person.logs_in_as_ada().await;
    });
}

#[test]
fn a_configuration_that_is_missing_or_no_json_is_told() {
    play(async |person| {
        person.expects_console("Failed to load resource");
        for (status, kind, text, words) in [
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
            (200, "application/json", "", "not a JSON object"),
        ] {
            person.world.site.set_raw_config(status, kind, text);
            person.opens("/").await;
            person.sees_alert(words).await;
            finds_log_in_off(person).await;
            mends_it(person).await;
        }
    });
}

#[test]
fn t1_a_response_is_completed_while_the_configuration_is_broken() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.world.site.set_raw_config(200, "application/json", "{");
        person.agrees().await;
        person.sees_alert("config.json").await;
        person.is_at("/profile").await;
        person.world.mend_config();
        person.presses("Try again").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn without_a_client_id_the_page_explains_how_to_get_one() {
    Stage::default().config("client_id", "").play(async |person| {
        person.opens("/").await;
        let redirect_uri = person.world.redirect_uri();
        person.reads(&redirect_uri).await;
        person.reads("client ID").await;
        person.sees_no("button", "Log in with Spotify").await;
        person.may_use_the_clipboard().await;
        person.presses("Copy the redirect URI").await;
        person.sees_status("Copied.").await;
        let copied = person.script("return navigator.clipboard.readText()", vec![]).await;
        assert_eq!(copied, json!(redirect_uri));
    });
}

#[test]
fn at_localhost_the_page_leads_to_the_number() {
    play(async |person| {
        let there = person.world.site.named_origin();
        person.opens_url(&there).await;
        person.sees_alert("localhost").await;
        person.sees_no("button", "Log in with Spotify").await;
        let by_number = format!("{}/", person.world.site.origin());
        person.clicks("link", &by_number).await;
        person.is_signed_out().await;
        person.is_at("/").await;
    });
}

#[test]
fn at_another_address_than_the_redirect_uri_the_page_leads_there() {
    Stage::default()
        .config("redirect_uri", "https://music.example/callback")
        .play(async |person| {
            person.opens("/").await;
            person.sees_alert("another address").await;
            person.sees("link", "https://music.example/").await;
            person.sees_no("button", "Log in with Spotify").await;
        });
}

#[test]
fn s5_a_session_of_another_configuration_ends_with_words() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.world.configure("client_id", "another-client");
        person.reloads().await;
        person.is_told("set up anew").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn a_client_id_is_tried_in_this_tab_before_it_is_configured() {
    Stage::default().config("client_id", "").play(async |person| {
        person.opens("/").await;
        person.writes("Client ID", "no word").await;
        person.presses("Try it in this tab").await;
        person.sees_status("That is no client ID").await;
        person.writes("Client ID", e2e::CLIENT_ID).await;
        person.presses("Try it in this tab").await;
        person.reads("trying a client ID in this tab only").await;
        person.meets_no_barrier("a trial").await;
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        person.logs_out().await;
        person.presses("Stop trying it").await;
        person.sees_heading("Four steps to your first log-in").await;
        person.world.configure("client_id", "configured");
        person.writes("Client ID", e2e::CLIENT_ID).await;
        person.presses("Try it in this tab").await;
        person.sees_button("Log in with Spotify").await;
        person.sees_no("button", "Stop trying it").await;
    });
}
