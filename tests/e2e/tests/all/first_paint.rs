//! The prerendered page, and how the app takes over from it.

use e2e::{Need, Scenario, User, run};
use serde_json::{Value, json};

/// The position and size of everything that must not move when the app takes over.
const LAYOUT: &str = "return [...document.querySelectorAll('header, main, h1, h2, .lead, legend, .permissions input, .permissions span, .log-in, summary, \
                      footer p')].map((element) => { const { x, y, width, height } = element.getBoundingClientRect(); \
                      return [element.localName, element.childElementCount ? '' : element.textContent, x, y, width, height] })";

/// The summary of the details on the log-in page.
const DETAILS: &str = "Is this your app? How it logs in, and the redirect URI to register";

async fn layout(user: &mut User) -> Value {
    user.script(LAYOUT, vec![]).await
}

async fn starts_app(user: &mut User) {
    user.env.site.release();
    user.waits_for_the_app().await;
    user.sees("link", "Skip to the content").await;
}

#[test]
fn the_log_in_page_is_painted_before_the_app_starts_and_does_not_shift_when_it_does() {
    for (width, height) in [(360, 640), (1280, 800)] {
        run(async |user| {
            user.uses_viewport(width, height).await;
            user.env.site.hold(".wasm");
            user.opens("/").await;
            user.sees_before_the_app("button", "Log in with Spotify").await;
            let before = layout(user).await;
            assert!(before.as_array().is_some_and(|boxes| boxes.len() > 8), "{before}");
            starts_app(user).await;
            assert_eq!(layout(user).await, before);
        });
    }
}

#[test]
fn the_log_in_page_before_the_app_says_what_the_app_says() {
    run(async |user| {
        user.env.site.hold(".wasm");
        user.opens("/").await;
        let text = "return document.querySelector('#app').innerText.replace(/\\s+/g, ' ').trim()";
        let before = user.script(text, vec![]).await;
        assert!(before.as_str().is_some_and(|text| text.len() > 500), "{before}");
        starts_app(user).await;
        let after = user.script(text, vec![]).await;
        let after = after
            .as_str()
            .and_then(|text| text.strip_prefix("Skip to the content "));
        assert_eq!(after, before.as_str());
    });
}

#[test]
fn a_click_on_log_in_before_the_app_starts_is_handled_once_it_has() {
    run(async |user| {
        user.env.site.hold(".wasm");
        user.opens("/").await;
        user.clicks_before_the_app("button", "Log in with Spotify").await;
        user.sees_in_before_the_app("status", "One moment").await;
        user.env.site.release();
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn a_click_on_log_in_before_the_configuration_is_loaded_is_handled_once_it_is() {
    run(async |user| {
        user.env.site.hold("config.json");
        user.opens("/").await;
        user.clicks_before_the_app("button", "Log in with Spotify").await;
        user.env.site.release();
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn a_checkbox_cleared_before_the_app_starts_stays_cleared() {
    run(async |user| {
        user.env.site.hold(".wasm");
        user.opens("/").await;
        user.clicks_before_the_app("checkbox", "see your e-mail address").await;
        starts_app(user).await;
        user.starts_log_in().await;
        let request = user.env.authorization_requests().pop().expect("a request");
        assert!(
            request.contains(&("scope".to_owned(), "user-read-private".to_owned())),
            "{request:?}"
        );
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn the_focus_stays_on_the_button_when_the_app_starts() {
    run(async |user| {
        user.env.site.hold(".wasm");
        user.opens("/").await;
        user.sees_before_the_app("button", "Log in with Spotify").await;
        user.script("document.querySelector('.log-in').focus()", vec![]).await;
        starts_app(user).await;
        let focus = user.script("return document.activeElement.textContent", vec![]).await;
        assert_eq!(focus, json!("Log in with Spotify"));
    });
}

#[test]
fn callback_and_profile_have_static_pages_of_their_own_without_a_log_in_button() {
    run(async |user| {
        user.env.site.hold(".wasm");
        for (path, heading) in [("/callback", "Signing you in…"), ("/profile", "Loading your profile…")] {
            user.opens(path).await;
            user.sees_before_the_app("heading", heading).await;
            user.sees_no_before_the_app("button", "Log in with Spotify").await;
        }
        user.env.site.release();
    });
}

#[test]
fn a_signed_in_user_never_sees_the_log_in_page_before_the_profile() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.env.site.hold(".wasm");
        user.opens("/").await;
        user.sees_before_the_app("link", "Stagedoor").await;
        user.sees_no_before_the_app("button", "Log in with Spotify").await;
        user.env.site.release();
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
    });
}

#[test]
fn the_profile_does_not_shift_when_the_app_starts() {
    for (width, height) in [(360, 640), (1280, 800)] {
        run(async |user| {
            user.uses_viewport(width, height).await;
            user.logs_in_as_ada().await;
            user.env.site.hold(".wasm");
            user.reloads().await;
            user.sees_before_the_app("heading", "Loading your profile…").await;
            let top = "const { top } = document.querySelector('main').getBoundingClientRect(); return top";
            let before = user.script(top, vec![]).await;
            user.env.site.release();
            user.sees_heading("Ada Example").await;
            assert_eq!(user.script(top, vec![]).await, before, "{width}");
        });
    }
}

#[test]
fn completing_a_log_in_does_not_wait_for_the_configuration() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.opens("/").await;
            user.starts_log_in().await;
            user.env.site.hold("config.json");
            user.agrees().await;
            user.sees_heading("Ada Example").await;
            user.env.site.release();
            user.logs_out().await;
            user.sees_button("Log in with Spotify").await;
        });
    }
}

#[test]
fn every_file_is_requested_once() {
    run(async |user| {
        user.logs_in_as_ada().await;
        user.waits_until_settled().await;
        for part in ["stagedoor-", "start-", "config.json"] {
            assert_eq!(user.env.site.count_requests_since("/callback", part), 1, "{part}");
        }
    });
}

#[test]
fn opening_the_details_keeps_the_state_of_the_page() {
    run(async |user| {
        user.opens("/").await;
        starts_app(user).await;
        user.clicks("checkbox", "see your e-mail address").await;
        user.tabs_to(DETAILS).await;
        user.types("\u{e007}").await;
        user.sees_button("Copy the redirect URI").await;
        assert!(user.definition_of("scope").await.starts_with("user-read-private\n"));
        let focus = user.script("return document.activeElement.textContent", vec![]).await;
        assert_eq!(focus, json!(DETAILS));
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Ada Example").await;
    });
}

#[test]
fn details_opened_before_the_app_starts_stay_open() {
    run(async |user| {
        user.env.site.hold(".wasm");
        user.opens("/").await;
        user.clicks_before_the_app("summary", DETAILS).await;
        user.env.site.release();
        user.sees_button("Copy the redirect URI").await;
    });
}

#[test]
fn back_and_forward_between_log_in_and_track_show_each_page() {
    run(async |user| {
        user.opens("/track").await;
        user.sees_heading("Look up a track").await;
        user.clicks("link", "Stagedoor").await;
        user.sees_button("Log in with Spotify").await;
        user.reloads().await;
        user.sees_button("Log in with Spotify").await;
        user.goes_back().await;
        user.sees_heading("Look up a track").await;
        user.goes_forward().await;
        user.sees_heading("Log in to see your Spotify profile").await;
    });
}

#[test]
fn a_log_in_page_restored_by_the_browser_redirects_to_the_profile_of_a_session() {
    run(async |user| {
        user.logs_in_as_ada().await;
        let take = "const record = sessionStorage['stagedoor:/:session']; sessionStorage.clear(); return record";
        let record = user.script(take, vec![]).await;
        user.opens("/").await;
        starts_app(user).await;
        user.script("sessionStorage['stagedoor:/:session'] = arguments[0]", vec![record])
            .await;
        user.dispatches("pageshow").await;
        user.sees_heading("Ada Example").await;
        user.is_at("/profile").await;
    });
}

#[test]
fn d6_without_javascript_the_page_says_what_it_needs() {
    run(async |user| {
        for path in ["/", "/callback", "/profile", "/404.html"] {
            let tree = user.reads_without_javascript(path).await;
            assert!(tree.contains("needs JavaScript"), "{path}: {tree}");
            for promise in ["Log in with Spotify\"", "Signing you in", "Loading your profile"] {
                assert!(!tree.contains(promise), "{path}: {tree}");
            }
        }
    });
}

async fn presses_while_the_app_takes_over(user: &mut User, key: Option<char>) {
    user.env.site.hold(".wasm");
    user.opens("/").await;
    user.sees_before_the_app("button", "Log in with Spotify").await;
    user.begins_press(".log-in", key).await;
    user.env.site.release();
    user.waits_for_element("#app[data-prerendered][data-takeover=pending]")
        .await;
    user.ends_press(key).await;
    user.agrees().await;
    user.sees_heading("Ada Example").await;
}

#[test]
fn a_press_that_is_down_while_the_app_takes_over_is_not_lost() {
    run(async |user| presses_while_the_app_takes_over(user, None).await);
}

#[test]
fn a_key_that_is_down_while_the_app_takes_over_is_not_lost() {
    run(async |user| {
        user.needs(Need::ActiveByKey);
        presses_while_the_app_takes_over(user, Some(' ')).await;
    });
}
