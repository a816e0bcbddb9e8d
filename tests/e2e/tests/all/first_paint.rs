//! What is there before the app is, and how the app takes over from it.

use e2e::{Person, Stage, play};
use serde_json::{Value, json};

const PLACES: &str = "return [...document.querySelectorAll('header, main, h1, h2, .lead, legend, .permissions input, .permissions span, .log-in, summary, \
                      footer p')].map((element) => { const { x, y, width, height } = element.getBoundingClientRect(); \
                      return [element.localName, element.childElementCount ? '' : element.textContent, x, y, width, height] })";

/// What Chromium says when the script that would use the wasm does not run.
const UNUSED_PRELOAD: &str = "was preloaded using link preload but not used";

/// How the names of the two parts of the wasm begin.
const FIRST_PART: &str = "stagedoor-";
const SECOND_PART: &str = "whole-";

/// What opens the details on the log-in page.
const DETAILS: &str = "Is this your app? How it logs in, and the redirect URI to register";

async fn places(person: &mut Person) -> Value {
    person.script(PLACES, vec![]).await
}

async fn waits_for_the_app(person: &mut Person) {
    person.world.site.lets_go();
    person.sees("link", "Skip to the content").await;
}

#[test]
fn the_log_in_page_is_painted_before_the_app_is_there_and_does_not_move_when_it_comes() {
    for (width, height) in [(360, 640), (1280, 800)] {
        play(async |person| {
            person.has_a_screen(width, height).await;
            person.world.site.holds_back(".wasm");
            person.opens("/").await;
            person.sees_button("Log in with Spotify").await;
            let before = places(person).await;
            assert!(before.as_array().is_some_and(|places| places.len() > 8), "{before}");
            waits_for_the_app(person).await;
            assert_eq!(places(person).await, before);
        });
    }
}

#[test]
fn a_press_before_the_app_is_there_is_made_good() {
    play(async |person| {
        person.world.site.holds_back(".wasm");
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.sees_status("One moment").await;
        person.world.site.lets_go();
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn a_press_before_the_settings_are_there_is_made_good() {
    play(async |person| {
        person.world.site.holds_back("config.json");
        person.opens("/").await;
        person.presses("Log in with Spotify").await;
        person.world.site.lets_go();
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn a_box_that_is_unticked_before_the_app_is_there_stays_so() {
    play(async |person| {
        person.world.site.holds_back(".wasm");
        person.opens("/").await;
        person.clicks("checkbox", "see your e-mail address").await;
        waits_for_the_app(person).await;
        person.asks_to_log_in().await;
        let asked = person.world.authorize_requests().pop().expect("a request");
        assert!(
            asked.contains(&("scope".to_owned(), "user-read-private".to_owned())),
            "{asked:?}"
        );
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn the_focus_stays_on_the_button_when_the_app_comes() {
    play(async |person| {
        person.world.site.holds_back(".wasm");
        person.opens("/").await;
        person.script("document.querySelector('.log-in').focus()", vec![]).await;
        waits_for_the_app(person).await;
        let focus = person.script("return document.activeElement.textContent", vec![]).await;
        assert_eq!(focus, json!("Log in with Spotify"));
    });
}

#[test]
fn callback_and_profile_have_shells_of_their_own_without_a_log_in_button() {
    play(async |person| {
        person.world.site.holds_back(".wasm");
        for (path, line) in [("/callback", "Signing you in…"), ("/profile", "Loading your profile…")] {
            person.opens(path).await;
            person.sees_heading(line).await;
            person.sees_no("button", "Log in with Spotify").await;
        }
        person.world.site.lets_go();
    });
}

#[test]
fn who_is_signed_in_never_sees_the_log_in_page_on_the_way_to_the_profile() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.world.site.holds_back(".wasm");
        person.opens("/").await;
        person.sees("link", "Stagedoor").await;
        person.sees_no("button", "Log in with Spotify").await;
        person.world.site.lets_go();
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
    });
}

/// How often the site was asked for paths with that in them, since the browser last came to `/callback`.
fn asked_since_callback(person: &Person, part: &str) -> usize {
    let seen = person.world.site.seen();
    let begun = seen
        .iter()
        .rposition(|seen| seen.path == "/callback")
        .unwrap_or_default();
    seen[begun..].iter().filter(|seen| seen.path.contains(part)).count()
}

#[test]
fn coming_back_does_not_wait_for_the_settings() {
    for flow in ["implicit", "pkce"] {
        Stage::default().config("flow", flow).play(async |person| {
            person.opens("/").await;
            person.asks_to_log_in().await;
            person.world.site.holds_back("config.json");
            person.agrees().await;
            person.sees_heading("Ada Example").await;
            person.world.site.lets_go();
            person.logs_out().await;
            person.sees_button("Log in with Spotify").await;
        });
    }
}

#[test]
fn everything_is_asked_for_once() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.waits_a_moment().await;
        for part in [FIRST_PART, SECOND_PART, "start-", "config.json"] {
            assert_eq!(asked_since_callback(person, part), 1, "{part}");
        }
    });
}

fn has_asked_for(person: &Person, part: &str) -> bool {
    let seen = person.world.site.seen();
    seen.iter().any(|seen| seen.path.contains(part))
}

#[test]
fn a_first_visit_loads_the_first_part_alone_until_somebody_leaves_to_log_in() {
    play(async |person| {
        person.opens("/").await;
        waits_for_the_app(person).await;
        person.waits_a_moment().await;
        assert!(has_asked_for(person, FIRST_PART));
        assert!(!has_asked_for(person, SECOND_PART));
        person.asks_to_log_in().await;
        person.sees_the_consent_page().await;
        assert!(has_asked_for(person, SECOND_PART), "on its way meanwhile");
    });
}

#[test]
fn opening_the_details_brings_the_rest_and_loses_nothing() {
    play(async |person| {
        person.opens("/").await;
        waits_for_the_app(person).await;
        person.clicks("checkbox", "see your e-mail address").await;
        person.world.site.holds_back(SECOND_PART);
        person.tabs_to(DETAILS).await;
        person.types("\u{e007}").await;
        person.reads("One moment…").await;
        person.world.site.lets_go();
        person.sees_button("Copy the redirect URI").await;
        assert!(person.reads_part("scope").await.starts_with("user-read-private\n"));
        let focus = person.script("return document.activeElement.textContent", vec![]).await;
        assert_eq!(focus, json!(DETAILS));
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
    });
}

#[test]
fn details_that_are_opened_before_the_app_is_there_stay_open() {
    play(async |person| {
        person.world.site.holds_back(".wasm");
        person.opens("/").await;
        person.clicks("summary", DETAILS).await;
        person.world.site.lets_go();
        person.sees_button("Copy the redirect URI").await;
    });
}

#[test]
fn back_and_forward_between_log_in_and_a_page_of_the_rest_show_each() {
    play(async |person| {
        person.opens("/track").await;
        person.sees_heading("Look up a track").await;
        person.clicks("link", "Stagedoor").await;
        person.sees_button("Log in with Spotify").await;
        person.reloads().await;
        person.sees_button("Log in with Spotify").await;
        person.goes_back().await;
        person.sees_heading("Look up a track").await;
        person.goes_forward().await;
        person.sees_heading("Come in with Spotify").await;
    });
}

#[test]
fn a_log_in_page_that_comes_back_to_a_session_gives_way_to_it() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let take = "const record = sessionStorage['stagedoor:/:session']; sessionStorage.clear(); return record";
        let record = person.script(take, vec![]).await;
        person.opens("/").await;
        waits_for_the_app(person).await;
        person
            .script("sessionStorage['stagedoor:/:session'] = arguments[0]", vec![record])
            .await;
        person.hears("pageshow").await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
    });
}

#[test]
fn d1_d6_a_second_part_that_does_not_arrive_whole_is_told_where_it_is_needed() {
    play(async |person| {
        person.expects_console("integrity");
        person.world.site.spoils(SECOND_PART);
        person.opens("/").await;
        waits_for_the_app(person).await;
        person.clicks("summary", DETAILS).await;
        person.sees_alert("has stopped working").await;
        for path in ["/callback", "/profile"] {
            person.opens(path).await;
            person.sees_alert("has stopped working").await;
        }
    });
}

#[test]
fn d1_a_wasm_or_script_that_was_tampered_with_does_not_run() {
    for (end, words) in [(".wasm", "has stopped working"), (".js", "longer than it should")] {
        play(async |person| {
            person.expects_console("integrity");
            person.expects_console(UNUSED_PRELOAD);
            person.world.site.spoils(end);
            person.opens("/").await;
            person.sees_alert(words).await;
        });
    }
}

#[test]
fn d6_without_javascript_the_page_says_what_it_needs() {
    play(async |person| {
        for path in ["/", "/callback", "/profile", "/404.html"] {
            let heard = person.hears_without_scripts(path).await;
            assert!(heard.contains("needs JavaScript"), "{path}: {heard}");
            assert!(!heard.contains("Log in with Spotify\""), "{path}: {heard}");
        }
    });
}

#[test]
fn d6_a_page_whose_wasm_or_script_does_not_load_is_readable() {
    for (pattern, words) in [("*.wasm", "has stopped working"), ("*.js", "longer than it should")] {
        play(async |person| {
            person.expects_console("net::ERR_BLOCKED_BY_CLIENT");
            person.expects_console(UNUSED_PRELOAD);
            person.blocks(&[pattern]).await;
            for path in ["/", "/callback", "/profile"] {
                person.opens(path).await;
                person.sees_alert(words).await;
            }
        });
    }
}
