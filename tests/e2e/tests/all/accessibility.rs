//! Nobody is left outside: axe-core on every state, and the whole way by keyboard alone.

use e2e::{Person, play, states};

async fn looks_for_barriers(person: &mut Person, state: &str) {
    person.meets_no_barrier(state).await;
}

#[test]
fn no_state_before_a_log_in_bars_the_way() {
    states::outside(&looks_for_barriers);
}

#[test]
fn no_answer_bars_the_way() {
    states::answers(&looks_for_barriers);
}

#[test]
fn no_profile_and_no_track_bars_the_way() {
    states::profiles(&looks_for_barriers);
}

#[test]
fn no_fault_bars_the_way() {
    states::faults(&looks_for_barriers);
}

#[test]
fn no_notice_bars_the_way() {
    states::notices(&looks_for_barriers);
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
