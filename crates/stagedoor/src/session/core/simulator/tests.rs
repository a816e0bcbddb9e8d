//! Sequences that broke a rule once, and the search for others.

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use super::action::Action::{
    Answer, AnswerElsewhere, Duplicate, Endpoint, Hide, Lifetime, LogIn, LogOut, Reload, Resume, SetClock, Show,
    Suspend, Wait, WaitMs,
};
use super::action::{Action, sequences};
use super::perform::run;
use super::server::Mode::{Fails, Hangs, RefusesClient, Slow};
use crate::oauth::Flow::Pkce;

/// How many threads try sequences, each its own.
const THREADS: u32 = 4;

/// Tries sequences until one breaks a rule, and makes that one short: 2,000, the same each time, so that nothing fails by chance; or others,
/// as many as the environment says (`make simulate`).
fn try_sequences(thread: u32) -> Result<(), String> {
    let wanted = std::env::var("SEQUENCES")
        .ok()
        .and_then(|text| text.parse::<u32>().ok());
    let config = ProptestConfig {
        cases: wanted.unwrap_or(2_000).div_ceil(THREADS),
        rng_seed: wanted.map_or(RngSeed::Fixed(thread.into()), |_| RngSeed::Random),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    };
    let tried = TestRunner::new(config).run(&sequences(), |actions| {
        let broken = run(&actions);
        prop_assert!(broken.is_empty(), "{broken:?}");
        Ok(())
    });
    tried.map_err(|broken| broken.to_string())
}

/// Checks that a sequence breaks no rule.
fn holds(actions: &[Action]) {
    let broken = run(actions);
    assert!(broken.is_empty(), "{broken:?}");
}

/// A login in the first tab, complete; then the others.
fn signed_in(then: &[Action]) -> Vec<Action> {
    [&[LogIn(0, Pkce), Wait(1), Answer(0), Wait(1)], then].concat()
}

/// The same with tokens of a minute, which are refreshed after half of it.
fn short_lived(then: &[Action]) -> Vec<Action> {
    [&[Lifetime(60)], &*signed_in(then)].concat()
}

#[test]
fn e5_no_sequence_of_actions_breaks_a_rule() {
    let threads = (0..THREADS).map(|thread| std::thread::spawn(move || try_sequences(thread)));
    for thread in threads.collect::<Vec<_>>() {
        if let Err(broken) = thread.join().expect("a thread") {
            panic!("{broken}");
        }
    }
}

#[test]
fn c6_time_in_which_nobody_sees_the_page_is_no_time_of_trying() {
    holds(&signed_in(&[Wait(3450), Endpoint(Fails), Wait(60), Hide(0), Wait(300)]));
}

#[test]
fn c6_a_session_that_was_hidden_past_its_deadline_is_tried_for_a_minute() {
    holds(&signed_in(&[Hide(0), Wait(6000), Endpoint(Fails), Show(0), Wait(5)]));
}

#[test]
fn t4_a_refresh_that_is_answered_while_its_tab_is_suspended_outlives_no_log_out() {
    let both = [Duplicate(0), Hide(0)];
    let refresh_in_the_second = [Wait(27), WaitMs(320), Suspend(1), Wait(2)];
    let log_out_in_the_first = [LogOut(0), Wait(1), Resume(1, 0), Wait(2)];
    holds(&short_lived(
        &[&both[..], &refresh_in_the_second, &log_out_in_the_first].concat(),
    ));
}

#[test]
fn t4_a_log_out_ends_no_session_that_begins_after_it_whatever_the_clock_says() {
    holds(&short_lived(&[
        LogOut(0),
        LogIn(0, Pkce),
        Wait(1),
        Answer(0),
        Wait(1),
        SetClock(-40),
        Wait(5),
    ]));
}

#[test]
fn t8_what_tabs_tell_each_other_about_tokens_is_not_public() {
    holds(&signed_in(&[Duplicate(0), Wait(3600)]));
}

#[test]
fn c5_an_attempt_to_refresh_ends_with_the_refresh_in_another_tab() {
    holds(&short_lived(&[Duplicate(0), Wait(40)]));
}

#[test]
fn t4_the_login_after_a_log_out_asks_for_an_account_in_each_tab() {
    holds(&signed_in(&[LogOut(0)]));
}

#[test]
fn c6_a_client_that_is_refused_does_not_ask_again() {
    holds(&signed_in(&[Endpoint(RefusesClient), Wait(3700)]));
}

#[test]
fn c8_a_login_waits_for_the_refresh_that_is_under_way() {
    holds(&short_lived(&[
        Endpoint(Slow),
        Wait(28),
        LogIn(0, Pkce),
        Wait(1),
        Answer(0),
    ]));
}

#[test]
fn c8_after_a_reload_in_the_middle_of_a_refresh_the_access_token_is_used_to_its_end() {
    holds(&short_lived(&[Wait(27), WaitMs(320), Reload(0), Wait(5)]));
}

#[test]
fn c8_after_a_second_reload_it_still_is() {
    holds(&short_lived(&[
        Wait(27),
        WaitMs(320),
        Reload(0),
        Wait(1),
        Reload(0),
        Wait(5),
    ]));
}

#[test]
fn s4_a_response_that_comes_into_another_tab_reaches_the_one_that_started() {
    holds(&[Duplicate(0), LogIn(0, Pkce), AnswerElsewhere(0, 1), Wait(5)]);
}

#[test]
fn s4_a_tab_that_was_duplicated_during_a_login_leaves_the_response_to_the_first() {
    holds(&[
        Duplicate(0),
        LogIn(0, Pkce),
        Duplicate(0),
        AnswerElsewhere(0, 1),
        Wait(5),
    ]);
}

#[test]
fn t4_a_log_out_stops_the_redirect_that_is_under_way() {
    holds(&[LogIn(0, Pkce), LogOut(0)]);
}

#[test]
fn c8_three_tabs_and_an_endpoint_that_hangs_send_no_refresh_token_twice() {
    holds(&short_lived(&[Duplicate(0), Duplicate(0), Endpoint(Hangs), Wait(60)]));
}
