//! The Web API: authentication, the profile by scopes, tracks.

use crate::client::{bearer, get, send, start, token};
use serde_json::json;
use standin::TRACKS;

#[test]
fn the_profile_depends_on_the_scopes() {
    let standin = start();
    let me = bearer(&standin, "/v1/me", &token(&standin, "")).json();
    assert_eq!(me["id"], "ada");
    assert_eq!(me["display_name"], "Ada Example");
    assert_eq!(me["followers"]["total"], 1234);
    assert_eq!(me["external_urls"]["spotify"], "https://open.spotify.com/user/ada");
    assert_eq!(me["images"], json!([]));
    for hidden in ["country", "product", "explicit_content", "email"] {
        assert_eq!(me.get(hidden), None, "{hidden}");
    }
    let me = bearer(&standin, "/v1/me", &token(&standin, "user-read-private")).json();
    assert_eq!((&me["country"], &me["product"]), (&json!("SE"), &json!("premium")));
    assert_eq!(me["explicit_content"]["filter_enabled"], false);
    assert_eq!(me.get("email"), None);
    let me = bearer(&standin, "/v1/me", &token(&standin, "user-read-email")).json();
    assert_eq!(me["email"], "ada@example.com");
    assert_eq!(me.get("country"), None);
}

#[test]
fn the_profile_can_be_replaced() {
    let standin = start();
    let token = token(&standin, "");
    for profile in [
        json!({ "id": "x" }),
        json!({ "id": "x", "display_name": null }),
        json!({ "id": "x", "display_name": "a".repeat(10_000) }),
        json!({ "id": "x", "display_name": "<script>alert(1)</script>" }),
        json!(["not", "an", "object"]),
    ] {
        standin.set_profile(profile.clone());
        assert_eq!(bearer(&standin, "/v1/me", &token).json(), profile);
    }
}

#[test]
fn a_valid_token_is_required() {
    let standin = start();
    let response = get(&standin, "/v1/me");
    assert_eq!(
        (response.status, response.message().as_str()),
        (401, "No token provided")
    );
    let response = bearer(&standin, "/v1/me", "made-up-token");
    assert_eq!(
        (response.status, response.message().as_str()),
        (401, "Invalid access token")
    );
    let response = send(&standin, "GET /v1/me", &[("authorization", "Basic YTpi")], "").unwrap();
    assert_eq!(
        (response.status, response.message().as_str()),
        (400, "Only valid bearer authentication supported")
    );
    assert!(standin.secrets().contains(&"made-up-token".to_owned()));
}

#[test]
fn tokens_expire_and_can_be_revoked() {
    let standin = start();
    let old = token(&standin, "");
    standin.expire_all_tokens();
    let response = bearer(&standin, "/v1/me", &old);
    assert_eq!(
        (response.status, response.message().as_str()),
        (401, "The access token expired")
    );
    let new = token(&standin, "");
    assert_eq!(bearer(&standin, "/v1/me", &new).status, 200);
    standin.revoke_all_tokens();
    assert_eq!(bearer(&standin, "/v1/me", &new).message(), "Invalid access token");
    standin.set_expires_in(0);
    let expired = token(&standin, "");
    assert_eq!(
        bearer(&standin, "/v1/me", &expired).message(),
        "The access token expired"
    );
    standin.set_expires_in(u64::MAX);
    let unlimited = token(&standin, "");
    assert_eq!(bearer(&standin, "/v1/me", &unlimited).status, 200);
}

#[test]
fn leaked_secrets_are_refused() {
    let standin = start();
    let value = format!("Bearer {}", token(&standin, ""));
    for (path, header, message) in [
        ("/v1/me", ("cookie", "a=b"), "The request has a Cookie header"),
        (
            "/v1/me",
            ("referer", "http://127.0.0.1:8888/callback"),
            "The request has a Referer header",
        ),
        (
            "/v1/me?access_token=x",
            ("accept", "*/*"),
            "The request has a token in its query",
        ),
    ] {
        let response = send(
            &standin,
            &format!("GET {path}"),
            &[("authorization", &value), header],
            "",
        )
        .unwrap();
        assert_eq!((response.status, response.message().as_str()), (400, message));
        assert_eq!(standin.violations().last().unwrap(), &format!("/v1/me: {message}"));
    }
}

#[test]
fn tracks_are_found_by_id() {
    let standin = start();
    let token = token(&standin, "");
    let track = |id: &str| bearer(&standin, &format!("/v1/tracks/{id}"), &token);
    let playable = track(TRACKS[0]).json();
    assert_eq!(
        (&playable["id"], &playable["is_playable"]),
        (&json!(TRACKS[0]), &json!(true))
    );
    assert_eq!(playable["artists"][1]["name"], "Nora Pebble");
    assert_eq!(playable["album"]["release_date"], "2019-03-08");
    assert_eq!(track(TRACKS[1]).json()["restrictions"]["reason"], "market");
    let unknown = track("0000000000000000000000");
    assert_eq!(
        (unknown.status, unknown.message().as_str()),
        (404, "Resource not found")
    );
    for bad in ["short", "00000000000000000000000", "000000000000000000000-"] {
        let response = track(bad);
        assert_eq!(
            (response.status, response.message().as_str()),
            (400, "Invalid base62 id")
        );
    }
    assert_eq!(get(&standin, &format!("/v1/tracks/{}", TRACKS[0])).status, 401);
}

#[test]
fn other_paths_are_not_found() {
    let standin = start();
    let response = get(&standin, "/v1/me/albums");
    assert_eq!(
        (response.status, response.message().as_str()),
        (404, "Service not found")
    );
    let response = get(&standin, "/nowhere");
    assert_eq!(response.status, 404);
    assert!(response.body.contains("Page not found"));
}
