//! Accessibility: axe-core on every state of the app, and keyboard operation.

use e2e::{Scenario, User, run, states};
use serde_json::json;
use standin::{Endpoint, Fault, TRACKS};

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
fn a_log_in_that_goes_on_in_another_tab_passes_axe() {
    states::elsewhere(&check);
}

#[test]
fn an_interrupted_log_in_passes_axe() {
    states::interrupted(&check);
}

#[test]
fn every_profile_and_track_passes_axe() {
    states::profiles(&check);
}

#[test]
fn every_view_of_the_music_passes_axe() {
    states::music(&check);
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
        user.tabs_back_to("Log out").await;
        user.types("\u{E007}").await;
        user.is_signed_out().await;
        user.sees_status("You are logged out").await;
    });
}

/// The element that has the focus: its name and its text.
async fn focus(user: &mut User) -> (String, String) {
    let script = "const { tagName, textContent } = document.activeElement; return [tagName, textContent]";
    let focus = user.script(script, vec![]).await;
    serde_json::from_value(focus).expect("two texts")
}

async fn presses_by_keyboard(user: &mut User, name: &str) {
    user.tabs_to(name).await;
    user.types("\u{E007}").await;
}

#[test]
fn after_try_again_the_focus_is_on_the_heading_of_what_comes() {
    run(async |user| {
        user.expects_console_message("403");
        user.expects_console_message("503");
        user.logs_in_as_ada().await;
        for (endpoint, path, tag, heading) in [
            (Endpoint::Me, "/profile".to_owned(), "H1", "Ada Example"),
            (
                Endpoint::Track,
                format!("/track?id={}", TRACKS[0]),
                "H2",
                "Kettle on a Quiet Sunday",
            ),
        ] {
            user.env.standin.inject(endpoint, Fault::plain(200, "<html>"));
            user.env
                .standin
                .inject(endpoint, Fault::spotify_error(403, "Forbidden"));
            user.opens(&path).await;
            user.sees_heading("The response could not be read").await;
            presses_by_keyboard(user, "Try again").await;
            user.sees_heading("Not available to this app").await;
            user.waits_for_element(&format!("main {tag}:focus")).await;
            assert_eq!(focus(user).await.1, "Not available to this app");
            presses_by_keyboard(user, "Try again").await;
            user.sees_heading(heading).await;
            user.waits_for_element(&format!("main {tag}:focus")).await;
            assert_eq!(focus(user).await, (tag.to_owned(), heading.to_owned()));
        }
        user.expects_console_message("integrity");
        user.env.site.fails_next(".wasm", usize::MAX);
        user.opens("/track").await;
        user.sees_alert("check your connection").await;
        presses_by_keyboard(user, "Try again").await;
        user.waits_for_element("[data-prerendered] h1:focus").await;
        user.waits_for_element("#failure-file button:focus").await;
        user.env.site.fails_next(".wasm", 0);
        user.types("\u{E007}").await;
        user.sees_button("Look it up").await;
        user.waits_for_element("#app:not([data-prerendered]) h1:focus").await;
        user.env.site.set_raw_config(503, "text/plain", "busy");
        user.presses("Log out").await;
        user.reloads().await;
        user.sees_heading("The settings did not arrive").await;
        let count = user.env.site.count_requests("config.json");
        presses_by_keyboard(user, "Try again").await;
        user.env.site.wait_for_requests("config.json", count + 1).await;
        user.sees_heading("The settings did not arrive").await;
        user.waits_for_element("main h1:focus").await;
        assert_eq!(focus(user).await.1, "The settings did not arrive");
        user.env.restore_config();
        presses_by_keyboard(user, "Try again").await;
        user.sees_button("Log in with Spotify").await;
        user.waits_for_element("main h1:focus").await;
        assert_eq!(focus(user).await.1, "Log in to see your Spotify profile");
    });
}

#[test]
fn with_more_contrast_and_forced_colours_what_is_left_of_the_session_differs_from_what_is_gone() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let modes = ["light", "dark"].into_iter().flat_map(|scheme| {
            let scheme = ("prefers-color-scheme", scheme);
            [
                [("prefers-contrast", "more"), scheme],
                [("forced-colors", "active"), scheme],
            ]
        });
        for mode in modes {
            user.prefers(&mode).await;
            let script = "const stroke = (selector) => getComputedStyle(document.querySelector(selector)).stroke.match(/\\d+/g).map(Number);
                const light = (selector) => {
                    const [r, g, b] = stroke(selector).map((part) => part / 255)
                        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
                };
                const [gone, left] = [light('.ring'), light('.ring-left')];
                return Math.max(gone / left, left / gone)";
            let contrast = user.script(script, vec![]).await;
            assert!(
                contrast.as_f64().is_some_and(|contrast| contrast >= 3.0),
                "{mode:?}: {contrast}"
            );
        }
    });
}

#[test]
fn long_words_from_outside_break_on_a_narrow_screen() {
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(9);
    let scope = format!("https://api.example/auth/{}", "playlist.readonly.".repeat(16));
    Scenario::default()
        .config("scopes", vec!["user-read-private", scope.as_str()])
        .run(async |user| {
            user.expects_console_message("403");
            user.uses_viewport(320, 640).await;
            let fits = async |user: &mut User, state: &str| {
                user.waits_for_paint().await;
                assert!(!user.page_overflows().await, "{state} scrolls sideways");
            };
            user.opens("/").await;
            user.clicks(
                "summary",
                "Is this your app? How it logs in, and the redirect URI to register",
            )
            .await;
            fits(user, "the log-in page").await;
            // The stand-in knows Spotify's permissions only.
            user.env.configure("scopes", vec!["user-read-private"]);
            user.reloads().await;
            let refused = format!("?error={long}&error_description={long}&state={{state}}");
            user.env.standin.inject(Endpoint::Authorize, Fault::Respond(refused));
            user.presses("Log in with Spotify").await;
            // The app cuts it.
            user.sees_alert(&long[..100]).await;
            fits(user, "an error of the server").await;
            let person = json!({ "id": long, "display_name": long, "email": long, "product": long, "country": long });
            user.env.standin.set_profile(person);
            user.logs_in().await;
            user.sees_heading(&long).await;
            user.clicks("summary", "For developers").await;
            fits(user, "the profile").await;
            let track = json!({ "name": long, "artists": [{ "name": long }], "album": { "name": long } });
            user.env.standin.inject(Endpoint::Track, Fault::json(200, &track));
            user.opens(&format!("/track?id={}", TRACKS[0])).await;
            user.sees_heading(&long).await;
            fits(user, "the track").await;
            let missing = format!("Bearer error=\"insufficient_scope\", scope=\"{long}\"");
            let missing = Fault::Response {
                status: 403,
                headers: vec![("www-authenticate".to_owned(), missing)],
                body: String::new(),
            };
            user.env.standin.inject(Endpoint::Track, missing);
            user.reloads().await;
            user.sees_alert(&long).await;
            fits(user, "a missing permission").await;
            user.env.site.set_config(&json!({ (long.as_str()): 1 }));
            user.presses("Log out").await;
            user.reloads().await;
            user.sees_alert(&long).await;
            fits(user, "wrong settings").await;
        });
}

#[test]
fn a_phone_changes_nothing_of_what_is_typed() {
    Scenario::default().config("client_id", "").run(async |user| {
        for (path, field) in [("/", "client-id"), ("/track", "track")] {
            user.opens(path).await;
            user.waits_for_element(&format!("#{field}")).await;
            let script = "return ['autocapitalize', 'autocorrect', 'spellcheck'].map((name) => document.getElementById(arguments[0]).getAttribute(name))";
            let attributes = user.script(script, vec![json!(field)]).await;
            assert_eq!(attributes, json!(["none", "off", "false"]), "{field}");
        }
    });
}

#[test]
fn the_outline_of_the_focus_follows_the_shape_of_a_button() {
    run(async |user| {
        user.opens("/").await;
        user.tabs_to("Log in with Spotify").await;
        let script = "const { borderRadius, outlineStyle } = getComputedStyle(document.activeElement); return [borderRadius, outlineStyle]";
        let style = user.script(script, vec![]).await;
        assert_eq!(style, json!(["999px", "solid"]));
    });
}
