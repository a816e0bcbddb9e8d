//! The consent page: what it shows, what its two buttons do, and when it is passed over.

use crate::client::{CALLBACK, agree, authorize, consent_id, decide, implicit, start, start_with};
use standin::Options;

#[test]
fn the_page_says_who_asks_for_what_and_where_it_goes() {
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
fn agree_gives_a_token_in_the_fragment() {
    let standin = start();
    let answer = agree(&standin, &implicit("&scope=streaming"));
    assert_eq!(answer.status, 303);
    let token = answer.returned("access_token").unwrap();
    let expected = format!("{CALLBACK}#access_token={token}&token_type=Bearer&expires_in=3600&state=st-1");
    assert_eq!(answer.location(), expected);
    assert_eq!(standin.secrets(), [token]);
    assert!(standin.complaints().is_empty());
}

#[test]
fn the_scope_can_be_said_and_the_life_chosen() {
    let options = Options {
        scope_in_response: true,
        expires_in: 60,
        ..Options::default()
    };
    let standin = start_with(options);
    let answer = agree(&standin, &implicit("&scope=user-read-email+streaming"));
    assert_eq!(answer.returned("scope").unwrap(), "streaming+user-read-email");
    assert_eq!(answer.returned("expires_in").unwrap(), "60");
    standin.set_expires_in(7);
    assert_eq!(authorize(&standin, &implicit("")).returned("expires_in").unwrap(), "7");
}

#[test]
fn the_state_comes_back_encoded() {
    let query = implicit("").replace("st-1", "a%20b%26c%23d");
    assert_eq!(agree(&start(), &query).returned("state").unwrap(), "a+b%26c%23d");
}

#[test]
fn cancel_goes_back_in_the_query() {
    let standin = start();
    let id = consent_id(&authorize(&standin, &implicit("")));
    let answer = decide(&standin, &id, "cancel");
    assert_eq!(answer.status, 303);
    assert_eq!(answer.location(), format!("{CALLBACK}?error=access_denied&state=st-1"));
    assert!(standin.complaints().is_empty());
    assert_eq!(authorize(&standin, &implicit("")).status, 200);
}

#[test]
fn a_page_is_answered_once() {
    let standin = start();
    let id = consent_id(&authorize(&standin, &implicit("")));
    assert_eq!(decide(&standin, &id, "agree").status, 303);
    for (id, decision) in [
        (id.as_str(), "agree"),
        (&id, "cancel"),
        ("unknown", "agree"),
        ("", "agree"),
    ] {
        let answer = decide(&standin, id, decision);
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains("used already, or never existed"));
    }
    assert!(standin.complaints().is_empty());
}

#[test]
fn another_decision_is_refused() {
    let standin = start();
    let id = consent_id(&authorize(&standin, &implicit("")));
    assert_eq!(decide(&standin, &id, "perhaps").status, 400);
}

#[test]
fn what_was_granted_is_passed_through() {
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
fn a_grant_is_for_one_client() {
    let standin = start();
    standin.register("other", CALLBACK).unwrap();
    agree(&standin, &implicit(""));
    let other = implicit("").replace("client_id=app", "client_id=other");
    assert_eq!(authorize(&standin, &other).status, 200);
}
