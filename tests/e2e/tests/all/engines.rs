//! The whole way, as somebody who logs in for the first time goes it.

use e2e::{Scenario, User};
use standin::TRACKS;

/// Lets a page say which of its files did not load, since not every engine tells its console.
const TELL_OF_FILES: &str = "addEventListener('error', ({ target }) => {
    if (target instanceof Element) console.error(`${target.localName} did not load`);
}, true)";

async fn goes_the_whole_way(user: &mut User) {
    user.opens("/").await;
    user.starts_log_in().await;
    user.cancels().await;
    user.sees_heading("Access was denied").await;
    user.is_at("/callback").await;
    user.presses("Log in with Spotify").await;
    user.agrees().await;
    user.sees_heading("Ada Example").await;
    user.is_at("/profile").await;
    user.sees_fact("Country", "Sweden (SE)").await;
    let seconds = user.timer_seconds().await;
    user.waits_until_timer_is_below(seconds).await;
    user.reloads().await;
    user.sees_heading("Ada Example").await;
    user.clicks("link", "Look up a track").await;
    user.fills_in("Link, URI or ID of a track on Spotify", TRACKS[0]).await;
    user.presses("Look it up").await;
    user.sees_heading("Kettle on a Quiet Sunday").await;
    user.goes_back().await;
    user.is_at("/track").await;
    user.clicks("link", "Your profile").await;
    user.sees_heading("Ada Example").await;
    user.opens_tab("/profile").await;
    user.presses("Log in with Spotify").await;
    user.sees_heading("Ada Example").await;
    user.logs_out().await;
    user.switches_to_tab(0).await;
    user.sees_notice("You logged out in another tab").await;
    user.is_signed_out().await;
    user.opens("/nowhere").await;
    user.sees_heading("Page not found").await;
}

#[test]
fn b1_the_whole_way_works_in_every_engine() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.expects_console_message("404");
            user.before_each_page(TELL_OF_FILES).await;
            goes_the_whole_way(user).await;
        });
    }
}
