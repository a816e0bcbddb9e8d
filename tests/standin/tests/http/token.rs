//! The authorization code flow with PKCE: the authorization request, and what the token endpoint accepts and refuses.

use crate::client::{
    CALLBACK, ORIGIN, Response, VERIFIER, agree, authorize, bearer, code, code_form, exchange, field, implicit, pkce,
    refresh_form, send, start, start_with,
};
use serde_json::json;
use standin::{Endpoint, Fault, Implicit, Options, Standin};
use std::time::Duration;

fn refused(response: &Response, error: &str, description: &str) {
    assert_eq!(response.status, 400, "{}", response.body);
    assert_eq!(field(response, "error"), error);
    assert!(
        field(response, "error_description").contains(description),
        "{}",
        response.body
    );
}

#[test]
fn a_code_is_returned_in_the_query() {
    let standin = start_with(Options {
        implicit: Implicit::Refused,
        ..Options::default()
    });
    let response = agree(&standin, &pkce(""));
    let code = response.returned("code").unwrap();
    assert_eq!(response.location(), format!("{CALLBACK}?code={code}&state=st-1"));
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
        let response = authorize(&standin, &query);
        let expected = format!("{CALLBACK}?error=invalid_request&error_description={description}&state=st-1");
        assert_eq!((response.status, response.location()), (303, expected.as_str()));
    }
    assert_eq!(standin.violations().len(), 4);
}

#[test]
fn a_code_is_exchanged_for_tokens() {
    let standin = start();
    let code = code(&standin, "user-read-email");
    let response = exchange(&standin, &code_form(&code));
    assert_eq!(response.status, 200, "{}", response.body);
    let json = response.json();
    assert_eq!(
        (&json["token_type"], &json["expires_in"]),
        (&json!("Bearer"), &json!(3600))
    );
    assert_eq!(json["scope"], "user-read-email");
    let (access, refresh) = (field(&response, "access_token"), field(&response, "refresh_token"));
    assert_eq!(bearer(&standin, "/v1/me", &access).json()["email"], "ada@example.com");
    let secrets = standin.secrets();
    for secret in [&code, &access, &refresh, &VERIFIER.to_owned()] {
        assert!(secrets.contains(secret), "{secret}");
    }
    assert!(standin.violations().is_empty());
}

#[test]
fn a_replayed_code_revokes_its_tokens() {
    let standin = start();
    let form = code_form(&code(&standin, ""));
    let first = exchange(&standin, &form);
    refused(&exchange(&standin, &form), "invalid_grant", "already used");
    assert_eq!(
        bearer(&standin, "/v1/me", &field(&first, "access_token")).message(),
        "Invalid access token"
    );
    refused(
        &exchange(&standin, &refresh_form(&field(&first, "refresh_token"))),
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
        ("callback", "Callback", "redirect_uri differs"),
        (VERIFIER, "short", "43 to 128 unreserved"),
        (VERIFIER, &"a".repeat(43), "code_verifier was incorrect"),
    ] {
        let form = code_form(&code(&standin, ""));
        refused(
            &exchange(&standin, &form.replace(right, wrong)),
            "invalid_grant",
            description,
        );
        refused(&exchange(&standin, &form), "invalid_grant", "already used");
    }
    refused(
        &exchange(&standin, &code_form("made-up")),
        "invalid_grant",
        "Invalid authorization code",
    );
    assert_eq!(standin.violations().len(), 9);
}

#[test]
fn a_code_expires() {
    let standin = start_with(Options {
        code_lifetime: Duration::ZERO,
        ..Options::default()
    });
    refused(
        &exchange(&standin, &code_form(&code(&standin, ""))),
        "invalid_grant",
        "code expired",
    );
    assert!(standin.violations().is_empty());
}

#[test]
fn a_client_secret_is_refused() {
    let standin = start();
    let form = code_form(&code(&standin, ""));
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", "Basic YXBwOg=="),
    ];
    let response = send(&standin, "POST /api/token", &headers, &form).unwrap();
    refused(&response, "invalid_client", "Authorization header");
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
fn the_request_must_be_a_form() {
    let standin = start();
    let form = code_form("some-code");
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
fn leaked_secrets_are_refused() {
    let standin = start();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("referer", CALLBACK),
    ];
    let response = send(&standin, "POST /api/token", &headers, &code_form(&code(&standin, ""))).unwrap();
    assert_eq!(
        (response.status, response.message().as_str()),
        (400, "The request has a Referer header")
    );
}

#[test]
fn a_client_origin_may_send_token_requests() {
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
    let response = send(&standin, "POST /api/token", &headers, &code_form(&code(&standin, ""))).unwrap();
    assert_eq!(
        (response.status, response.header("access-control-allow-origin")),
        (200, Some(ORIGIN))
    );
    assert_eq!(response.header("cache-control"), Some("no-store"));
}

#[test]
fn faults_apply_to_the_token_endpoint() {
    let standin = start();
    let form = code_form(&code(&standin, ""));
    standin.inject(Endpoint::Token, Fault::oauth_error(400, "invalid_grant"));
    standin.inject(Endpoint::Token, Fault::plain(503, "busy"));
    let response = exchange(&standin, &form);
    assert_eq!(
        (response.status, response.json()),
        (400, json!({ "error": "invalid_grant" }))
    );
    assert_eq!(exchange(&standin, &form).status, 503);
    assert_eq!(exchange(&standin, &form).status, 200);
}

#[test]
fn a_replaced_response_can_have_a_code() {
    let standin: Standin = start();
    let respond = |query: &str| {
        standin.inject(
            Endpoint::Authorize,
            Fault::Respond("?iss=x&code={code}&state={state}".to_owned()),
        );
        authorize(&standin, query).returned("code").unwrap()
    };
    let code = respond(&pkce(""));
    assert_eq!(exchange(&standin, &code_form(&code)).status, 200);
    assert_eq!(respond(&implicit("")), "{code}");
}
