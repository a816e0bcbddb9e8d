//! The Web API asks for patience, or gives no answer: waits that people can see, and ends to them.

use std::time::{Duration, Instant};

use e2e::{Person, play};
use standin::{Fault, Place};
use tokio::time::timeout;

/// Longer than all the tries of the app together.
const LONG: Duration = Duration::from_secs(25);

async fn calls_reach(person: &Person, count: usize) -> Instant {
    let calls = person.world.standin.wait_for_requests("/v1/me", count);
    timeout(LONG, calls)
        .await
        .unwrap_or_else(|_| panic!("call {count} did not come"));
    Instant::now()
}

#[test]
fn h3_a_short_retry_after_is_waited_out_with_a_countdown() {
    play(async |person| {
        person.expects_console("429");
        person
            .world
            .standin
            .inject(Place::Me, Fault::too_many_requests(Some(2)));
        person.logs_in().await;
        let first = calls_reach(person, 1).await;
        person.sees_heading("Spotify asks for a break").await;
        person.reads("Trying again in 0:0").await;
        let second = calls_reach(person, 2).await;
        assert!(second - first > Duration::from_millis(1800), "{:?}", second - first);
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn h3_a_long_retry_after_is_told_with_its_time_and_not_waited_for() {
    play(async |person| {
        person.expects_console("429");
        person
            .world
            .standin
            .inject(Place::Me, Fault::too_many_requests(Some(48_925)));
        person.logs_in().await;
        person.sees_heading("Spotify asks for a break").await;
        person.reads("It goes on at ").await;
        person.is_signed_in().await;
        assert_eq!(person.world.profile_calls(), 1);
        person.presses("Try again").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn h3_without_a_retry_after_the_waits_grow() {
    for after in [None, Some(0)] {
        play(async |person| {
            person.expects_console("429");
            for _ in 0..2 {
                person.world.standin.inject(Place::Me, Fault::too_many_requests(after));
            }
            person.logs_in().await;
            let first = calls_reach(person, 1).await;
            person.reads("Trying again in").await;
            let second = calls_reach(person, 2).await;
            let third = calls_reach(person, 3).await;
            let (one, two) = (second - first, third - second);
            assert!(one > Duration::from_millis(800) && two > one, "{one:?}, then {two:?}");
            person.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn h4_a_passing_fault_of_the_server_passes() {
    play(async |person| {
        person.expects_console("503");
        for _ in 0..2 {
            person
                .world
                .standin
                .inject(Place::Me, Fault::spotify_error(503, "Service unavailable"));
        }
        person.logs_in().await;
        person.sees_heading("Spotify has a problem right now").await;
        person.is_signed_in().await;
        person.sees_heading("Ada Example").await;
        assert_eq!(person.world.profile_calls(), 3);
    });
}

#[test]
fn h4_a_lasting_fault_of_the_server_ends_in_a_button() {
    play(async |person| {
        person.expects_console("50");
        person
            .world
            .standin
            .inject_always(Place::Me, Fault::plain(502, "<html>Bad gateway</html>"));
        person.logs_in().await;
        calls_reach(person, 4).await;
        person.sees_alert("still logged in").await;
        person.waits_until_nothing_says("Trying again in").await;
        person.sees_button("Try again").await;
        assert_eq!(person.world.profile_calls(), 4);
        person.world.standin.clear_faults();
        person.presses("Try again").await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_an_answer_after_log_out_shows_nothing() {
    play(async |person| {
        person.world.standin.inject(Place::Me, Fault::Hang);
        person.logs_in().await;
        calls_reach(person, 1).await;
        person.sees_heading("Loading your profile…").await;
        person.logs_out().await;
        person.world.standin.release();
        person.waits_a_moment().await;
        person.is_signed_out().await;
        person.sees_none("alert").await;
        let page = person.reads_the_page().await;
        assert!(!page.contains("Ada Example"), "{page}");
    });
}

#[test]
fn t4_log_out_ends_the_calls_under_way() {
    play(async |person| {
        let spy = "const real = window.fetch; window.calls = [];
            window.fetch = (request) => { calls.push(request); return real(request) };";
        person.before_each_page(spy).await;
        person.world.standin.inject(Place::Me, Fault::Hang);
        person.logs_in().await;
        calls_reach(person, 1).await;
        let ended = "return calls.filter((call) => call.url?.endsWith('/me')).map((call) => call.signal.aborted)";
        assert_eq!(person.script(ended, vec![]).await, serde_json::json!([false]));
        person.logs_out().await;
        assert_eq!(person.script(ended, vec![]).await, serde_json::json!([true]));
        person.world.standin.release();
    });
}

#[test]
fn h4_a_call_without_an_answer_is_given_up_after_ten_seconds() {
    play(async |person| {
        person.world.standin.inject(Place::Me, Fault::Hang);
        person.logs_in().await;
        let asked = calls_reach(person, 1).await;
        person.sees_heading("No answer from Spotify").await;
        let waited = asked.elapsed();
        assert!(waited > Duration::from_secs(9), "{waited:?}");
        person.is_signed_in().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn h4_a_person_who_was_offline_goes_on_when_the_network_is_back() {
    play(async |person| {
        person.expects_console("net::ERR_INTERNET_DISCONNECTED");
        person.world.standin.inject(Place::Me, Fault::plain(200, "[]"));
        person.logs_in().await;
        person.sees_heading("The answer could not be read").await;
        person.goes_offline().await;
        person.presses("Try again").await;
        person.sees_heading("Spotify can’t be reached").await;
        person.is_signed_in().await;
        person.comes_online().await;
        person.sees_heading("Ada Example").await;
    });
}
