//! The authorization code with PKCE: the request, and what the token endpoint takes and refuses.

use crate::client::{
    Answer, CALLBACK, ORIGIN, VERIFIER, agree, authorize, bearer, code, exchange, field, implicit, pkce, redeem, renew,
    send, start, start_with,
};
use serde_json::json;
use standin::{Fault, Implicit, Options, Place, Standin};
use std::time::Duration;

fn refused(answer: &Answer, error: &str, description: &str) {
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(field(answer, "error"), error);
    assert!(
        field(answer, "error_description").contains(description),
        "{}",
        answer.body
    );
}

#[test]
fn a_code_comes_back_in_the_query() {
    let standin = start_with(Options {
        implicit: Implicit::Refused,
        ..Options::default()
    });
    let answer = agree(&standin, &pkce(""));
    let code = answer.returned("code").unwrap();
    assert_eq!(answer.location(), format!("{CALLBACK}?code={code}&state=st-1"));
    assert_eq!(standin.secrets(), [code]);
}

#[test]
fn s256_and_a_challenge_are_required() {
    let standin = start();
    let code = implicit("").replace("=token", "=code");
    for (query, description) in [
        (code.clone(), "code_challenge_method+must+be+S256"),
        (pkce("").replace("S256", "plain"), "code_challenge_method+must+be+S256"),
        (
            format!("{code}&code_challenge_method=S256"),
            "code_challenge+must+be+43+characters+of+base64url",
        ),
        (pkce("A"), "code_challenge+must+be+43+characters+of+base64url"),
    ] {
        let answer = authorize(&standin, &query);
        let expected = format!("{CALLBACK}?error=invalid_request&error_description={description}&state=st-1");
        assert_eq!((answer.status, answer.location()), (303, expected.as_str()));
    }
    assert_eq!(standin.complaints().len(), 4);
}

#[test]
fn a_code_gives_tokens() {
    let standin = start();
    let code = code(&standin, "user-read-email");
    let answer = exchange(&standin, &redeem(&code));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json = answer.json();
    assert_eq!(
        (&json["token_type"], &json["expires_in"]),
        (&json!("Bearer"), &json!(3600))
    );
    assert_eq!(json["scope"], "user-read-email");
    let (access, refresh) = (field(&answer, "access_token"), field(&answer, "refresh_token"));
    assert_eq!(bearer(&standin, "/v1/me", &access).json()["email"], "ada@example.com");
    let secrets = standin.secrets();
    for secret in [&code, &access, &refresh, &VERIFIER.to_owned()] {
        assert!(secrets.contains(secret), "{secret}");
    }
    assert!(standin.complaints().is_empty());
}

#[test]
fn a_replayed_code_revokes_what_it_gave() {
    let standin = start();
    let form = redeem(&code(&standin, ""));
    let first = exchange(&standin, &form);
    refused(&exchange(&standin, &form), "invalid_grant", "used already");
    assert_eq!(
        bearer(&standin, "/v1/me", &field(&first, "access_token")).message(),
        "Invalid access token"
    );
    refused(
        &exchange(&standin, &renew(&field(&first, "refresh_token"))),
        "invalid_grant",
        "revoked",
    );
}

#[test]
fn a_code_is_bound_to_client_redirect_uri_and_verifier() {
    let standin = start();
    standin.register("other", CALLBACK).unwrap();
    for (right, wrong, description) in [
        ("client_id=app", "client_id=other", "another client_id"),
        ("callback", "Callback", "redirect_uri is not the one"),
        (VERIFIER, "short", "43 to 128 unreserved"),
        (VERIFIER, &"a".repeat(43), "code_verifier was incorrect"),
    ] {
        let form = redeem(&code(&standin, ""));
        refused(
            &exchange(&standin, &form.replace(right, wrong)),
            "invalid_grant",
            description,
        );
        refused(&exchange(&standin, &form), "invalid_grant", "used already");
    }
    refused(
        &exchange(&standin, &redeem("made-up")),
        "invalid_grant",
        "Invalid authorization code",
    );
    assert_eq!(standin.complaints().len(), 9);
}

#[test]
fn a_code_ages() {
    let standin = start_with(Options {
        code_life: Duration::ZERO,
        ..Options::default()
    });
    refused(
        &exchange(&standin, &redeem(&code(&standin, ""))),
        "invalid_grant",
        "code expired",
    );
    assert!(standin.complaints().is_empty());
}

#[test]
fn a_public_client_shows_no_secret() {
    let standin = start();
    let form = redeem(&code(&standin, ""));
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", "Basic YXBwOg=="),
    ];
    let answer = send(&standin, "POST /api/token", &headers, &form).unwrap();
    refused(&answer, "invalid_client", "Authorization header");
    refused(
        &exchange(&standin, &format!("{form}&client_secret=x")),
        "invalid_client",
        "client_secret",
    );
    refused(
        &exchange(&standin, &form.replace("=app", "=nobody")),
        "invalid_client",
        "no client with the id nobody",
    );
    assert_eq!(exchange(&standin, &form).status, 200);
}

#[test]
fn the_message_must_be_a_form() {
    let standin = start();
    let form = redeem("some-code");
    let json = send(
        &standin,
        "POST /api/token",
        &[("content-type", "application/json")],
        "{}",
    )
    .unwrap();
    refused(&json, "invalid_request", "must be application/x-www-form-urlencoded");
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let query = send(&standin, "POST /api/token?a=b", &headers, &form).unwrap();
    refused(&query, "invalid_request", "not in the query");
    refused(
        &exchange(&standin, &format!("{form}&code=other")),
        "invalid_request",
        "code was given twice",
    );
    refused(
        &exchange(&standin, "grant_type=password&client_id=app"),
        "unsupported_grant_type",
        "password",
    );
    for name in ["grant_type", "client_id", "redirect_uri", "code", "code_verifier"] {
        let without: Vec<&str> = form
            .split('&')
            .filter(|pair| pair.split('=').next() != Some(name))
            .collect();
        refused(
            &exchange(&standin, &without.join("&")),
            "invalid_request",
            &format!("sent no {name}"),
        );
    }
}

#[test]
fn leaks_are_refused_here_too() {
    let standin = start();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("referer", CALLBACK),
    ];
    let answer = send(&standin, "POST /api/token", &headers, &redeem(&code(&standin, ""))).unwrap();
    assert_eq!(
        (answer.status, answer.message().as_str()),
        (400, "A Referer header came along")
    );
}

#[test]
fn a_page_of_a_client_may_ask() {
    let standin = start();
    let preflight = send(&standin, "OPTIONS /api/token", &[("origin", ORIGIN)], "").unwrap();
    assert_eq!(
        (preflight.status, preflight.header("access-control-allow-origin")),
        (204, Some(ORIGIN))
    );
    let headers = [
        ("content-type", "application/x-www-form-urlencoded;charset=UTF-8"),
        ("origin", ORIGIN),
    ];
    let answer = send(&standin, "POST /api/token", &headers, &redeem(&code(&standin, ""))).unwrap();
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (200, Some(ORIGIN))
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[test]
fn faults_happen_here_too() {
    let standin = start();
    let form = redeem(&code(&standin, ""));
    standin.inject(Place::Token, Fault::oauth_error(400, "invalid_grant"));
    standin.inject(Place::Token, Fault::plain(503, "busy"));
    let answer = exchange(&standin, &form);
    assert_eq!(
        (answer.status, answer.json()),
        (400, json!({ "error": "invalid_grant" }))
    );
    assert_eq!(exchange(&standin, &form).status, 503);
    assert_eq!(exchange(&standin, &form).status, 200);
}

#[test]
fn a_made_response_can_have_a_code() {
    let standin: Standin = start();
    let respond = |query: &str| {
        standin.inject(
            Place::Authorize,
            Fault::Respond("?iss=x&code={code}&state={state}".to_owned()),
        );
        authorize(&standin, query).returned("code").unwrap()
    };
    let code = respond(&pkce(""));
    assert_eq!(exchange(&standin, &redeem(&code)).status, 200);
    assert_eq!(respond(&implicit("")), "{code}");
}
