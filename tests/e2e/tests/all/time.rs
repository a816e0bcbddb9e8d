//! How long a session lives, through reloads, sleep and clocks that are wrong.

use e2e::{Person, Stage, play};

/// Timers that stand still while the machine sleeps.
const TIMERS: &str = "const real = window.setTimeout;
    window.setTimeout = (call, ms) => real(() => { if (!window.asleep) call() }, ms);";

async fn logs_in_without_looking(person: &mut Person) {
    person.opens("/").await;
    person.asks_to_log_in().await;
    person.agrees().await;
}

#[test]
fn e3_a_reload_restores_the_time_that_is_left() {
    play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.sets_the_clock(600).await;
        person.hears("focus").await;
        person.waits_a_moment().await;
        let before = person.reads_the_timer().await;
        assert!((2900..=2970).contains(&before), "{before} s are left after ten minutes");
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        let after = person.reads_the_timer().await;
        assert!(
            after <= before && before - after <= 5,
            "{before} s before, {after} s after"
        );
    });
}

#[test]
fn e6_a_short_session_ends_with_words_and_one_step_leads_back() {
    Stage::default().expires_in(33).play(async |person| {
        logs_in_without_looking(person).await;
        person.is_told("its time was up").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
        person.world.standin.set_expires_in(3600);
        person.presses("Log in with Spotify").await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
    });
}

#[test]
fn p9_a_life_of_zero_is_over_on_arrival() {
    Stage::default().expires_in(0).play(async |person| {
        logs_in_without_looking(person).await;
        person.sees_heading("Your session was over before it began").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
        assert_eq!(person.world.profile_calls(), 0);
    });
}

#[test]
fn e1_a_life_of_one_second_is_over_at_once() {
    Stage::default().expires_in(1).play(async |person| {
        logs_in_without_looking(person).await;
        person.is_told("its time was up").await;
        person.is_signed_out().await;
        assert_eq!(
            person.world.profile_calls(),
            0,
            "the deadline is checked before the call"
        );
    });
}

#[test]
fn e4_a_life_beyond_the_longest_timer_works() {
    Stage::default().expires_in(2_147_484).play(async |person| {
        person.logs_in_as_ada().await;
        let clock = person.reads_the_clock().await;
        assert!(clock.starts_with("596:30:"), "{clock}");
        person.is_signed_in().await;
    });
}

#[test]
fn p9_a_huge_life_is_clamped() {
    Stage::default().expires_in(99_999_999_999).play(async |person| {
        person.logs_in_as_ada().await;
        let left = person.reads_the_timer().await;
        assert!(left > 3600, "{left} s");
        person.reloads().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn e6_a_minute_ahead_a_status_says_so_and_one_step_renews() {
    play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        let before = person.reads_all("status").await;
        assert!(!before.contains("minute"), "{before}");
        person.sets_the_clock(3520).await;
        person.sees_status("less than a minute").await;
        person.is_signed_in().await;
        person.presses("Log in again").await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
        let left = person.reads_the_timer().await;
        assert!(left > 3500, "{left} s");
    });
}

#[test]
fn e2_a_machine_that_wakes_up_after_the_deadline_is_signed_out_at_once() {
    play(async |person| {
        person.has_a_clock().await;
        person.before_each_page(TIMERS).await;
        for event in ["visibilitychange", "pageshow", "focus", "online"] {
            person.world.standin.forget_consent();
            person.logs_in_as_ada().await;
            person.script("window.asleep = true", vec![]).await;
            person.sets_the_clock(4000).await;
            person.is_signed_in().await;
            person.hears(event).await;
            person.is_told("its time was up").await;
            person.is_signed_out().await;
            person.keeps_no_token().await;
            person.sets_the_clock(0).await;
        }
    });
}

#[test]
fn e1_a_call_after_the_deadline_is_not_made() {
    play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.opens_url("about:blank").await;
        person.sets_the_clock(4000).await;
        person.opens("/profile").await;
        person.is_told("its time was up").await;
        person.is_signed_out().await;
        assert_eq!(person.world.profile_calls(), 1, "only the call before");
    });
}

#[test]
fn e3_a_clock_that_was_set_back_before_the_log_in_ends_the_session() {
    play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.sets_the_clock(-7200).await;
        person.is_told("has ended").await;
        person.is_signed_out().await;
    });
}

#[test]
fn e3_a_clock_that_was_set_back_while_the_page_was_away_ends_the_session() {
    play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.opens_url("about:blank").await;
        person.sets_the_clock(-7200).await;
        person.opens("/profile").await;
        person.is_told("has ended").await;
        person.is_signed_out().await;
    });
}

#[test]
fn e5_an_old_deadline_does_not_end_a_new_session() {
    Stage::default().expires_in(80).play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.world.standin.set_expires_in(3600);
        person.presses("Log in again").await;
        person.sees_heading("Ada Example").await;
        person.sets_the_clock(60).await;
        person.hears("focus").await;
        person.waits_a_moment().await;
        person.is_signed_in().await;
        let left = person.reads_the_timer().await;
        assert!(left > 3400, "{left} s");
    });
}
