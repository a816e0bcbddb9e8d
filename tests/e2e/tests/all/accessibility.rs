//! Accessibility: axe-core on every state of the app, and keyboard operation.

use e2e::{User, run, states};

async fn check(user: &mut User, state: &str) {
    user.passes_axe(state).await;
}

#[test]
fn every_signed_out_state_passes_axe() {
    states::signed_out(&check);
}

#[test]
fn every_log_in_result_passes_axe() {
    states::log_in_results(&check);
}

#[test]
fn every_profile_and_track_passes_axe() {
    states::profiles(&check);
}

#[test]
fn every_api_error_passes_axe() {
    states::faults(&check);
}

#[test]
fn every_session_notice_passes_axe() {
    states::notices(&check);
}

#[test]
#[should_panic(expected = "image-alt")]
fn an_accessibility_violation_is_found() {
    run(async |user| {
        user.opens("/callback").await;
        user.sees_heading("Nothing to finish here").await;
        let image = "document.querySelector('main').append(Object.assign(new Image(), { src: 'icon.svg' }))";
        user.script(image, vec![]).await;
        user.passes_axe("an image without alternative text").await;
    });
}

#[test]
fn log_in_and_log_out_work_by_keyboard() {
    run(async |user| {
        user.opens("/").await;
        user.sees_button("Log in with Spotify").await;
        user.tabs_to("Skip to the content").await;
        user.types("\u{E007}").await;
        user.tabs_to("Log in with Spotify").await;
        user.types("\u{E007}").await;
        user.sees_consent_page().await;
        user.tabs_to("Agree").await;
        user.types(" ").await;
        user.sees_heading("Ada Example").await;
        user.tabs_to("Log out").await;
        user.types("\u{E007}").await;
        user.is_signed_out().await;
        user.sees_status("You are logged out").await;
    });
}
