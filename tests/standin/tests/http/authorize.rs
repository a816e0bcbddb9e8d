//! The authorization endpoint: which requests are valid, and how the others are refused.

use crate::client::{CALLBACK, CLIENT, authorize, escaped, implicit, start, start_with};
use standin::{Implicit, Options};

fn is_refused_on_a_page(query: &str, text: &str) {
    let standin = start();
    let response = authorize(&standin, query);
    assert_eq!(response.status, 400, "{query}");
    assert_eq!(response.header("location"), None, "{query}");
    assert_eq!(response.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
    assert!(response.body.contains(text), "{query}: {}", response.body);
    assert!(standin.violations()[0].starts_with("/authorize: "), "{query}");
}

#[test]
fn an_unknown_client_gets_an_error_page() {
    is_refused_on_a_page(
        &implicit("").replace("client_id=app", "client_id=other"),
        "no client with the id other",
    );
    is_refused_on_a_page(&implicit("").replace("client_id=app&", ""), "sent no client_id");
}

#[test]
fn an_unregistered_redirect_uri_gets_an_error_page() {
    for wrong in [
        format!("{CALLBACK}/"),
        CALLBACK.replace("callback", "Callback"),
        "https://evil.example/".to_owned(),
    ] {
        let query = implicit("").replace(&escaped(CALLBACK), &escaped(&wrong));
        is_refused_on_a_page(&query, "is not a redirect URI of the client app");
    }
    is_refused_on_a_page(
        &format!("client_id={CLIENT}&response_type=token&state=s"),
        "sent no redirect_uri",
    );
}

#[test]
fn error_pages_escape_html() {
    let query = implicit("").replace("client_id=app", "client_id=%3Cscript%3E");
    is_refused_on_a_page(&query, "the id &lt;script&gt;");
}

#[test]
fn a_missing_or_empty_state_gets_an_error_page() {
    is_refused_on_a_page(&implicit("").replace("&state=st-1", ""), "this client sent no state");
    is_refused_on_a_page(&implicit("").replace("st-1", ""), "this client sent no state");
}

#[test]
fn a_repeated_parameter_gets_an_error_page() {
    is_refused_on_a_page(&implicit("&state=st-2"), "the parameter state was given twice");
    is_refused_on_a_page(
        &implicit("&unknown=1&unknown=1"),
        "the parameter unknown was given twice",
    );
}

#[test]
fn a_malformed_escape_gets_an_error_page() {
    is_refused_on_a_page(&implicit("&scope=%zz"), "broken percent escape: scope=%zz");
}

#[test]
fn show_dialog_must_be_true_or_false() {
    for wrong in ["1", "True", "yes"] {
        is_refused_on_a_page(
            &implicit(&format!("&show_dialog={wrong}")),
            "show_dialog is true or false",
        );
    }
    assert_eq!(authorize(&start(), &implicit("&show_dialog=false")).status, 200);
}

#[test]
fn a_missing_response_type_gets_an_error_page() {
    is_refused_on_a_page(
        &implicit("").replace("&response_type=token", ""),
        "sent no response_type",
    );
}

#[test]
fn an_unknown_response_type_is_an_error_response_in_the_query() {
    let standin = start();
    let response = authorize(&standin, &implicit("").replace("=token", "=id_token"));
    assert_eq!(response.status, 303);
    assert_eq!(
        response.location(),
        format!("{CALLBACK}?error=unsupported_response_type&state=st-1")
    );
    assert_eq!(standin.violations(), ["/authorize: there is no response_type id_token"]);
}

#[test]
fn an_unknown_scope_is_an_error_response_in_the_query() {
    let standin = start();
    let response = authorize(&standin, &implicit("&scope=streaming+user-read-all"));
    assert_eq!(
        response.location(),
        format!("{CALLBACK}?error=invalid_scope&state=st-1")
    );
    assert_eq!(standin.violations(), ["/authorize: there is no scope user-read-all"]);
}

#[test]
fn a_refused_implicit_grant_is_an_error_response_in_the_fragment() {
    let standin = start_with(Options {
        implicit: Implicit::Refused,
        ..Options::default()
    });
    let response = authorize(&standin, &implicit(""));
    assert_eq!(
        response.location(),
        format!("{CALLBACK}#error=unsupported_response_type&state=st-1")
    );
    standin.set_implicit(Implicit::Granted);
    assert_eq!(authorize(&standin, &implicit("")).status, 200);
    assert!(standin.violations().is_empty());
}

#[test]
fn a_refused_implicit_grant_can_omit_the_state() {
    let options = Options {
        implicit: Implicit::Refused,
        refusal_includes_state: false,
        ..Options::default()
    };
    let response = authorize(&start_with(options), &implicit(""));
    assert_eq!(
        response.location(),
        format!("{CALLBACK}#error=unsupported_response_type")
    );
}

#[test]
fn a_client_can_be_registered_at_run_time() {
    let standin = start();
    let query = implicit("").replace("client_id=app", "client_id=late");
    assert_eq!(authorize(&standin, &query).status, 400);
    standin.register("late", CALLBACK).unwrap();
    assert_eq!(authorize(&standin, &query).status, 200);
    let refused = standin.register("late", "http://localhost:1/").unwrap_err();
    assert!(refused.to_string().contains("in place of localhost"));
}
