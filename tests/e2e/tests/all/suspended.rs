//! Tabs whose process the system suspends, and locks that such a tab holds.

use std::time::Duration;

use e2e::{Need, Scenario, User};
use serde_json::json;
use standin::{Endpoint, Fault, Rotation, TRACKS};

const RECORD: &str = "stagedoor:/:session";
/// Seconds after which a token of an hour is within a minute of its deadline, and beyond it.
const LAST_MINUTE: i64 = 3550;
const BEYOND: i64 = 3580;
/// Longer than the time that is left, and than a refresh may take.
const STOPPED_FOR: Duration = Duration::from_secs(18);
/// Longer than the app waits for a lock and for a response.
const PATIENCE: Duration = Duration::from_secs(40);

fn sharing() -> Scenario {
    Scenario::default()
        .config("flow", "pkce")
        .standin(|options| options.rotation = Rotation::Never)
}

/// Opens another tab with the session of this one, as a duplicated tab has it, but in a process of its own.
async fn opens_tab_with_the_same_session(user: &mut User) {
    let read = "return sessionStorage.getItem(arguments[0])";
    let record = user.script(read, vec![json!(RECORD)]).await;
    user.opens_tab("/nowhere").await;
    let write = "sessionStorage.setItem(arguments[0], arguments[1])";
    user.script(write, vec![json!(RECORD), record]).await;
    user.uses_fake_clock().await;
    user.opens("/profile").await;
    user.sees_heading("Ada Example").await;
}

#[test]
fn c5_a_tab_that_is_stopped_while_it_refreshes_holds_the_others_up_for_seconds_only() {
    sharing().run(async |user| {
        user.expects_console_message("404");
        user.is_patient(PATIENCE);
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        let refreshing = user.process_of_this_tab().await;
        opens_tab_with_the_same_session(user).await;
        user.switches_to_tab(0).await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        user.sets_clock(LAST_MINUTE).await;
        user.dispatches("focus").await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        refreshing.stop();
        user.switches_to_tab(1).await;
        user.sets_clock(BEYOND).await;
        user.dispatches("focus").await;
        user.clicks("link", "Look up a track").await;
        user.fills_in("Link, URI or ID of a track on Spotify", TRACKS[0]).await;
        user.presses("Look it up").await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        assert_eq!(user.env.token_calls("refresh_token"), 2);
        refreshing.go_on();
        user.env.standin.release();
        user.switches_to_tab(0).await;
        user.sets_clock(BEYOND).await;
        user.waits_until_timer_exceeds(3000).await;
        user.is_signed_in().await;
        assert_eq!(
            user.env.token_calls("refresh_token"),
            2,
            "the tab takes what the other one got"
        );
    });
}

/// Holds the lock of the session in this tab for ever.
const HOLD_LOCK: &str = "return (async () => {
    const { login } = JSON.parse(sessionStorage.getItem(arguments[0])).record;
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(login)));
    const digest = btoa(String.fromCharCode(...hash)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    await new Promise((held) => navigator.locks.request(`stagedoor:/:refresh:${digest}`, () => {
        held();
        return new Promise(() => {});
    }));
})()";

#[test]
fn c5_a_lock_that_another_page_holds_for_ever_is_not_awaited_for_ever() {
    sharing().run(async |user| {
        user.is_patient(PATIENCE);
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.script(HOLD_LOCK, vec![json!(RECORD)]).await;
        user.sets_clock(BEYOND).await;
        user.dispatches("focus").await;
        user.waits_until_timer_exceeds(3000).await;
        user.is_signed_in().await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
    });
}

#[test]
fn t4_a_tab_whose_refresh_is_answered_while_it_is_stopped_does_not_outlive_a_log_out() {
    sharing().run(async |user| {
        user.expects_console_message("404");
        user.is_patient(PATIENCE);
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        opens_tab_with_the_same_session(user).await;
        let stopped = user.process_of_this_tab().await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        user.sets_clock(LAST_MINUTE).await;
        user.dispatches("focus").await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        stopped.stop();
        user.env.standin.release();
        user.switches_to_tab(0).await;
        user.logs_out().await;
        stopped.go_on();
        user.switches_to_tab(1).await;
        user.sees_notice("another tab").await;
        user.reloads().await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c6_a_tab_that_is_stopped_across_its_deadline_while_it_refreshes_tries_again() {
    sharing().run(async |user| {
        user.expects_console_message("net::ERR");
        user.is_patient(PATIENCE);
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        let tab = user.process_of_this_tab().await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        user.sets_clock(3567).await;
        user.dispatches("focus").await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        tab.stop();
        // The deadline passes, and the time limits of the refresh with it.
        tokio::time::sleep(STOPPED_FOR).await;
        tab.go_on();
        user.waits_until_timer_exceeds(3000).await;
        user.is_signed_in().await;
        user.env.standin.release();
    });
}

/// Drops messages of other tabs while `window.isDeaf`, which ends with a request to the token endpoint.
const DEAF: &str = "window.isDeaf = false;
    const { addEventListener } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.addEventListener = function (type, listener, ...rest) {
        addEventListener.call(this, type, (event) => { if (!window.isDeaf) listener.call(this, event) }, ...rest);
    };
    const request = window.fetch;
    window.fetch = (...args) => {
        if (String(args[0].url ?? args[0]).includes('/api/token')) window.isDeaf = false;
        return request(...args);
    };";

#[test]
fn c5_a_tab_whose_refresh_token_was_used_by_another_one_meanwhile_goes_on_with_its_session() {
    sharing().run(async |user| {
        user.needs(Need::SecondTab);
        user.expects_console_message("400");
        user.expects_console_message("404");
        user.uses_fake_clock().await;
        user.before_each_page(DEAF).await;
        user.logs_in_as_ada().await;
        opens_tab_with_the_same_session(user).await;
        user.switches_to_tab(0).await;
        user.script("window.isDeaf = true", vec![]).await;
        user.switches_to_tab(1).await;
        user.sets_clock(LAST_MINUTE).await;
        user.dispatches("focus").await;
        user.waits_until_timer_exceeds(3000).await;
        let used = Fault::oauth_error(400, "invalid_grant");
        user.env.standin.inject(Endpoint::Token, used);
        user.switches_to_tab(0).await;
        user.sets_clock(LAST_MINUTE).await;
        user.dispatches("focus").await;
        user.waits_until_timer_exceeds(3000).await;
        user.is_signed_in().await;
        assert_eq!(user.env.token_calls("refresh_token"), 2);
    });
}
