//! Feeds every parser of untrusted text with what libFuzzer generates: authorization and token responses, stored records, the
//! configuration, the Web API's responses, return paths and track IDs. Nothing may panic, and whatever is accepted must hold the
//! invariants of its type.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stagedoor::internals::api::FailedResponse;
use stagedoor::internals::oauth::{AuthorizationResponse, EXPIRES_IN_MAX_S, ResponseBody, StoredLogin, TokenResponse};
use stagedoor::internals::session::ActiveSession;
use stagedoor::internals::url::check_url;
use stagedoor::spotify::{Image, ListPage, NextPage, Profile, Track, TrackId, https};
use stagedoor::{AccessToken, ReturnPath};
use stagedoor_app::config::Config;

fuzz_target!(|input: (&str, &str)| {
    let (one, other) = input;
    response(one, other);
    records(one);
    if let Some(path) = ReturnPath::parse(one) {
        assert!(path.as_str().starts_with('/') && !path.as_str().starts_with("//"));
    }
    models(one);
    config(one);
    token_response(one);
    if let Ok(id) = TrackId::parse(one) {
        assert!(id.as_str().len() == 22 && id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
    for status in [401, 403, 429] {
        let response = FailedResponse {
            status,
            retry_after_s: Some(7),
            www_authenticate: Some(other),
            body: one,
        };
        let _ = response.error();
    }
});

fn response(query: &str, fragment: &str) {
    let Ok(response) = AuthorizationResponse::parse(query, fragment) else {
        return;
    };
    if let ResponseBody::Token(token) = response.body {
        assert!(token.expires_in <= EXPIRES_IN_MAX_S);
        assert_printable(&token.access_token);
        assert!(!query.contains("access_token="), "a token in the query is refused");
    }
}

#[allow(clippy::expect_used, reason = "a failure is what the fuzzer searches for")]
fn records(text: &str) {
    if let Ok(entry) = serde_json::from_str::<StoredLogin>(text) {
        let written = serde_json::to_string(&entry).expect("a record can be written");
        let read: StoredLogin = serde_json::from_str(&written).expect("a written record can be read");
        assert_eq!(read, entry);
    }
    if let Ok(session) = serde_json::from_str::<ActiveSession>(text) {
        let written = serde_json::to_string(&session).expect("a record can be written");
        let read: ActiveSession = serde_json::from_str(&written).expect("a written record can be read");
        assert_eq!(serde_json::to_string(&read).ok(), Some(written));
        assert!(session.lifetime() <= EXPIRES_IN_MAX_S * 1000);
    }
}

fn assert_printable(token: &AccessToken) {
    let secret = token.expose_secret();
    assert!(!secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic()));
}

fn token_response(text: &str) {
    for status in [200, 400, 401, 503] {
        if let Ok(token) = TokenResponse::parse(status, text) {
            assert!((1..=EXPIRES_IN_MAX_S).contains(&token.expires_in));
            assert_printable(&token.access_token);
        }
    }
}

fn config(text: &str) {
    let Ok(config) = Config::parse(text, "https://app.example/") else {
        return;
    };
    let client = config.client;
    for url in [
        &client.authorize_url,
        &client.token_url,
        &client.api_url,
        &client.redirect_uri,
    ] {
        assert_eq!(check_url(url), Ok(()));
    }
    assert!(!client.api_url.ends_with('/'));
}

fn models(text: &str) {
    if let Ok(profile) = serde_json::from_str::<Profile>(text) {
        assert_https(profile.page.as_deref(), &profile.images);
    }
    if let Ok(track) = serde_json::from_str::<Track>(text) {
        assert_https(track.page.as_deref(), &track.images);
    }
    if let Ok(page) = serde_json::from_str::<ListPage>(text) {
        for item in &page.items {
            assert_https(item.page.as_deref(), &item.images);
        }
        if let NextPage::At(path) = page.next_page("/me/playlists?limit=20", "https://api.example/v1") {
            assert!(path.starts_with("/me/playlists?"));
        }
    }
}

fn assert_https(page: Option<&str>, images: &[Image]) {
    assert!(page.is_none_or(|url| https(url).is_some()));
    let fits = |image: &Image| https(&image.url).is_some() || check_url(&image.url).is_ok();
    assert!(images.iter().all(fits));
}
