//! Browser storage that is blocked, full or damaged.

use e2e::{Need, Scenario, User, run};
use serde_json::json;

/// Reading the property throws, as in some embedded browsers.
const GETTERS_THROW: &str = "for (const name of ['sessionStorage', 'localStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } });";

/// The quota is exceeded by the session record alone.
const FULL_FOR_THE_SESSION: &str = "const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (key.endsWith(':session')) throw new DOMException('full', 'QuotaExceededError');
        return set.call(this, key, text);
    };";

const FULL: &str = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };";

async fn sees_working_pages_and_a_log_in_error(user: &mut User) {
    user.expects_console_message("404");
    for (path, heading) in [
        ("/callback", "Nothing to finish here"),
        ("/callback#error=access_denied", "This log-in was not started here"),
        ("/nowhere", "Page not found"),
        ("/profile", "Log in to see your Spotify profile"),
        ("/", "Log in to see your Spotify profile"),
    ] {
        user.opens(path).await;
        user.sees_heading(heading).await;
    }
    user.presses("Log in with Spotify").await;
    user.sees_alert("site data").await;
    user.is_signed_out().await;
    assert!(user.env.authorization_requests().is_empty());
}

#[test]
fn t7_with_blocked_site_data_pages_work_and_log_in_explains_what_to_allow() {
    Scenario::default().blocks_site_data().run(async |user| {
        user.needs(Need::BlockedSiteData);
        sees_working_pages_and_a_log_in_error(user).await;
    });
}

#[test]
fn t7_with_throwing_storage_pages_work_and_log_in_explains_what_to_allow() {
    run(async |user| {
        user.before_each_page(GETTERS_THROW).await;
        sees_working_pages_and_a_log_in_error(user).await;
    });
}

#[test]
fn t7_with_full_storage_pages_work_and_log_in_explains_what_to_allow() {
    run(async |user| {
        user.before_each_page(FULL).await;
        sees_working_pages_and_a_log_in_error(user).await;
    });
}

#[test]
fn t7_a_session_that_cannot_be_stored_stays_in_memory_and_says_so() {
    run(async |user| {
        user.before_each_page(FULL_FOR_THE_SESSION).await;
        user.logs_in_as_ada().await;
        user.sees_status("reloading it logs you out").await;
        user.reloads().await;
        user.is_signed_out().await;
    });
}

#[test]
fn t7_garbage_in_storage_means_signed_out_and_log_in_works() {
    run(async |user| {
        for garbage in [
            "",
            "null",
            "{}",
            "%%%",
            "\u{0}\u{ffff}",
            "v=1",
            r#"{"v":1}"#,
            r#"{"v":99,"record":{}}"#,
            "&&&=&=",
            "🚪",
        ] {
            user.opens("/").await;
            let put = "const [garbage, state] = arguments;
                for (const store of [sessionStorage, localStorage])
                    for (const key of ['session', 'log-out', 'logged-out', 'log-in:', 'log-in:' + state, 'log-in:__proto__'])
                        store.setItem('stagedoor:/:' + key, garbage);";
            user.script(put, vec![json!(garbage), json!("A".repeat(43))]).await;
            user.reloads().await;
            user.is_signed_out().await;
            let forged = format!("/callback#error=access_denied&state={}", "A".repeat(43));
            user.opens(&forged).await;
            user.sees_alert("nothing was changed").await;
            user.is_signed_out().await;
            user.env.standin.forget_consent();
            user.logs_in_as_ada().await;
            user.logs_out().await;
        }
    });
}

#[test]
fn t7_a_damaged_session_record_means_signed_out() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let key = "stagedoor:/:session";
        let record = user
            .script("return sessionStorage.getItem(arguments[0])", vec![json!(key)])
            .await;
        let record = record.as_str().expect("a record").to_owned();
        for damaged in [
            record.replace(r#""v":1"#, r#""v":2"#),
            record.replace(r#""deadline":"#, r#""deadline":9999"#),
            record.replace(r#""deadline":"#, r#""deadline":-"#),
            record.replace(r#""issued_at":"#, r#""issued":"#),
            record.replace(r#""v":1"#, r#""v":1,"v":1"#),
            record.replace(r#""v":1"#, r#""v":1,"unknown":1"#),
            record.replace(r#""access_token":""#, r#""access_token":"\n"#),
            "v=1&access_token=x&issued_at=1&deadline=2".to_owned(),
            record[..record.len() / 2].to_owned(),
        ] {
            assert_ne!(damaged, record);
            user.opens("/callback").await;
            let put = "sessionStorage.setItem(arguments[0], arguments[1])";
            user.script(put, vec![json!(key), json!(damaged)]).await;
            user.opens("/profile").await;
            user.is_signed_out().await;
            user.is_at("/").await;
            user.has_no_token_in_storage().await;
        }
    });
}

/// Counts how often the session's record is written, over all pages of the tab.
const COUNT_WRITES: &str = "const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (key.endsWith(':session')) set.call(this, 'writes', Number(this.getItem('writes')) + 1);
        return set.call(this, key, text);
    };";

#[test]
fn the_session_record_is_written_once_by_a_log_in_and_not_by_a_reload() {
    run(async |user| {
        user.before_each_page(COUNT_WRITES).await;
        user.logs_in_as_ada().await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        user.waits_until_settled().await;
        let writes = user.script("return sessionStorage.getItem('writes')", vec![]).await;
        assert_eq!(writes, "1");
    });
}

#[test]
fn t7_a_log_out_time_in_the_future_does_not_prevent_log_in() {
    run(async |user| {
        user.opens("/").await;
        let put = "localStorage.setItem('stagedoor:/:logged-out-at', '{\"v\":1,\"record\":99999999999999}')";
        user.script(put, vec![]).await;
        user.logs_in_as_ada().await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
    });
}
