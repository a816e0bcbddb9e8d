//! Faults on demand: each happens where and as often as it was asked for.

use crate::client::{CALLBACK, authorize, bearer, implicit, open, send, start, token};
use standin::{Fault, Place, TRACKS};
use std::{
    io::Read,
    time::{Duration, Instant},
};

#[test]
fn an_answer_happens_once() {
    let standin = start();
    let token = token(&standin, "");
    standin.inject(Place::Me, Fault::too_many_requests(Some(7)));
    standin.inject(Place::Me, Fault::spotify_error(403, "Insufficient client scope"));
    standin.inject(
        Place::Track,
        Fault::plain(403, "User not registered in the Developer Dashboard"),
    );
    let answer = bearer(&standin, "/v1/me", &token);
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("7")));
    assert_eq!(
        bearer(&standin, "/v1/me", &token).message(),
        "Insufficient client scope"
    );
    assert_eq!(bearer(&standin, "/v1/me", &token).status, 200);
    let path = format!("/v1/tracks/{}", TRACKS[0]);
    let answer = bearer(&standin, &path, &token);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.body, "User not registered in the Developer Dashboard");
    assert_eq!(bearer(&standin, &path, &token).status, 200);
}

#[test]
fn a_lasting_fault_ends_when_it_is_cleared() {
    let standin = start();
    let token = token(&standin, "");
    standin.inject_always(Place::Me, Fault::spotify_error(502, "Bad gateway"));
    for _ in 0..3 {
        assert_eq!(bearer(&standin, "/v1/me", &token).status, 502);
    }
    standin.clear_faults();
    assert_eq!(bearer(&standin, "/v1/me", &token).status, 200);
}

#[test]
fn a_dropped_connection_gives_nothing() {
    let standin = start();
    standin.inject(Place::Me, Fault::Drop);
    standin.inject(Place::Authorize, Fault::Drop);
    assert!(send(&standin, "GET /v1/me", &[], "").is_none());
    assert!(send(&standin, "GET /authorize", &[], "").is_none());
    assert_eq!(send(&standin, "GET /v1/me", &[], "").unwrap().status, 401);
}

#[test]
fn a_cut_off_answer_has_half_of_its_body() {
    let standin = start();
    let token = token(&standin, "");
    let whole = bearer(&standin, "/v1/me", &token).body;
    standin.inject(Place::Me, Fault::CutOff);
    let answer = bearer(&standin, "/v1/me", &token);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-length"), Some(whole.len().to_string().as_str()));
    assert_eq!(answer.body, whole[..whole.len() / 2]);
}

#[test]
fn a_delay_ends_in_the_proper_answer() {
    let standin = start();
    let token = token(&standin, "");
    standin.inject(Place::Me, Fault::Delay(Duration::from_millis(30)));
    let before = Instant::now();
    assert_eq!(bearer(&standin, "/v1/me", &token).status, 200);
    assert!(before.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn a_hanging_request_waits_for_its_release() {
    let standin = start();
    standin.inject(Place::Me, Fault::Hang);
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
fn a_redirect_goes_anywhere() {
    let standin = start();
    standin.inject(Place::Me, Fault::Redirect("https://evil.example/".to_owned()));
    let answer = send(&standin, "GET /v1/me", &[], "").unwrap();
    assert_eq!((answer.status, answer.location()), (302, "https://evil.example/"));
}

#[test]
fn any_response_can_be_made() {
    let standin = start();
    let text = "#access_token={token}&token_type=Bearer&expires_in=1e3&state={state}";
    standin.inject(Place::Authorize, Fault::Respond(text.to_owned()));
    let answer = authorize(&standin, &implicit("&scope=user-read-email"));
    let token = answer.returned("access_token").unwrap();
    let expected = format!("{CALLBACK}#access_token={token}&token_type=Bearer&expires_in=1e3&state=st-1");
    assert_eq!((answer.status, answer.location()), (303, expected.as_str()));
    assert_eq!(bearer(&standin, "/v1/me", &token).json()["email"], "ada@example.com");
    standin.inject(Place::Authorize, Fault::Respond("?error=server_error".to_owned()));
    assert_eq!(
        authorize(&standin, &implicit("")).location(),
        format!("{CALLBACK}?error=server_error")
    );
    assert_eq!(authorize(&standin, &implicit("")).status, 200);
}

#[test]
fn a_made_response_still_needs_a_correct_request() {
    let standin = start();
    standin.inject(Place::Authorize, Fault::Respond("#x".to_owned()));
    let answer = authorize(&standin, &implicit("").replace("callback", "elsewhere"));
    assert_eq!((answer.status, answer.header("location")), (400, None));
}

#[test]
fn a_fault_that_cannot_happen_says_so() {
    let standin = start();
    standin.inject(Place::Me, Fault::plain(7, ""));
    standin.inject(Place::Me, Fault::Respond("#x".to_owned()));
    for text in ["status", "Place::Authorize"] {
        let answer = send(&standin, "GET /v1/me", &[], "").unwrap();
        assert_eq!((answer.status, answer.body.contains(text)), (500, true));
    }
}
