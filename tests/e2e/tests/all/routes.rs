//! Deep links and plain file hosts.

use e2e::{Person, play};
use serde_json::json;

async fn status(person: &mut Person) -> u64 {
    let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
    person.script(script, vec![]).await.as_u64().unwrap_or_default()
}

#[test]
fn d3_every_route_answers_200_from_plain_files() {
    play(async |person| {
        for path in ["/", "/callback", "/track", "/profile"] {
            person.opens(path).await;
            assert_eq!(status(person).await, 200, "{path}");
        }
        person.sees_button("Log in with Spotify").await;
    });
}

#[test]
fn d3_the_profile_leads_those_who_are_signed_out_to_the_log_in_page_and_back() {
    play(async |person| {
        person.opens("/profile").await;
        person.is_signed_out().await;
        person.is_at("/").await;
        person.asks_to_log_in().await;
        person.agrees().await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
    });
}

#[test]
fn d3_any_other_address_is_a_page_that_says_so_with_a_way_home() {
    play(async |person| {
        person.expects_console("404");
        for path in ["/nowhere", "/profile/x", "/Profile", "/a/b/c"] {
            person.opens(path).await;
            person.sees_heading("There is no such page").await;
            assert_eq!(status(person).await, 404, "{path}");
            person.clicks("link", "Go to the start page").await;
            person.sees_button("Log in with Spotify").await;
            person.is_at("/").await;
        }
    });
}

#[test]
fn d3_a_link_inside_the_app_changes_the_address_and_a_reload_stays_there() {
    play(async |person| {
        person.logs_in_as_ada().await;
        person.opens("/callback").await;
        person.clicks("link", "Go to your profile").await;
        person.sees_heading("Ada Example").await;
        person.is_at("/profile").await;
        person.reloads().await;
        person.sees_heading("Ada Example").await;
        person.goes_back().await;
        person.sees_heading("Nothing to finish here").await;
        person.is_at("/callback").await;
    });
}

#[test]
fn each_page_has_a_title_of_its_own() {
    play(async |person| {
        let mut titles = Vec::new();
        person.expects_console("404");
        for (path, heading) in [
            ("/", "Come in with Spotify"),
            ("/callback", "Nothing to finish here"),
            ("/nowhere", "There is no such page"),
        ] {
            person.opens(path).await;
            person.sees_heading(heading).await;
            titles.push(person.script("return document.title", vec![]).await);
        }
        person.logs_in_as_ada().await;
        titles.push(person.script("return document.title", vec![]).await);
        titles.sort_by_key(ToString::to_string);
        titles.dedup();
        assert_eq!(titles.len(), 4, "{titles:?}");
    });
}

#[test]
fn the_focus_goes_to_the_heading_of_a_new_page() {
    play(async |person| {
        person.opens("/callback").await;
        person.clicks("link", "Go to the start page").await;
        person.sees_button("Log in with Spotify").await;
        person.waits_a_moment().await;
        let focus = person.script("return document.activeElement.tagName", vec![]).await;
        assert_eq!(focus, json!("H1"));
    });
}

#[test]
fn d6_an_app_that_breaks_gives_way_to_a_message_that_reloads() {
    play(async |person| {
        person.logs_in_as_ada().await;
        let trap = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }))";
        person.script(trap, vec![]).await;
        person.sees_alert("stopped working").await;
        person.sees_no("button", "Log out").await;
        person.presses("Reload the page").await;
        person.sees_heading("Ada Example").await;
    });
}
