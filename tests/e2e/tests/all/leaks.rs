//! The leak check itself: it finds a token in every place where a test puts one.

use e2e::{FORGED_TOKEN, Need, Scenario, User, run};
use serde_json::json;

async fn finds(user: &mut User, place: &str, script: &str) {
    user.script(script, vec![json!(FORGED_TOKEN)]).await;
    let leaks = user.leaks().await;
    assert!(
        leaks.iter().any(|(name, _)| name.contains(place)),
        "{place} is not checked: {leaks:#?}"
    );
}

#[test]
fn t2_the_leak_check_finds_a_token_in_every_place() {
    run(async |user| {
        user.opens("/").await;
        user.is_signed_out().await;
        assert_eq!(user.leaks().await, []);
        for (place, put, remove) in [
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
            finds(user, place, put).await;
            user.script(remove, vec![]).await;
            assert_eq!(user.leaks().await, [], "after {place}");
        }
    });
}

#[test]
fn t2_the_leak_check_finds_a_session_record_whatever_token_is_in_it() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let copy = "const key = 'stagedoor:/:session';
            const record = JSON.parse(sessionStorage.getItem(key));
            record.record.access_token = record.record.refresh_token = record.record.login = 'x';
            return JSON.stringify(record)";
        let record = user.script(copy, vec![]).await;
        assert!(record.as_str().is_some_and(|record| record.contains("access_token")));
        for (place, put, remove) in [
            (
                "localStorage",
                "localStorage.x = arguments[0]",
                "localStorage.removeItem('x')",
            ),
            (
                "sessionStorage",
                "sessionStorage.x = JSON.stringify(arguments[0])",
                "sessionStorage.removeItem('x')",
            ),
            (
                "the document",
                "document.body.dataset.x = arguments[0]",
                "delete document.body.dataset.x",
            ),
        ] {
            user.script(put, vec![record.clone()]).await;
            let leaks = user.leaks().await;
            assert!(
                leaks.iter().any(|(name, _)| name.contains(place)),
                "{place}: {leaks:#?}"
            );
            user.script(remove, vec![]).await;
            assert_eq!(user.leaks().await, [], "after {place}");
        }
    });
}

/// Checks that the leak check finds something in what the script of `test` does.
fn finds_fault(fault: &str, test: impl AsyncFnOnce(&mut User)) {
    Scenario::default().run_without_leak_check(async |user| {
        user.opens("/").await;
        assert_eq!(user.faults().await, [""; 0]);
        test(user).await;
        let faults = user.faults().await;
        assert!(faults.iter().any(|found| found.contains(fault)), "{faults:#?}");
    });
}

#[test]
fn t2_the_leak_check_finds_a_token_in_the_console() {
    finds_fault("a secret leaked into the console", async |user| {
        user.needs(Need::Logs);
        finds(user, "the console", "console.log(arguments[0])").await;
    });
}

#[test]
fn t2_the_leak_check_finds_a_token_in_an_earlier_history_entry() {
    finds_fault("a secret leaked into the history of the tab", async |user| {
        user.needs(Need::Logs);
        let put = "history.replaceState(null, '', '#' + arguments[0]); history.pushState(null, '', '/')";
        finds(user, "the history of the tab", put).await;
    });
}

#[test]
fn t2_the_leak_check_finds_a_token_in_a_request() {
    finds_fault("a secret leaked into a request to", async |user| {
        user.needs(Need::Logs);
        let put = "return fetch('/icon.svg?' + arguments[0]).then(() => null)";
        finds(user, "a request to", put).await;
    });
}

#[test]
fn t2_the_leak_check_finds_a_token_that_the_host_received() {
    finds_fault("a secret leaked into what the host received", async |user| {
        let put = "return fetch('/icon.svg?' + arguments[0]).then(() => null)";
        finds(user, "what the host received", put).await;
    });
}

#[test]
fn t3_the_leak_check_finds_an_authorization_header_to_another_origin() {
    finds_fault("an Authorization header went to another origin", async |user| {
        user.needs(Need::Logs);
        let put = "return fetch('/icon.svg', { headers: { Authorization: 'Bearer x' } }).then(() => null)";
        user.script(put, vec![]).await;
    });
}

#[test]
fn an_unexpected_console_message_is_found() {
    finds_fault("an unexpected console message", async |user| {
        user.script("console.error('oh')", vec![]).await;
    });
}
