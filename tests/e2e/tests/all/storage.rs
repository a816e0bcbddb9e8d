//! A browser that keeps nothing, or hands out rubbish.

use e2e::{Person, Stage, play};
use serde_json::json;

/// As in some embedded browsers: reading the property is an error already.
const GETTERS_THROW: &str = "for (const name of ['sessionStorage', 'localStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } });";

/// The store is too full for the one record that matters.
const FULL_FOR_THE_SESSION: &str = "const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (key.endsWith(':session')) throw new DOMException('full', 'QuotaExceededError');
        return set.call(this, key, text);
    };";

const FULL: &str = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };";

async fn finds_pages_that_work_and_words_at_the_button(person: &mut Person) {
    person.expects_console("404");
    for (path, heading) in [
        ("/callback", "Nothing to finish here"),
        ("/callback#error=access_denied", "You said no"),
        ("/nowhere", "There is no such page"),
        ("/profile", "Come in with Spotify"),
        ("/", "Come in with Spotify"),
    ] {
        person.opens(path).await;
        person.sees_heading(heading).await;
    }
    person.presses("Log in with Spotify").await;
    person.sees_alert("site data").await;
    person.is_signed_out().await;
    assert!(person.world.authorize_requests().is_empty());
}

#[test]
fn t7_a_browser_that_blocks_all_site_data_gets_pages_that_work_and_words() {
    Stage::default()
        .pref("profile.default_content_setting_values.cookies", 2)
        .play(async |person| {
            finds_pages_that_work_and_words_at_the_button(person).await;
        });
}

#[test]
fn t7_a_browser_whose_storage_throws_gets_pages_that_work_and_words() {
    play(async |person| {
        person.before_each_page(GETTERS_THROW).await;
        finds_pages_that_work_and_words_at_the_button(person).await;
    });
}

#[test]
fn t7_a_browser_whose_storage_is_full_gets_pages_that_work_and_words() {
    play(async |person| {
        person.before_each_page(FULL).await;
        finds_pages_that_work_and_words_at_the_button(person).await;
    });
}

#[test]
fn t7_a_session_that_can_not_be_kept_lives_in_the_page_and_says_so() {
    play(async |person| {
        person.before_each_page(FULL_FOR_THE_SESSION).await;
        person.logs_in_as_ada().await;
        person.sees_status("reloading it logs you out").await;
        person.reloads().await;
        person.is_signed_out().await;
    });
}

#[test]
fn t7_garbage_in_storage_means_signed_out_and_log_in_works() {
    play(async |person| {
        for garbage in [
            "",
            "null",
            "{}",
            "%%%",
            "\u{0}\u{ffff}",
            "v=1",
            "v=99&state=x",
            "&&&=&=",
            "🚪",
        ] {
            person.opens("/").await;
            let put = "const [garbage, state] = arguments;
                for (const store of [sessionStorage, localStorage])
                    for (const key of ['session', 'logged-out-at', 'log-in:', 'log-in:' + state, 'log-in:__proto__'])
                        store.setItem('stagedoor:/:' + key, garbage);";
            person.script(put, vec![json!(garbage), json!("A".repeat(43))]).await;
            person.reloads().await;
            person.is_signed_out().await;
            let forged = format!("/callback#error=access_denied&state={}", "A".repeat(43));
            person.opens(&forged).await;
            person.sees_alert("nothing was changed").await;
            person.is_signed_out().await;
            person.world.standin.forget_consent();
            person.logs_in_as_ada().await;
            person.logs_out().await;
        }
    });
}

#[test]
fn t7_a_damaged_record_of_a_session_means_signed_out() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let key = "stagedoor:/:session";
        let record = person
            .script("return sessionStorage.getItem(arguments[0])", vec![json!(key)])
            .await;
        let record = record.as_str().expect("a record").to_owned();
        for damaged in [
            record.replace("v=1", "v=2"),
            record.replace("deadline=", "deadline=9999"),
            record.replace("deadline=", "deadline=-"),
            record.replace("issued_at=", "issued="),
            format!("{record}&v=1"),
            format!("{record}&more=1"),
            record.replace("access_token=", "access_token=%0A"),
            record[..record.len() / 2].to_owned(),
        ] {
            assert_ne!(damaged, record);
            person.opens("/callback").await;
            let put = "sessionStorage.setItem(arguments[0], arguments[1])";
            person.script(put, vec![json!(key), json!(damaged)]).await;
            person.opens("/profile").await;
            person.is_signed_out().await;
            person.is_at("/").await;
            person.keeps_no_token().await;
        }
    });
}

#[test]
fn t7_a_log_out_mark_from_the_future_locks_nobody_out() {
    play(async |person| {
        person.opens("/").await;
        let put = "localStorage.setItem('stagedoor:/:logged-out-at', '99999999999999')";
        person.script(put, vec![]).await;
        person.logs_in_as_ada().await;
        person.reloads().await;
        person.sees_heading("Ada Example").await;
    });
}
