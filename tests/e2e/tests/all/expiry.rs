//! Session expiry, across reloads, sleep and wrong clocks.

use e2e::{Scenario, User, run};

/// Timers that do not fire while the device is asleep.
const TIMERS: &str = "const real = window.setTimeout;
    window.setTimeout = (call, ms) => real(() => { if (!window.asleep) call() }, ms);";

async fn agrees_to_log_in(user: &mut User) {
    user.opens("/").await;
    user.starts_log_in().await;
    user.agrees().await;
}

#[test]
fn e3_a_reload_restores_the_time_that_is_left() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.sets_clock(600).await;
        user.dispatches("focus").await;
        user.waits_until_settled().await;
        let before = user.timer_seconds().await;
        assert!((2900..=2970).contains(&before), "{before} s are left after ten minutes");
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        let after = user.timer_seconds().await;
        assert!(
            after <= before && before - after <= 5,
            "{before} s before, {after} s after"
        );
    });
}

#[test]
fn e6_an_expired_session_says_so_and_one_step_logs_in_again() {
    Scenario::default().expires_in(4).run(async |user| {
        agrees_to_log_in(user).await;
        user.sees_notice("has expired").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
        user.env.standin.set_expires_in(3600);
        user.presses("Log in with Spotify").await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
    });
}

#[test]
fn p9_a_lifetime_of_zero_is_expired_on_receipt() {
    Scenario::default().expires_in(0).run(async |user| {
        agrees_to_log_in(user).await;
        user.sees_heading("The access token had already expired").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
        assert_eq!(user.env.profile_calls(), 0);
    });
}

#[test]
fn e1_a_lifetime_of_one_second_ends_within_a_second_and_says_so() {
    Scenario::default().expires_in(1).run(async |user| {
        agrees_to_log_in(user).await;
        user.sees_notice("has expired").await;
        user.is_signed_out().await;
        user.has_no_token_in_storage().await;
    });
}

#[test]
fn e3_a_small_correction_of_the_clock_changes_nothing() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.sets_clock(-20).await;
        user.dispatches("focus").await;
        user.waits_until_settled().await;
        user.reloads().await;
        user.sees_heading("Ada Example").await;
        user.is_signed_in().await;
        assert_eq!(user.texts_of("status").await.matches("ended").count(), 0);
    });
}

#[test]
fn e4_a_lifetime_beyond_the_longest_timer_works() {
    Scenario::default().expires_in(2_147_484).run(async |user| {
        user.logs_in_as_ada().await;
        let clock = user.timer_text().await;
        assert!(clock.starts_with("596:30:"), "{clock}");
        user.is_signed_in().await;
    });
}

#[test]
fn p9_a_huge_lifetime_is_clamped() {
    Scenario::default().expires_in(99_999_999_999).run(async |user| {
        user.logs_in_as_ada().await;
        let left = user.timer_seconds().await;
        assert!(left > 3600, "{left} s");
        user.reloads().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn e6_a_minute_before_expiry_a_status_says_so_and_one_step_logs_in_again() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        let before = user.texts_of("status").await;
        assert!(!before.contains("minute"), "{before}");
        user.sets_clock(3520).await;
        user.sees_status("less than a minute").await;
        user.is_signed_in().await;
        user.presses("Log in again").await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
        let left = user.timer_seconds().await;
        assert!(left > 3500, "{left} s");
    });
}

#[test]
fn e2_waking_up_after_the_deadline_ends_the_session_at_once() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.before_each_page(TIMERS).await;
        for event in ["visibilitychange", "pageshow", "focus", "online"] {
            user.env.standin.forget_consent();
            user.logs_in_as_ada().await;
            user.script("window.asleep = true", vec![]).await;
            user.sets_clock(4000).await;
            user.is_signed_in().await;
            user.dispatches(event).await;
            user.sees_notice("has expired").await;
            user.is_signed_out().await;
            user.has_no_token_in_storage().await;
            user.sets_clock(0).await;
        }
    });
}

#[test]
fn e1_a_call_after_the_deadline_is_not_made() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.leaves_the_app().await;
        user.sets_clock(4000).await;
        user.opens("/profile").await;
        user.sees_notice("has expired").await;
        user.is_signed_out().await;
        assert_eq!(user.env.profile_calls(), 1, "only the first call");
    });
}

#[test]
fn e3_a_clock_set_back_before_the_log_in_ends_the_session() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.sets_clock(-7200).await;
        user.sees_notice("has ended").await;
        user.is_signed_out().await;
    });
}

#[test]
fn e3_a_clock_set_back_between_two_page_loads_ends_the_session() {
    run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.leaves_the_app().await;
        user.sets_clock(-7200).await;
        user.opens("/profile").await;
        user.sees_notice("has ended").await;
        user.is_signed_out().await;
    });
}

#[test]
fn e5_an_old_deadline_does_not_end_a_new_session() {
    Scenario::default().expires_in(60).run(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.env.standin.set_expires_in(3600);
        user.presses("Log in again").await;
        user.sees_heading("Ada Example").await;
        user.sets_clock(60).await;
        user.dispatches("focus").await;
        user.waits_until_settled().await;
        user.is_signed_in().await;
        let left = user.timer_seconds().await;
        assert!(left > 3400, "{left} s");
    });
}
