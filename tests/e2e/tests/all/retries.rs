//! Retries of Web API calls: rate limits, server errors, timeouts and lost connections.

use std::time::{Duration, Instant};

use e2e::{User, run};
use standin::{Endpoint, Fault};
use tokio::time::timeout;

/// Longer than all retries of the app together.
const TIMEOUT: Duration = Duration::from_secs(25);

async fn profile_calls_reach(user: &User, count: usize) -> Instant {
    let calls = user.env.standin.wait_for_requests("/v1/me", count);
    timeout(TIMEOUT, calls)
        .await
        .unwrap_or_else(|_| panic!("call {count} was not made"));
    Instant::now()
}

#[test]
fn h3_a_short_retry_after_is_waited_out_with_a_countdown() {
    run(async |user| {
        user.expects_console_message("429");
        user.env.standin.inject(Endpoint::Me, Fault::too_many_requests(Some(2)));
        user.logs_in().await;
        let first = profile_calls_reach(user, 1).await;
        user.sees_heading("Too many requests").await;
        user.sees_text("Trying again in 0:0").await;
        let second = profile_calls_reach(user, 2).await;
        assert!(second - first > Duration::from_millis(1800), "{:?}", second - first);
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn h3_a_long_retry_after_shows_its_time_and_is_not_waited_for() {
    run(async |user| {
        user.expects_console_message("429");
        user.env
            .standin
            .inject(Endpoint::Me, Fault::too_many_requests(Some(48_925)));
        user.logs_in().await;
        user.sees_heading("Too many requests").await;
        user.sees_alert("Try again at ").await;
        user.is_signed_in().await;
        assert_eq!(user.env.profile_calls(), 1);
        user.presses("Try again").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn h3_without_retry_after_the_delays_grow() {
    for after in [None, Some(0)] {
        run(async |user| {
            user.expects_console_message("429");
            for _ in 0..2 {
                user.env.standin.inject(Endpoint::Me, Fault::too_many_requests(after));
            }
            user.logs_in().await;
            let first = profile_calls_reach(user, 1).await;
            user.sees_text("Trying again in").await;
            let second = profile_calls_reach(user, 2).await;
            let third = profile_calls_reach(user, 3).await;
            let (first_delay, second_delay) = (second - first, third - second);
            assert!(
                first_delay > Duration::from_millis(800) && second_delay > first_delay,
                "{first_delay:?}, then {second_delay:?}"
            );
            user.sees_heading("Ada Example").await;
        });
    }
}

#[test]
fn h4_a_transient_server_error_is_retried() {
    run(async |user| {
        user.expects_console_message("503");
        for _ in 0..2 {
            user.env
                .standin
                .inject(Endpoint::Me, Fault::spotify_error(503, "Service unavailable"));
        }
        user.logs_in().await;
        user.sees_heading("Spotify has a problem right now").await;
        user.is_signed_in().await;
        user.sees_heading("Ada Example").await;
        assert_eq!(user.env.profile_calls(), 3);
    });
}

#[test]
fn h4_a_persistent_server_error_ends_with_a_button() {
    run(async |user| {
        user.expects_console_message("50");
        user.env
            .standin
            .inject_always(Endpoint::Me, Fault::plain(502, "<html>Bad gateway</html>"));
        user.logs_in().await;
        profile_calls_reach(user, 4).await;
        user.sees_alert("still logged in").await;
        user.waits_until_text_is_gone("Trying again in").await;
        user.sees_button("Try again").await;
        assert_eq!(user.env.profile_calls(), 4);
        user.env.standin.clear_faults();
        user.presses("Try again").await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn t4_a_response_after_log_out_is_dropped() {
    run(async |user| {
        user.env.standin.inject(Endpoint::Me, Fault::Hang);
        user.logs_in().await;
        profile_calls_reach(user, 1).await;
        user.sees_heading("Loading your profile…").await;
        user.logs_out().await;
        user.env.standin.release();
        user.waits_until_settled().await;
        user.is_signed_out().await;
        user.sees_none("alert").await;
        let page = user.page_text().await;
        assert!(!page.contains("Ada Example"), "{page}");
    });
}

/// Keeps the requests of the page.
const SPY: &str = "const real = window.fetch; window.calls = [];
    window.fetch = (request) => { calls.push(request); return real(request) };";
/// Whether each call for the profile was aborted.
const ABORTED: &str = "return calls.filter((call) => call.url?.endsWith('/me')).map((call) => call.signal.aborted)";

#[test]
fn a_call_of_a_view_that_is_left_is_aborted() {
    run(async |user| {
        user.before_each_page(SPY).await;
        user.env.standin.inject(Endpoint::Me, Fault::Hang);
        user.logs_in().await;
        profile_calls_reach(user, 1).await;
        assert_eq!(user.script(ABORTED, vec![]).await, serde_json::json!([false]));
        user.clicks("link", "Track").await;
        user.sees_heading("Look up a track").await;
        user.waits_until_settled().await;
        assert_eq!(user.script(ABORTED, vec![]).await, serde_json::json!([true]));
        user.env.standin.release();
    });
}

#[test]
fn t4_log_out_aborts_calls_in_flight() {
    run(async |user| {
        user.before_each_page(SPY).await;
        user.env.standin.inject(Endpoint::Me, Fault::Hang);
        user.logs_in().await;
        profile_calls_reach(user, 1).await;
        assert_eq!(user.script(ABORTED, vec![]).await, serde_json::json!([false]));
        user.logs_out().await;
        assert_eq!(user.script(ABORTED, vec![]).await, serde_json::json!([true]));
        user.env.standin.release();
    });
}

#[test]
fn h4_a_call_without_a_response_times_out_after_ten_seconds() {
    run(async |user| {
        user.env.standin.inject(Endpoint::Me, Fault::Hang);
        user.logs_in().await;
        let first_call = profile_calls_reach(user, 1).await;
        user.sees_heading("No answer from Spotify").await;
        let waited = first_call.elapsed();
        assert!(waited > Duration::from_secs(9), "{waited:?}");
        user.is_signed_in().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn h4_a_failed_call_is_retried_when_the_network_returns() {
    run(async |user| {
        user.expects_console_message("net::ERR_INTERNET_DISCONNECTED");
        user.env.standin.inject(Endpoint::Me, Fault::plain(200, "[]"));
        user.logs_in().await;
        user.sees_heading("The response could not be read").await;
        user.goes_offline().await;
        user.presses("Try again").await;
        user.sees_heading("Spotify can’t be reached").await;
        user.sees_alert("You are offline").await;
        user.is_signed_in().await;
        user.goes_online().await;
        user.sees_heading("Ada Example").await;
    });
}
