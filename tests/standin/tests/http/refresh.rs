//! Refreshing: with and without rotation, and how it ends.

use crate::client::{CALLBACK, bearer, code, exchange, field, redeem, renew, start, start_with};
use standin::{Options, Rotation, Standin};
use std::time::Duration;

fn logged_in(standin: &Standin) -> (String, String) {
    let answer = exchange(standin, &redeem(&code(standin, "user-read-email")));
    (field(&answer, "access_token"), field(&answer, "refresh_token"))
}

fn refused(standin: &Standin, refresh_token: &str, description: &str) {
    let answer = exchange(standin, &renew(refresh_token));
    assert_eq!(
        (answer.status, field(&answer, "error").as_str()),
        (400, "invalid_grant")
    );
    assert!(
        field(&answer, "error_description").contains(description),
        "{}",
        answer.body
    );
}

#[test]
fn without_rotation_the_old_one_stays_good() {
    let standin = start();
    let (old_access, refresh) = logged_in(&standin);
    standin.expire_all_tokens();
    for _ in 0..2 {
        let answer = exchange(&standin, &renew(&refresh));
        assert_eq!(answer.json().get("refresh_token"), None);
        assert_eq!(field(&answer, "scope"), "user-read-email");
        let access = field(&answer, "access_token");
        assert_eq!(bearer(&standin, "/v1/me", &access).json()["email"], "ada@example.com");
    }
    assert_eq!(
        bearer(&standin, "/v1/me", &old_access).message(),
        "The access token expired"
    );
    assert!(standin.complaints().is_empty());
}

#[test]
fn with_rotation_a_reused_one_revokes_the_family() {
    let standin = start_with(Options {
        rotation: Rotation::Always,
        ..Options::default()
    });
    let (_, first) = logged_in(&standin);
    let answer = exchange(&standin, &renew(&first));
    let (access, second) = (field(&answer, "access_token"), field(&answer, "refresh_token"));
    let (_, stranger) = logged_in(&standin);
    refused(&standin, &first, "replaced already");
    refused(&standin, &second, "revoked");
    assert_eq!(bearer(&standin, "/v1/me", &access).message(), "Invalid access token");
    assert_eq!(exchange(&standin, &renew(&stranger)).status, 200);
    let complaint = "/api/token: The refresh token was replaced already; its whole family is revoked";
    assert_eq!(standin.complaints(), [complaint]);
}

#[test]
fn rotation_can_change_while_it_runs() {
    let standin = start();
    let (_, first) = logged_in(&standin);
    standin.set_rotation(Rotation::Always);
    let second = field(&exchange(&standin, &renew(&first)), "refresh_token");
    standin.set_rotation(Rotation::Never);
    assert_eq!(exchange(&standin, &renew(&second)).json().get("refresh_token"), None);
}

#[test]
fn a_refresh_token_ends_with_its_authorization() {
    let standin = start_with(Options {
        refresh_life: Duration::ZERO,
        ..Options::default()
    });
    let (access, refresh) = logged_in(&standin);
    refused(&standin, &refresh, "expired");
    assert_eq!(bearer(&standin, "/v1/me", &access).status, 200);
    assert!(standin.complaints().is_empty());
}

#[test]
fn refresh_tokens_can_be_revoked() {
    let standin = start();
    let (access, refresh) = logged_in(&standin);
    standin.revoke_refresh_tokens();
    refused(&standin, &refresh, "revoked");
    assert_eq!(bearer(&standin, "/v1/me", &access).status, 200);
    let (_, newer) = logged_in(&standin);
    assert_eq!(exchange(&standin, &renew(&newer)).status, 200);
    assert!(standin.complaints().is_empty());
}

#[test]
fn another_client_gets_nothing_and_harms_nothing() {
    let standin = start();
    standin.register("other", CALLBACK).unwrap();
    let (_, refresh) = logged_in(&standin);
    let answer = exchange(&standin, &renew(&refresh).replace("=app", "=other"));
    assert_eq!(field(&answer, "error"), "invalid_grant");
    assert_eq!(exchange(&standin, &renew(&refresh)).status, 200);
    refused(&standin, "made-up-token", "Invalid refresh token");
}
