//! Starting, stopping, and the request log.

use crate::client::{authorize, bearer, get, implicit, open, send, start, token};
use standin::{Endpoint, Fault, Options, Standin};
use std::{
    io::{ErrorKind, Read},
    net::TcpStream,
};

fn host(standin: &Standin) -> String {
    standin.origin().trim_start_matches("http://").to_owned()
}

#[test]
fn it_listens_on_the_loopback_address_only() {
    let standin = start();
    assert!(standin.origin().starts_with("http://127.0.0.1:"));
    assert_eq!(standin.authorize_url(), format!("{}/authorize", standin.origin()));
    assert_eq!(standin.api_url(), format!("{}/v1", standin.origin()));
}

#[test]
fn a_port_in_use_is_an_error() {
    let standin = start();
    let port = host(&standin).rsplit(':').next().unwrap().parse().unwrap();
    let error = Standin::start(Options {
        port,
        ..Options::default()
    })
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
}

#[test]
fn a_redirect_uri_that_cannot_be_registered_is_an_error() {
    let error = Standin::start(Options::with_client("app", "http://localhost:8888/")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn stopping_closes_the_port_and_every_connection() {
    let standin = start();
    let host = host(&standin);
    standin.inject(Endpoint::Me, Fault::Hang);
    let mut hanging = open(&standin, "GET /v1/me", &[], "");
    standin.wait_for_requests("/v1/me", 1).await;
    standin.stop().await;
    let mut bytes = Vec::new();
    let _ = hanging.read_to_end(&mut bytes);
    assert!(bytes.is_empty());
    assert!(TcpStream::connect(host).is_err());
}

#[test]
fn dropping_it_stops_it() {
    let standin = start();
    let host = host(&standin);
    let mut idle = TcpStream::connect(&host).unwrap();
    get(&standin, "/");
    drop(standin);
    assert!(matches!(idle.read(&mut [0]), Ok(0) | Err(_)));
    assert!(TcpStream::connect(host).is_err());
}

#[test]
fn the_index_page_names_the_endpoints() {
    let standin = start();
    let response = get(&standin, "/");
    assert_eq!(response.status, 200);
    for text in [
        "local stand-in",
        &standin.authorize_url(),
        &format!("{}/me", standin.api_url()),
    ] {
        assert!(response.body.contains(text), "{text}");
    }
}

#[test]
fn requests_are_logged_unredacted_and_in_order() {
    let standin = start();
    let token = token(&standin, "");
    bearer(&standin, "/v1/me?a=b%20c", &token);
    let requests = standin.requests();
    let seen: Vec<(&str, &str)> = requests
        .iter()
        .map(|entry| (entry.method.as_str(), entry.path.as_str()))
        .collect();
    assert_eq!(seen, [("GET", "/authorize"), ("POST", "/authorize"), ("GET", "/v1/me")]);
    assert!(requests[0].query.contains("state=st-1"));
    assert!(requests[1].body.ends_with("&decision=agree"));
    assert_eq!(requests[2].query, "a=b%20c");
    assert_eq!(
        requests[2].header("authorization"),
        Some(format!("Bearer {token}").as_str())
    );
}

#[tokio::test]
async fn preflights_do_not_count_as_requests() {
    let standin = start();
    send(&standin, "OPTIONS /v1/me", &[], "").unwrap();
    {
        let first = standin.wait_for_requests("/v1/me", 1);
        tokio::pin!(first);
        tokio::select! {
            biased;
            () = &mut first => panic!("a preflight was counted"),
            () = std::future::ready(()) => {}
        }
        send(&standin, "GET /v1/me", &[], "").unwrap();
        first.await;
    }
    authorize(&standin, &implicit(""));
    standin.wait_for_requests("/authorize", 1).await;
}

#[test]
fn an_oversized_body_is_refused() {
    let standin = start();
    let response = send(&standin, "POST /authorize", &[], &"a".repeat(70_000));
    assert!(response.is_none_or(|response| response.status == 413));
}
