//! The look for leaks finds what it looks for: each place is tried with a token that was put there on purpose.

use e2e::{FORGED_TOKEN, Person, play};
use serde_json::json;

async fn finds(person: &mut Person, place: &str, script: &str) {
    person.script(script, vec![json!(FORGED_TOKEN)]).await;
    let leaks = person.leaks().await;
    assert!(
        leaks.iter().any(|(name, _)| name.contains(place)),
        "{place} is not searched: {leaks:#?}"
    );
}

#[test]
fn t2_a_token_is_found_wherever_a_page_could_leave_it() {
    play(async |person| {
        person.opens("/").await;
        person.is_signed_out().await;
        assert_eq!(person.leaks().await, []);
        for (place, put, take_away) in [
            (
                "the address",
                "history.replaceState(null, '', '#' + arguments[0])",
                "history.replaceState(null, '', '/')",
            ),
            ("the title", "document.title = arguments[0]", "document.title = ''"),
            (
                "the document",
                "document.body.dataset.x = arguments[0]",
                "delete document.body.dataset.x",
            ),
            (
                "the name of the window",
                "window.name = arguments[0]",
                "window.name = ''",
            ),
            (
                "the state of the history entry",
                "history.replaceState(arguments[0], '')",
                "history.replaceState(null, '')",
            ),
            (
                "the cookies",
                "document.cookie = 'x=' + arguments[0]",
                "document.cookie = 'x=; max-age=0'",
            ),
            ("localStorage", "localStorage.x = arguments[0]", "localStorage.clear()"),
            (
                "sessionStorage",
                "sessionStorage.x = arguments[0]",
                "sessionStorage.clear()",
            ),
        ] {
            finds(person, place, put).await;
            person.script(take_away, vec![]).await;
            assert_eq!(person.leaks().await, [], "after {place}");
        }
    });
}

#[test]
#[should_panic(expected = "a secret was left in")]
fn t2_a_token_in_the_console_is_found() {
    play(async |person| {
        person.opens("/").await;
        finds(person, "the console", "console.log(arguments[0])").await;
    });
}

#[test]
#[should_panic(expected = "a secret was left in")]
fn t2_a_token_in_an_earlier_history_entry_is_found() {
    play(async |person| {
        person.opens("/").await;
        let put = "history.replaceState(null, '', '#' + arguments[0]); history.pushState(null, '', '/')";
        finds(person, "the history of the tab", put).await;
    });
}

#[test]
#[should_panic(expected = "a secret was left in")]
fn t2_a_token_in_a_request_is_found() {
    play(async |person| {
        person.opens("/").await;
        let put = "return fetch('/icon.svg?' + arguments[0]).then(() => null)";
        finds(person, "a request to", put).await;
        finds(person, "what the host received", put).await;
    });
}

#[test]
#[should_panic(expected = "an Authorization header went elsewhere")]
fn t3_a_token_that_is_sent_to_another_origin_is_found() {
    play(async |person| {
        person.opens("/").await;
        let put = "return fetch('/icon.svg', { headers: { Authorization: 'Bearer x' } }).then(() => null)";
        person.script(put, vec![]).await;
    });
}

#[test]
#[should_panic(expected = "messages in the console")]
fn an_error_in_the_console_that_nobody_expected_is_found() {
    play(async |person| {
        person.opens("/").await;
        person.script("console.error('oh')", vec![]).await;
    });
}
