//! The consent page: its content, its two buttons, and when it is skipped.

use crate::client::{CALLBACK, agree, authorize, consent_id, decide, implicit, start, start_with};
use standin::Options;

#[test]
fn the_page_names_client_scopes_and_redirect_uri() {
    let page = authorize(&start(), &implicit("&scope=user-read-email+streaming"));
    assert_eq!(page.status, 200);
    for text in [
        "local stand-in",
        "<strong>app</strong>",
        "see your e-mail address",
        "play music in this app",
        CALLBACK,
    ] {
        assert!(page.body.contains(text), "{text}");
    }
    assert!(page.body.contains("value=\"agree\">Agree</button>"));
    assert!(page.body.contains("value=\"cancel\">Cancel</button>"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("access-control-allow-origin"), None);
}

#[test]
fn agree_returns_a_token_in_the_fragment() {
    let standin = start();
    let response = agree(&standin, &implicit("&scope=streaming"));
    assert_eq!(response.status, 303);
    let token = response.returned("access_token").unwrap();
    let expected = format!("{CALLBACK}#access_token={token}&token_type=Bearer&expires_in=3600&state=st-1");
    assert_eq!(response.location(), expected);
    assert_eq!(standin.secrets(), [token]);
    assert!(standin.violations().is_empty());
}

#[test]
fn the_response_can_include_the_scope_and_any_lifetime() {
    let options = Options {
        scope_in_response: true,
        expires_in: 60,
        ..Options::default()
    };
    let standin = start_with(options);
    let response = agree(&standin, &implicit("&scope=user-read-email+streaming"));
    assert_eq!(response.returned("scope").unwrap(), "streaming+user-read-email");
    assert_eq!(response.returned("expires_in").unwrap(), "60");
    standin.set_expires_in(7);
    assert_eq!(authorize(&standin, &implicit("")).returned("expires_in").unwrap(), "7");
}

#[test]
fn the_state_is_returned_encoded() {
    let query = implicit("").replace("st-1", "a%20b%26c%23d");
    assert_eq!(agree(&start(), &query).returned("state").unwrap(), "a+b%26c%23d");
}

#[test]
fn cancel_returns_an_error_in_the_query() {
    let standin = start();
    let id = consent_id(&authorize(&standin, &implicit("")));
    let response = decide(&standin, &id, "cancel");
    assert_eq!(response.status, 303);
    assert_eq!(
        response.location(),
        format!("{CALLBACK}?error=access_denied&state=st-1")
    );
    assert!(standin.violations().is_empty());
    assert_eq!(authorize(&standin, &implicit("")).status, 200);
}

#[test]
fn a_page_can_be_submitted_once() {
    let standin = start();
    let id = consent_id(&authorize(&standin, &implicit("")));
    assert_eq!(decide(&standin, &id, "agree").status, 303);
    for (id, decision) in [
        (id.as_str(), "agree"),
        (&id, "cancel"),
        ("unknown", "agree"),
        ("", "agree"),
    ] {
        let response = decide(&standin, id, decision);
        assert_eq!(response.status, 400);
        assert!(response.body.contains("used already, or never existed"));
    }
    assert!(standin.violations().is_empty());
}

#[test]
fn an_unknown_decision_is_refused() {
    let standin = start();
    let id = consent_id(&authorize(&standin, &implicit("")));
    assert_eq!(decide(&standin, &id, "perhaps").status, 400);
}

#[test]
fn granted_scopes_skip_the_page() {
    let standin = start();
    agree(&standin, &implicit("&scope=streaming+user-read-email"));
    let again = authorize(&standin, &implicit("&scope=streaming"));
    assert_eq!(again.status, 303);
    assert!(again.returned("access_token").is_some());
    assert_eq!(authorize(&standin, &implicit("&scope=user-top-read")).status, 200);
    assert_eq!(
        authorize(&standin, &implicit("&scope=streaming&show_dialog=true")).status,
        200
    );
    standin.forget_consent();
    assert_eq!(authorize(&standin, &implicit("&scope=streaming")).status, 200);
}

#[test]
fn consent_is_given_to_one_client() {
    let standin = start();
    standin.register("other", CALLBACK).unwrap();
    agree(&standin, &implicit(""));
    let other = implicit("").replace("client_id=app", "client_id=other");
    assert_eq!(authorize(&standin, &other).status, 200);
}
