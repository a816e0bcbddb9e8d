//! Renewal, unseen by the person.

use e2e::{Person, Stage};
use standin::{Fault, Place, Rotation};

/// Seconds after which an hour's token has less than its last minute left, and the margin.
const LAST_MINUTE: i64 = 3550;

fn rotating() -> Stage {
    Stage::default()
        .config("flow", "pkce")
        .standin(|options| options.rotation = Rotation::Always)
}

async fn is_in_the_last_minute(person: &mut Person) {
    person.sets_the_clock(LAST_MINUTE).await;
    person.hears("focus").await;
}

async fn is_renewed(person: &mut Person, times: usize) {
    let count = |person: &Person| person.world.token_calls("refresh_token");
    person.world.standin.wait_for_requests("/api/token", 1 + times).await;
    person.waits_until_the_timer_is_above(3000).await;
    person.is_signed_in().await;
    assert_eq!(count(person), times);
}

#[test]
fn c5_a_session_is_renewed_unseen_again_and_again() {
    rotating().expires_in(36).play(async |person| {
        person.logs_in_as_ada().await;
        person.world.standin.wait_for_requests("/api/token", 4).await;
        person.waits_a_moment().await;
        person.sees_heading("Ada Example").await;
        person.is_signed_in().await;
        assert_eq!(person.world.profile_calls(), 1, "the page is not loaded again");
        let said = person.reads_all("status").await;
        assert!(!said.contains("minute") && !said.contains("ended"), "{said}");
    });
}

#[test]
fn c5_a_session_is_renewed_a_minute_ahead() {
    rotating().play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.sets_the_clock(3400).await;
        person.hears("focus").await;
        person.waits_a_moment().await;
        assert_eq!(person.world.token_calls("refresh_token"), 0, "there is time");
        is_in_the_last_minute(person).await;
        is_renewed(person, 1).await;
        person.reloads().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn c5_an_answer_without_a_refresh_token_keeps_the_old_one() {
    let stage = Stage::default()
        .config("flow", "pkce")
        .standin(|options| options.rotation = Rotation::Never);
    stage.play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        for round in 1..=2 {
            person.sets_the_clock(LAST_MINUTE * round).await;
            person.hears("focus").await;
            is_renewed(person, usize::try_from(round).expect("small")).await;
        }
    });
}

#[test]
fn c5_a_machine_that_wakes_up_after_the_deadline_is_still_signed_in() {
    rotating().play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.sets_the_clock(100_000).await;
        person.hears("visibilitychange").await;
        is_renewed(person, 1).await;
    });
}

#[test]
fn c5_a_page_that_is_opened_after_the_deadline_is_renewed_before_its_first_call() {
    rotating().play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.opens_url("about:blank").await;
        person.sets_the_clock(100_000).await;
        person.opens("/profile").await;
        person.sees_heading("Ada Example").await;
        assert_eq!(person.world.token_calls("refresh_token"), 1);
        assert_eq!(person.world.profile_calls(), 2);
    });
}

#[test]
fn c5_a_401_is_answered_by_one_renewal_and_one_more_call() {
    rotating().play(async |person| {
        person.expects_console("401");
        person.logs_in_as_ada().await;
        person.world.standin.expire_all_tokens();
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        assert_eq!(person.world.token_calls("refresh_token"), 1);
        assert_eq!(person.world.profile_calls(), 3, "before, refused, and renewed");
    });
}

#[test]
fn h1_a_401_that_no_renewal_helps_ends_the_session() {
    rotating().play(async |person| {
        person.expects_console("401");
        person.logs_in_as_ada().await;
        person.world.standin.inject_always(Place::Me, Fault::plain(401, ""));
        person.reloads().await;
        person.is_told("no longer accepts").await;
        person.is_signed_out().await;
        assert_eq!(person.world.token_calls("refresh_token"), 1);
    });
}

#[test]
fn c5_a_page_out_of_sight_renews_when_it_is_seen_again() {
    rotating().play(async |person| {
        person.has_a_clock().await;
        let sight = "window.unseen = false; Object.defineProperty(document, 'hidden', { get: () => window.unseen })";
        person.before_each_page(sight).await;
        person.logs_in_as_ada().await;
        person.script("window.unseen = true", vec![]).await;
        person.sets_the_clock(100_000).await;
        person.hears("focus").await;
        person.waits_a_moment().await;
        assert_eq!(person.world.token_calls("refresh_token"), 0);
        person.is_signed_in().await;
        person.script("window.unseen = false", vec![]).await;
        person.hears("visibilitychange").await;
        is_renewed(person, 1).await;
    });
}

#[test]
fn c5_two_tabs_of_one_session_renew_it_once() {
    rotating().play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.duplicates_the_tab("/profile").await;
        person.sees_heading("Ada Example").await;
        for round in 1..=3 {
            person.sets_the_clock_of_all_tabs(LAST_MINUTE * round).await;
            for tab in [1, 0] {
                person.goes_to_tab(tab).await;
                is_renewed(person, usize::try_from(round).expect("small")).await;
            }
        }
    });
}

#[test]
fn c6_a_refresh_token_that_was_withdrawn_ends_the_session_and_says_why() {
    rotating().play(async |person| {
        person.expects_console("400");
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.world.standin.revoke_refresh_tokens();
        is_in_the_last_minute(person).await;
        person.is_told("no longer accepts").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn c6_a_token_endpoint_that_is_down_for_a_while_ends_nothing() {
    rotating().play(async |person| {
        person.expects_console("503");
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person
            .world
            .standin
            .inject_always(Place::Token, Fault::plain(503, "busy"));
        is_in_the_last_minute(person).await;
        person.world.standin.wait_for_requests("/api/token", 3).await;
        person.sees_status("less than a minute").await;
        person.is_signed_in().await;
        person.world.standin.clear_faults();
        person.waits_until_the_timer_is_above(3000).await;
        person.is_signed_in().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn c6_a_token_endpoint_that_stays_down_ends_the_session_at_its_deadline() {
    rotating().play(async |person| {
        person.expects_console("503");
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person
            .world
            .standin
            .inject_always(Place::Token, Fault::plain(503, "busy"));
        is_in_the_last_minute(person).await;
        person.world.standin.wait_for_requests("/api/token", 2).await;
        person.sees_status("less than a minute").await;
        person.sets_the_clock(3600).await;
        person.hears("focus").await;
        person.is_told("its time was up").await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}

#[test]
fn t4_log_out_during_a_renewal_is_final() {
    rotating().play(async |person| {
        person.has_a_clock().await;
        person.logs_in_as_ada().await;
        person.world.standin.inject(Place::Token, Fault::Hang);
        is_in_the_last_minute(person).await;
        person.world.standin.wait_for_requests("/api/token", 2).await;
        person.logs_out().await;
        person.world.standin.release();
        person.waits_a_moment().await;
        person.is_signed_out().await;
        person.keeps_no_token().await;
    });
}
