//! CORS: which origins may read responses of the API.

use crate::client::{ORIGIN, send, start};
use standin::{Endpoint, Fault};

fn preflight(standin: &standin::Standin, path: &str, origin: &str) -> crate::client::Response {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "authorization"),
    ];
    send(standin, &format!("OPTIONS {path}"), &headers, "").unwrap()
}

#[test]
fn a_client_origin_may_read_responses() {
    let standin = start();
    for path in ["/v1/me", "/v1/tracks/x", "/v1/other"] {
        let response = send(&standin, &format!("GET {path}"), &[("origin", ORIGIN)], "").unwrap();
        assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
        assert_eq!(
            response.header("access-control-expose-headers"),
            Some("Retry-After, WWW-Authenticate")
        );
        assert_eq!(response.header("access-control-allow-credentials"), None);
        assert_eq!(response.header("vary"), Some("Origin"));
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn other_origins_may_not_read_responses() {
    let standin = start();
    for origin in ["http://127.0.0.1:8889", "https://evil.example", "null"] {
        let response = send(&standin, "GET /v1/me", &[("origin", origin)], "").unwrap();
        assert_eq!(response.header("access-control-allow-origin"), None, "{origin}");
        assert_eq!(response.header("vary"), Some("Origin"));
        assert_eq!(
            preflight(&standin, "/v1/me", origin).header("access-control-allow-methods"),
            None
        );
    }
    standin.register("late", "https://late.example/callback").unwrap();
    let late = "https://late.example";
    let response = send(&standin, "GET /v1/me", &[("origin", late)], "").unwrap();
    assert_eq!(response.header("access-control-allow-origin"), Some(late));
}

#[test]
fn preflights_are_answered() {
    let standin = start();
    let response = preflight(&standin, "/v1/me", ORIGIN);
    assert_eq!(response.status, 204);
    assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(response.header("access-control-allow-methods"), Some("GET, POST"));
    assert_eq!(
        response.header("access-control-allow-headers"),
        Some("Authorization, Content-Type")
    );
    assert_eq!(response.header("vary"), Some("Origin"));
}

#[test]
fn the_authorization_endpoint_has_no_cors() {
    let standin = start();
    let response = send(&standin, "GET /authorize", &[("origin", ORIGIN)], "").unwrap();
    assert_eq!(response.header("access-control-allow-origin"), None);
}

#[test]
fn preflights_use_up_no_fault() {
    let standin = start();
    standin.inject(Endpoint::Me, Fault::plain(500, "oh"));
    assert_eq!(preflight(&standin, "/v1/me", ORIGIN).status, 204);
    let response = send(&standin, "GET /v1/me", &[("origin", ORIGIN)], "").unwrap();
    assert_eq!((response.status, response.body.as_str()), (500, "oh"));
    assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN));
}

#[test]
fn cors_headers_can_be_omitted() {
    let standin = start();
    let read = || send(&standin, "GET /v1/me", &[("origin", ORIGIN)], "").unwrap();
    standin.inject(Endpoint::Me, Fault::too_many_requests(None).without_cors());
    let allowed = preflight(&standin, "/v1/me", ORIGIN);
    assert_eq!(allowed.header("access-control-allow-origin"), Some(ORIGIN));
    let response = read();
    assert_eq!(
        (response.status, response.header("access-control-allow-origin")),
        (429, None)
    );
    standin.inject_always(Endpoint::Me, Fault::None.without_cors());
    let blocked = preflight(&standin, "/v1/me", ORIGIN);
    assert_eq!(blocked.header("access-control-allow-origin"), None);
    assert_eq!(read().header("access-control-allow-origin"), None);
    standin.clear_faults();
    assert_eq!(read().header("access-control-allow-origin"), Some(ORIGIN));
}
