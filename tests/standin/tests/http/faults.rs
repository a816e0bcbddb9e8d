//! Injected faults: each applies to its endpoint, as often as it was injected.

use crate::client::{CALLBACK, authorize, bearer, implicit, open, send, start, token};
use standin::{Endpoint, Fault, TRACKS};
use std::{
    io::Read,
    time::{Duration, Instant},
};

#[test]
fn a_queued_fault_is_used_once() {
    let standin = start();
    let token = token(&standin, "");
    standin.inject(Endpoint::Me, Fault::too_many_requests(Some(7)));
    standin.inject(Endpoint::Me, Fault::spotify_error(403, "Insufficient client scope"));
    standin.inject(
        Endpoint::Track,
        Fault::plain(403, "User not registered in the Developer Dashboard"),
    );
    let response = bearer(&standin, "/v1/me", &token);
    assert_eq!((response.status, response.header("retry-after")), (429, Some("7")));
    assert_eq!(
        bearer(&standin, "/v1/me", &token).message(),
        "Insufficient client scope"
    );
    assert_eq!(bearer(&standin, "/v1/me", &token).status, 200);
    let path = format!("/v1/tracks/{}", TRACKS[0]);
    let response = bearer(&standin, &path, &token);
    assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(response.body, "User not registered in the Developer Dashboard");
    assert_eq!(bearer(&standin, &path, &token).status, 200);
}

#[test]
fn a_permanent_fault_lasts_until_it_is_cleared() {
    let standin = start();
    let token = token(&standin, "");
    standin.inject_always(Endpoint::Me, Fault::spotify_error(502, "Bad gateway"));
    for _ in 0..3 {
        assert_eq!(bearer(&standin, "/v1/me", &token).status, 502);
    }
    standin.clear_faults();
    assert_eq!(bearer(&standin, "/v1/me", &token).status, 200);
}

#[test]
fn a_dropped_connection_sends_nothing() {
    let standin = start();
    standin.inject(Endpoint::Me, Fault::Drop);
    standin.inject(Endpoint::Authorize, Fault::Drop);
    assert!(send(&standin, "GET /v1/me", &[], "").is_none());
    assert!(send(&standin, "GET /authorize", &[], "").is_none());
    assert_eq!(send(&standin, "GET /v1/me", &[], "").unwrap().status, 401);
}

#[test]
fn a_cut_off_response_has_half_of_its_body() {
    let standin = start();
    let token = token(&standin, "");
    let body = bearer(&standin, "/v1/me", &token).body;
    standin.inject(Endpoint::Me, Fault::CutOff);
    let response = bearer(&standin, "/v1/me", &token);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-length"), Some(body.len().to_string().as_str()));
    assert_eq!(response.body, body[..body.len() / 2]);
}

#[test]
fn a_delay_ends_with_the_normal_response() {
    let standin = start();
    let token = token(&standin, "");
    standin.inject(Endpoint::Me, Fault::Delay(Duration::from_millis(30)));
    let before = Instant::now();
    assert_eq!(bearer(&standin, "/v1/me", &token).status, 200);
    assert!(before.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn a_hanging_request_waits_for_release() {
    let standin = start();
    standin.inject(Endpoint::Me, Fault::Hang);
    let mut hanging = open(&standin, "GET /v1/me", &[], "");
    standin.wait_for_requests("/v1/me", 1).await;
    assert_eq!(send(&standin, "GET /v1/me", &[], "").unwrap().status, 401);
    hanging.set_nonblocking(true).unwrap();
    let error = hanging.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    hanging.set_nonblocking(false).unwrap();
    standin.release();
    let mut text = String::new();
    hanging.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 401 "), "{text}");
}

#[test]
fn a_redirect_can_have_any_target() {
    let standin = start();
    standin.inject(Endpoint::Me, Fault::Redirect("https://evil.example/".to_owned()));
    let response = send(&standin, "GET /v1/me", &[], "").unwrap();
    assert_eq!((response.status, response.location()), (302, "https://evil.example/"));
}

#[test]
fn an_authorization_response_can_be_replaced() {
    let standin = start();
    let text = "#access_token={token}&token_type=Bearer&expires_in=1e3&state={state}";
    standin.inject(Endpoint::Authorize, Fault::Respond(text.to_owned()));
    let response = authorize(&standin, &implicit("&scope=user-read-email"));
    let token = response.returned("access_token").unwrap();
    let expected = format!("{CALLBACK}#access_token={token}&token_type=Bearer&expires_in=1e3&state=st-1");
    assert_eq!((response.status, response.location()), (303, expected.as_str()));
    assert_eq!(bearer(&standin, "/v1/me", &token).json()["email"], "ada@example.com");
    standin.inject(Endpoint::Authorize, Fault::Respond("?error=server_error".to_owned()));
    assert_eq!(
        authorize(&standin, &implicit("")).location(),
        format!("{CALLBACK}?error=server_error")
    );
    assert_eq!(authorize(&standin, &implicit("")).status, 200);
}

#[test]
fn a_replaced_response_still_needs_a_valid_request() {
    let standin = start();
    standin.inject(Endpoint::Authorize, Fault::Respond("#x".to_owned()));
    let response = authorize(&standin, &implicit("").replace("callback", "other"));
    assert_eq!((response.status, response.header("location")), (400, None));
}

#[test]
fn an_invalid_fault_is_a_server_error() {
    let standin = start();
    standin.inject(Endpoint::Me, Fault::plain(7, ""));
    standin.inject(Endpoint::Me, Fault::Respond("#x".to_owned()));
    for text in ["status", "Endpoint::Authorize"] {
        let response = send(&standin, "GET /v1/me", &[], "").unwrap();
        assert_eq!((response.status, response.body.contains(text)), (500, true));
    }
}
