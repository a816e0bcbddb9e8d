//! The authorization endpoint: which requests hold, and how the others are refused.

use crate::client::{CALLBACK, CLIENT, authorize, escaped, implicit, start, start_with};
use standin::{Implicit, Options};

fn page_says(query: &str, text: &str) {
    let standin = start();
    let answer = authorize(&standin, query);
    assert_eq!(answer.status, 400, "{query}");
    assert_eq!(answer.header("location"), None, "{query}");
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert!(answer.body.contains(text), "{query}: {}", answer.body);
    assert!(standin.complaints()[0].starts_with("/authorize: "), "{query}");
}

#[test]
fn an_unknown_client_ends_on_a_page() {
    page_says(
        &implicit("").replace("client_id=app", "client_id=other"),
        "no client with the id other",
    );
    page_says(&implicit("").replace("client_id=app&", ""), "sent no client_id");
}

#[test]
fn a_wrong_redirect_uri_ends_on_a_page() {
    for wrong in [
        format!("{CALLBACK}/"),
        CALLBACK.replace("callback", "Callback"),
        "https://evil.example/".to_owned(),
    ] {
        let query = implicit("").replace(&escaped(CALLBACK), &escaped(&wrong));
        page_says(&query, "is not a redirect URI of the client app");
    }
    page_says(
        &format!("client_id={CLIENT}&response_type=token&state=s"),
        "sent no redirect_uri",
    );
}

#[test]
fn pages_escape_what_they_show() {
    let query = implicit("").replace("client_id=app", "client_id=%3Cscript%3E");
    page_says(&query, "the id &lt;script&gt;");
}

#[test]
fn a_missing_or_empty_state_ends_on_a_page() {
    page_says(&implicit("").replace("&state=st-1", ""), "this client sent no state");
    page_says(&implicit("").replace("st-1", ""), "this client sent no state");
}

#[test]
fn a_parameter_given_twice_ends_on_a_page() {
    page_says(&implicit("&state=st-2"), "the parameter state was given twice");
    page_says(
        &implicit("&unknown=1&unknown=1"),
        "the parameter unknown was given twice",
    );
}

#[test]
fn a_broken_escape_ends_on_a_page() {
    page_says(&implicit("&scope=%zz"), "broken percent escape: scope=%zz");
}

#[test]
fn show_dialog_is_true_or_false() {
    for wrong in ["1", "True", "yes"] {
        page_says(
            &implicit(&format!("&show_dialog={wrong}")),
            "show_dialog is true or false",
        );
    }
    assert_eq!(authorize(&start(), &implicit("&show_dialog=false")).status, 200);
}

#[test]
fn a_missing_response_type_ends_on_a_page() {
    page_says(
        &implicit("").replace("&response_type=token", ""),
        "sent no response_type",
    );
}

#[test]
fn an_unknown_response_type_goes_back_in_the_query() {
    let standin = start();
    let answer = authorize(&standin, &implicit("").replace("=token", "=id_token"));
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.location(),
        format!("{CALLBACK}?error=unsupported_response_type&state=st-1")
    );
    assert_eq!(standin.complaints(), ["/authorize: there is no response_type id_token"]);
}

#[test]
fn an_unknown_scope_goes_back_in_the_query() {
    let standin = start();
    let answer = authorize(&standin, &implicit("&scope=streaming+user-read-all"));
    assert_eq!(answer.location(), format!("{CALLBACK}?error=invalid_scope&state=st-1"));
    assert_eq!(standin.complaints(), ["/authorize: there is no scope user-read-all"]);
}

#[test]
fn the_implicit_grant_can_be_refused_in_the_fragment() {
    let standin = start_with(Options {
        implicit: Implicit::Refused,
        ..Options::default()
    });
    let answer = authorize(&standin, &implicit(""));
    assert_eq!(
        answer.location(),
        format!("{CALLBACK}#error=unsupported_response_type&state=st-1")
    );
    standin.set_implicit(Implicit::Granted);
    assert_eq!(authorize(&standin, &implicit("")).status, 200);
    assert!(standin.complaints().is_empty());
}

#[test]
fn the_refusal_can_leave_the_state_out() {
    let options = Options {
        implicit: Implicit::Refused,
        refusal_keeps_state: false,
        ..Options::default()
    };
    let answer = authorize(&start_with(options), &implicit(""));
    assert_eq!(answer.location(), format!("{CALLBACK}#error=unsupported_response_type"));
}

#[test]
fn a_client_can_be_registered_while_it_runs() {
    let standin = start();
    let query = implicit("").replace("client_id=app", "client_id=late");
    assert_eq!(authorize(&standin, &query).status, 400);
    standin.register("late", CALLBACK).unwrap();
    assert_eq!(authorize(&standin, &query).status, 200);
    let refused = standin.register("late", "http://localhost:1/").unwrap_err();
    assert!(refused.to_string().contains("in place of localhost"));
}
