//! Silent refresh of the session.

use std::time::{Duration, Instant};

use e2e::{Scenario, User};
use standin::{Endpoint, Fault, Rotation};

/// Seconds after which a token of an hour is within a minute of its deadline.
const LAST_MINUTE: i64 = 3550;

fn rotating() -> Scenario {
    Scenario::default()
        .config("flow", "pkce")
        .standin(|options| options.rotation = Rotation::Always)
}

async fn enters_last_minute(user: &mut User) {
    user.sets_clock(LAST_MINUTE).await;
    user.dispatches("focus").await;
}

async fn sees_refreshed_session(user: &mut User, times: usize) {
    let count = |user: &User| user.env.token_calls("refresh_token");
    user.env.standin.wait_for_requests("/api/token", 1 + times).await;
    user.waits_until_timer_exceeds(3000).await;
    user.is_signed_in().await;
    assert_eq!(count(user), times);
}

#[test]
fn c5_a_session_is_refreshed_silently_again_and_again() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        for round in 1..=3 {
            user.sets_clock(LAST_MINUTE * round).await;
            sees_refreshed_session(user, usize::try_from(round).expect("small")).await;
        }
        user.waits_until_settled().await;
        user.sees_heading("Ada Example").await;
        user.is_signed_in().await;
        assert_eq!(user.env.profile_calls(), 1, "the profile is not loaded again");
        let status = user.texts_of("status").await;
        assert!(!status.contains("minute") && !status.contains("ended"), "{status}");
    });
}

#[test]
fn c5_a_session_is_refreshed_a_minute_before_expiry() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.sets_clock(3400).await;
        user.dispatches("focus").await;
        user.waits_until_settled().await;
        assert_eq!(user.env.token_calls("refresh_token"), 0, "too early");
        enters_last_minute(user).await;
        sees_refreshed_session(user, 1).await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn c5_a_token_response_without_a_refresh_token_keeps_the_old_one() {
    let scenario = Scenario::default()
        .config("flow", "pkce")
        .standin(|options| options.rotation = Rotation::Never);
    scenario.run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        for round in 1..=2 {
            user.sets_clock(LAST_MINUTE * round).await;
            user.dispatches("focus").await;
            sees_refreshed_session(user, usize::try_from(round).expect("small")).await;
        }
    });
}

#[test]
fn c5_waking_up_after_the_deadline_refreshes_the_session() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.sets_clock(100_000).await;
        user.dispatches("visibilitychange").await;
        sees_refreshed_session(user, 1).await;
    });
}

#[test]
fn c5_a_page_opened_after_the_deadline_refreshes_before_its_first_call() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.leaves_the_app().await;
        user.sets_clock(100_000).await;
        user.opens("/profile").await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
        assert_eq!(user.env.profile_calls(), 2);
    });
}

#[test]
fn c5_a_401_causes_one_refresh_and_one_retry() {
    rotating().run(async |user| {
        user.expects_console_message("401");
        user.logs_in_as_ada().await;
        user.env.standin.expire_all_tokens();
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
        assert_eq!(
            user.env.profile_calls(),
            3,
            "the first, the refused and the repeated one"
        );
    });
}

#[test]
fn h1_a_401_after_a_refresh_ends_the_session() {
    rotating().run(async |user| {
        user.expects_console_message("401");
        user.logs_in_as_ada().await;
        user.env.standin.inject_always(Endpoint::Me, Fault::plain(401, ""));
        user.reloads().await;
        user.sees_notice("no longer accepts").await;
        user.is_signed_out().await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
    });
}

#[test]
fn c5_a_hidden_page_refreshes_when_it_becomes_visible() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        let visibility =
            "window.isHidden = false; Object.defineProperty(document, 'hidden', { get: () => window.isHidden })";
        user.before_each_page(visibility).await;
        user.logs_in_as_ada().await;
        user.script("window.isHidden = true", vec![]).await;
        user.sets_clock(100_000).await;
        user.dispatches("focus").await;
        user.waits_until_settled().await;
        assert_eq!(user.env.token_calls("refresh_token"), 0);
        user.is_signed_in().await;
        user.script("window.isHidden = false", vec![]).await;
        user.dispatches("visibilitychange").await;
        sees_refreshed_session(user, 1).await;
    });
}

#[test]
fn c5_two_tabs_that_share_a_session_refresh_it_once() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.duplicates_tab("/profile").await;
        user.sees_heading("Ada Example").await;
        for round in 1..=3 {
            user.sets_clock_in_all_tabs(LAST_MINUTE * round).await;
            for tab in [1, 0] {
                user.switches_to_tab(tab).await;
                sees_refreshed_session(user, usize::try_from(round).expect("small")).await;
            }
        }
    });
}

#[test]
fn c6_a_revoked_refresh_token_ends_the_session_with_a_reason() {
    rotating().run(async |user| {
        user.expects_console_message("400");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env.standin.revoke_refresh_tokens();
        enters_last_minute(user).await;
        user.sees_notice("no longer accepts").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c6_a_temporarily_unavailable_token_endpoint_keeps_the_session() {
    rotating().run(async |user| {
        user.expects_console_message("503");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env
            .standin
            .inject_always(Endpoint::Token, Fault::plain(503, "busy"));
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 3).await;
        user.sees_status("less than a minute").await;
        user.is_signed_in().await;
        user.env.standin.clear_faults();
        user.waits_until_timer_exceeds(3000).await;
        user.is_signed_in().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn c6_an_unavailable_token_endpoint_ends_the_session_at_its_deadline() {
    rotating().run(async |user| {
        user.expects_console_message("503");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env
            .standin
            .inject_always(Endpoint::Token, Fault::plain(503, "busy"));
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.sees_status("less than a minute").await;
        for second in 0..30 {
            user.sets_clock(3580 + 4 * second).await;
            user.dispatches("focus").await;
        }
        user.sees_notice("has expired").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn c6_after_a_sleep_the_refresh_token_gets_its_chance_and_the_network_ends_a_wait() {
    rotating().run(async |user| {
        user.expects_console_message("503");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env
            .standin
            .inject_always(Endpoint::Token, Fault::plain(503, "busy"));
        user.sets_clock(7200).await;
        user.dispatches("visibilitychange").await;
        user.env.standin.wait_for_requests("/api/token", 4).await;
        user.is_signed_in().await;
        user.env.standin.clear_faults();
        let online = Instant::now();
        user.dispatches("online").await;
        sees_refreshed_session(user, 4).await;
        assert!(
            online.elapsed() < Duration::from_secs(6),
            "the next wait by itself is ten seconds"
        );
    });
}

#[test]
fn c5_tokens_of_seconds_are_not_refreshed_in_a_loop() {
    rotating().expires_in(8).run(async |user| {
        user.logs_in_as_ada().await;
        user.env.standin.wait_for_requests("/api/token", 3).await;
        user.is_signed_in().await;
        user.env.standin.set_expires_in(3600);
        user.clicks("link", "Look up a track").await;
        user.fills_in("Link, URI or ID of a track on Spotify", standin::TRACKS[0])
            .await;
        user.presses("Look it up").await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        assert!(user.env.token_calls("refresh_token") <= 3);
    });
}

#[test]
fn t4_log_out_during_a_refresh_is_final() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.logs_out().await;
        user.env.standin.release();
        user.waits_until_settled().await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

/// Hears what is sent on every channel whose name can be guessed or found in the list of locks, and notes what is listed.
const EAVESDROPPER: &str = "window.heard = [];
    window.listed = new Set();
    let tellListed;
    window.whenListed = new Promise((resolve) => { tellListed = () => resolve(null) });
    const listen = (name) => new BroadcastChannel(name).onmessage = ({ data }) => heard.push(data);
    ['session', 'log-out', 'refresh', 'renew'].forEach((name) => listen(`stagedoor:/:${name}`));
    const look = async () => {
        const { held, pending } = await navigator.locks.query();
        for (const { name } of [...held, ...pending].filter(({ name }) => !listed.has(name))) {
            listed.add(name);
            tellListed();
            listen(name);
            listen(`stagedoor:/:session:${name.split(':').at(-1)}`);
        }
        setTimeout(look);
    };
    look();";

#[test]
fn t8_another_page_of_the_origin_hears_and_lists_no_token() {
    rotating().run(async |user| {
        user.expects_console_message("404");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.opens_tab("/nowhere").await;
        user.script(EAVESDROPPER, vec![]).await;
        user.switches_to_tab(0).await;
        let login = "return JSON.parse(sessionStorage['stagedoor:/:session']).record.login";
        let login = user.script(login, vec![]).await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.switches_to_tab(1).await;
        user.script("return window.whenListed", vec![]).await;
        user.switches_to_tab(0).await;
        user.env.standin.release();
        sees_refreshed_session(user, 1).await;
        user.logs_out().await;
        user.switches_to_tab(1).await;
        let heard = user.script("return [heard, [...listed]]", vec![]).await;
        let (messages, locks) = (&heard[0], &heard[1]);
        assert_eq!(
            locks.as_array().map(Vec::len),
            Some(1),
            "the lock of the refresh: {locks}"
        );
        assert_eq!(messages.as_array().map(Vec::len), Some(1), "the log-out: {messages}");
        assert!(
            messages[0].as_str().is_some_and(|text| text.contains("record")),
            "{messages}"
        );
        assert!(!heard.to_string().contains(login.as_str().expect("a state")), "{heard}");
    });
}

#[test]
fn c6_time_in_which_nobody_sees_the_page_is_no_time_of_trying() {
    rotating().run(async |user| {
        user.expects_console_message("503");
        user.uses_fake_clock().await;
        let visibility =
            "window.isHidden = false; Object.defineProperty(document, 'hidden', { get: () => window.isHidden })";
        user.before_each_page(visibility).await;
        user.logs_in_as_ada().await;
        user.env.standin.inject(Endpoint::Token, Fault::plain(503, "busy"));
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.sees_status("less than a minute").await;
        user.script("window.isHidden = true", vec![]).await;
        for second in 0..40 {
            user.sets_clock(3560 + 4 * second).await;
            user.dispatches("focus").await;
        }
        user.is_signed_in().await;
        user.script("window.isHidden = false", vec![]).await;
        user.dispatches("visibilitychange").await;
        user.waits_until_timer_exceeds(3000).await;
        user.is_signed_in().await;
    });
}

#[test]
fn c6_an_app_that_is_refused_asks_once_and_the_words_at_the_deadline_name_the_app() {
    rotating().run(async |user| {
        user.expects_console_message("401");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        let refused = Fault::json(401, &serde_json::json!({ "error": "invalid_client" }));
        user.env.standin.inject_always(Endpoint::Token, refused);
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.sees_status("less than a minute").await;
        user.is_signed_in().await;
        user.sets_clock(3560).await;
        user.dispatches("online").await;
        user.sets_clock(3600).await;
        user.dispatches("focus").await;
        user.sees_notice("Only the owner of the app").await;
        user.is_signed_out().await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
    });
}

#[test]
fn c8_a_page_that_is_loaded_again_during_a_refresh_uses_its_access_token_to_the_end() {
    rotating().run(async |user| {
        user.expects_console_message("400");
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.reloads().await;
        user.env.standin.release();
        user.sees_heading("Ada Example").await;
        user.waits_until_settled().await;
        user.is_signed_in().await;
        assert_eq!(user.env.token_calls("refresh_token"), 1, "the token may be used up");
        user.sets_clock(3600).await;
        user.dispatches("focus").await;
        user.env.standin.wait_for_requests("/api/token", 3).await;
    });
}

#[test]
fn c8_a_log_in_waits_for_the_refresh_that_is_under_way() {
    rotating().run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.opens("/music?show=recent").await;
        user.sees_button("Allow and show").await;
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.presses("Allow and show").await;
        user.env.standin.release();
        user.sees_consent_page().await;
        user.cancels().await;
        user.sees_alert("Access was denied").await;
        user.opens("/profile").await;
        user.waits_until_timer_exceeds(3000).await;
        assert_eq!(user.env.token_calls("refresh_token"), 1);
    });
}

/// A browser without Web Locks, with its tabs in windows of their own, all in view.
const IN_WINDOWS_WITHOUT_LOCKS: &str = "delete Navigator.prototype.locks;
    Object.defineProperty(Document.prototype, 'hidden', { get: () => false });";

#[test]
fn c5_without_locks_a_tab_gives_way_to_the_one_that_has_sent_the_refresh_token() {
    rotating().run(async |user| {
        user.before_each_page(IN_WINDOWS_WITHOUT_LOCKS).await;
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.duplicates_tab("/profile").await;
        user.before_each_page(IN_WINDOWS_WITHOUT_LOCKS).await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        // Longer than the other tab needs to send the token as well.
        user.env
            .standin
            .inject(Endpoint::Token, Fault::Delay(Duration::from_secs(3)));
        enters_last_minute(user).await;
        user.env.standin.wait_for_requests("/api/token", 2).await;
        user.switches_to_tab(0).await;
        enters_last_minute(user).await;
        for tab in [0, 1] {
            user.switches_to_tab(tab).await;
            sees_refreshed_session(user, 1).await;
        }
    });
}
