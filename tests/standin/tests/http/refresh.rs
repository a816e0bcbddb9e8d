//! Refresh tokens: with and without rotation, expiry and revocation.

use crate::client::{CALLBACK, bearer, code, code_form, exchange, field, refresh_form, start, start_with};
use standin::{Options, Rotation, Standin};
use std::time::Duration;

fn logged_in(standin: &Standin) -> (String, String) {
    let response = exchange(standin, &code_form(&code(standin, "user-read-email")));
    (field(&response, "access_token"), field(&response, "refresh_token"))
}

fn refused(standin: &Standin, refresh_token: &str, description: &str) {
    let response = exchange(standin, &refresh_form(refresh_token));
    assert_eq!(
        (response.status, field(&response, "error").as_str()),
        (400, "invalid_grant")
    );
    assert!(
        field(&response, "error_description").contains(description),
        "{}",
        response.body
    );
}

#[test]
fn without_rotation_the_refresh_token_stays_valid() {
    let standin = start();
    let (old_access, refresh) = logged_in(&standin);
    standin.expire_all_tokens();
    for _ in 0..2 {
        let response = exchange(&standin, &refresh_form(&refresh));
        assert_eq!(response.json().get("refresh_token"), None);
        assert_eq!(field(&response, "scope"), "user-read-email");
        let access = field(&response, "access_token");
        assert_eq!(bearer(&standin, "/v1/me", &access).json()["email"], "ada@example.com");
    }
    assert_eq!(
        bearer(&standin, "/v1/me", &old_access).message(),
        "The access token expired"
    );
    assert!(standin.violations().is_empty());
}

#[test]
fn with_rotation_a_reused_refresh_token_revokes_its_family() {
    let standin = start_with(Options {
        rotation: Rotation::Always,
        ..Options::default()
    });
    let (_, first) = logged_in(&standin);
    let response = exchange(&standin, &refresh_form(&first));
    let (access, second) = (field(&response, "access_token"), field(&response, "refresh_token"));
    let (_, other) = logged_in(&standin);
    refused(&standin, &first, "already replaced");
    refused(&standin, &second, "revoked");
    assert_eq!(bearer(&standin, "/v1/me", &access).message(), "Invalid access token");
    assert_eq!(exchange(&standin, &refresh_form(&other)).status, 200);
    let violation = "/api/token: The refresh token was already replaced; its family is revoked";
    assert_eq!(standin.violations(), [violation]);
}

#[test]
fn rotation_can_be_changed_at_run_time() {
    let standin = start();
    let (_, first) = logged_in(&standin);
    standin.set_rotation(Rotation::Always);
    let second = field(&exchange(&standin, &refresh_form(&first)), "refresh_token");
    standin.set_rotation(Rotation::Never);
    assert_eq!(
        exchange(&standin, &refresh_form(&second)).json().get("refresh_token"),
        None
    );
}

#[test]
fn a_refresh_token_expires_with_its_authorization() {
    let standin = start_with(Options {
        refresh_lifetime: Duration::ZERO,
        ..Options::default()
    });
    let (access, refresh) = logged_in(&standin);
    refused(&standin, &refresh, "expired");
    assert_eq!(bearer(&standin, "/v1/me", &access).status, 200);
    assert!(standin.violations().is_empty());
}

#[test]
fn refresh_tokens_can_be_revoked() {
    let standin = start();
    let (access, refresh) = logged_in(&standin);
    standin.revoke_refresh_tokens();
    refused(&standin, &refresh, "revoked");
    assert_eq!(bearer(&standin, "/v1/me", &access).status, 200);
    let (_, newer) = logged_in(&standin);
    assert_eq!(exchange(&standin, &refresh_form(&newer)).status, 200);
    assert!(standin.violations().is_empty());
}

#[test]
fn a_refresh_token_is_bound_to_its_client() {
    let standin = start();
    standin.register("other", CALLBACK).unwrap();
    let (_, refresh) = logged_in(&standin);
    let response = exchange(&standin, &refresh_form(&refresh).replace("=app", "=other"));
    assert_eq!(field(&response, "error"), "invalid_grant");
    assert_eq!(exchange(&standin, &refresh_form(&refresh)).status, 200);
    refused(&standin, "made-up-token", "Invalid refresh token");
}
