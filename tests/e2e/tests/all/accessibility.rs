//! Nobody is left outside: axe-core on every state, and the whole way by keyboard alone.

use e2e::{Person, Stage, play};
use serde_json::json;
use standin::{Fault, Implicit, Place};

#[test]
fn no_state_before_a_log_in_bars_the_way() {
    play(async |person| {
        person.world.site.holds_back(".wasm");
        person.opens("/").await;
        person.meets_no_barrier("the page before the app").await;
        person.world.site.lets_go();
        person.sees("link", "Skip to the content").await;
        person.meets_no_barrier("log-in").await;
        person
            .script("document.querySelector('details').open = true", vec![])
            .await;
        person.meets_no_barrier("log-in with its details").await;
        person.opens("/callback").await;
        person.sees_heading("Nothing to finish here").await;
        person.meets_no_barrier("nothing to finish").await;
        person.expects_console("404");
        person.opens("/nowhere").await;
        person.sees("link", "Skip to the content").await;
        person.meets_no_barrier("not found").await;
        person.world.configure("client_id", "");
        person.opens("/").await;
        person.sees_heading("Four steps to your first log-in").await;
        person.meets_no_barrier("set-up").await;
        person
            .world
            .site
            .set_config(&json!({ "client_id": 5, "colour": "green" }));
        person.opens("/").await;
        person.sees_alert("colour").await;
        person.meets_no_barrier("broken settings").await;
        let there = person.world.site.named_origin();
        person.world.mend_config();
        person.world.configure("client_id", "x");
        person.opens_url(&there).await;
        person.sees_alert("localhost").await;
        person.meets_no_barrier("localhost").await;
    });
}

#[test]
fn no_answer_bars_the_way() {
    play(async |person| {
        person.opens("/").await;
        person.asks_to_log_in().await;
        person.cancels().await;
        person.sees_heading("You said no").await;
        person.meets_no_barrier("a refusal").await;
    });
    let refusing = Stage::default().standin(|options| options.implicit = Implicit::Refused);
    refusing.play(async |person| {
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person
            .sees_heading("Spotify no longer offers this kind of log-in")
            .await;
        person.meets_no_barrier("the bridge").await;
    });
}

#[test]
fn no_state_of_a_session_bars_the_way() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.meets_no_barrier("profile").await;
        person.expects_console("403");
        person
            .world
            .standin
            .inject(Place::Me, Fault::spotify_error(403, "Forbidden"));
        person.reloads().await;
        person.sees_alert("does not let this app see that").await;
        person.meets_no_barrier("a failed call").await;
        person.logs_out().await;
        person.sees_status("You are logged out").await;
        person.meets_no_barrier("logged out").await;
    });
    Stage::default().expires_in(75).play(async |person: &mut Person| {
        person.logs_in_as_ada().await;
        person.meets_no_barrier("a short session").await;
        person.has_a_clock().await;
        person.sets_the_clock(20).await;
        person.sees_status("less than a minute").await;
        person.meets_no_barrier("a session that ends soon").await;
    });
}

#[test]
#[should_panic(expected = "image-alt")]
fn a_barrier_that_is_there_is_found() {
    play(async |person| {
        person.opens("/callback").await;
        person.sees_heading("Nothing to finish here").await;
        let picture = "document.querySelector('main').append(Object.assign(new Image(), { src: 'icon.svg' }))";
        person.script(picture, vec![]).await;
        person.meets_no_barrier("a picture without words").await;
    });
}

#[test]
fn the_whole_way_goes_by_keyboard_alone() {
    play(async |person| {
        person.opens("/").await;
        person.sees_button("Log in with Spotify").await;
        person.tabs_to("Skip to the content").await;
        person.types("\u{E007}").await;
        person.tabs_to("Log in with Spotify").await;
        person.types("\u{E007}").await;
        person.sees_the_consent_page().await;
        person.tabs_to("Agree").await;
        person.types(" ").await;
        person.sees_heading("Ada Example").await;
        person.tabs_to("Log out").await;
        person.types("\u{E007}").await;
        person.is_signed_out().await;
        person.sees_status("You are logged out").await;
    });
}
