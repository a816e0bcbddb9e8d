//! The lists of the music page: page by page to their end, and what happens on the way.

use std::net::TcpListener;
use std::time::Duration;

use e2e::User;
use serde_json::json;
use standin::{Endpoint, Fault};

use crate::music::{allowed, calls, items, sees_count};

/// How far the window is scrolled, in pixels.
async fn scroll_position(user: &mut User) -> serde_json::Value {
    user.script("return scrollY", vec![]).await
}

#[test]
fn a_list_is_asked_for_once_and_goes_with_the_session() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        user.clicks("link", "Music").await;
        sees_count(user, 20).await;
        user.presses("Show more").await;
        sees_count(user, 40).await;
        user.clicks("link", "Profile").await;
        user.sees_heading("Ada Example").await;
        user.clicks("link", "Music").await;
        sees_count(user, 40).await;
        assert_eq!(calls(user, "/v1/me/top/artists"), 2, "what was loaded stays");
        user.presses("Refresh").await;
        sees_count(user, 20).await;
        assert_eq!(calls(user, "/v1/me/top/artists"), 3, "the first page only");
        user.presses("Log out").await;
        user.sees_status("You are logged out").await;
        let stored = user
            .script(
                "return JSON.stringify([{...sessionStorage}, {...localStorage}])",
                vec![],
            )
            .await;
        assert!(!stored.to_string().contains("Umbrellas"));
        user.starts_log_in().await;
        user.agrees().await;
        sees_count(user, 20).await;
        user.is_at("/music").await;
        assert_eq!(calls(user, "/v1/me/top/artists"), 4, "a new session asks again");
    });
}

#[test]
fn show_more_leads_to_the_end_and_keeps_the_focus_on_what_is_new() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/music").await;
        for count in [20, 40, 60, 80, 100] {
            sees_count(user, count).await;
            user.presses("Show more").await;
            user.waits_for_element(&format!("#item-{count}:focus")).await;
        }
        sees_count(user, 120).await;
        user.sees_status("120 artists. That is all.").await;
        user.sees_no("button", "Show more").await;
    });
}

#[test]
fn a_page_that_fails_leaves_what_is_there_and_a_page_of_nulls_goes_on() {
    allowed().run(async |user| {
        user.expects_console_message("503");
        user.expects_console_message("404");
        user.logs_in_as_ada().await;
        user.opens("/music?show=playlists").await;
        sees_count(user, 19).await;
        let endpoint = Endpoint::Playlists;
        user.env.standin.inject(endpoint, Fault::plain(200, "<html>"));
        user.presses("Show more").await;
        user.sees_heading("The response could not be read").await;
        assert_eq!(items(user).await.len(), 19);
        let next = format!("{}/me/playlists?offset=60", user.env.standin.api_url());
        let nulls = json!({ "items": [null, null], "next": next });
        user.env.standin.inject(endpoint, Fault::json(200, &nulls));
        user.presses("Try again").await;
        user.sees_button("Show more").await;
        user.waits_for_element(".list .main:focus").await;
        sees_count(user, 19).await;
        user.presses("Show more").await;
        sees_count(user, 33).await;
        let elsewhere =
            json!({ "items": [{ "name": "one" }], "next": "https://evil.example/v1/me/playlists?offset=20" });
        user.env.standin.inject(endpoint, Fault::json(200, &elsewhere));
        user.presses("Refresh").await;
        user.sees_status("1 playlist. There is more, but Spotify’s answer does not say where.")
            .await;
        user.sees_no("button", "Show more").await;
        user.env
            .standin
            .inject(endpoint, Fault::json(200, &json!({ "items": [], "next": null })));
        user.presses("Refresh").await;
        user.sees_status("There is nothing here yet.").await;
    });
}

#[test]
fn b8_nothing_moves_while_a_page_loads_and_a_failure_is_in_view() {
    allowed().run(async |user| {
        user.expects_console_message("404");
        user.logs_in_as_ada().await;
        user.clicks("link", "Music").await;
        sees_count(user, 20).await;
        user.env.standin.inject(Endpoint::TopArtists, Fault::Hang);
        let to_the_button = "document.querySelector('.list > .actions > .main').scrollIntoView({ block: 'end' })";
        user.script(to_the_button, vec![]).await;
        user.waits_for_paint().await;
        let before = scroll_position(user).await;
        user.presses("Show more").await;
        user.sees_status("Loading more…").await;
        user.waits_for_element("button.main[aria-disabled=true]:focus").await;
        assert_eq!(scroll_position(user).await, before, "nothing scrolls");
        user.env.standin.release();
        user.waits_for_element("#item-20:focus").await;
        let gone = Fault::spotify_error(404, "Gone");
        user.env.standin.inject(Endpoint::TopArtists, gone);
        user.script(to_the_button, vec![]).await;
        user.waits_for_paint().await;
        user.presses("Show more").await;
        user.sees_alert("Spotify does not know").await;
        user.waits_for_paint().await;
        let is_in_view = "const { top, bottom } = document.querySelector('[role=alert]').getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight";
        assert_eq!(user.script(is_in_view, vec![]).await, json!(true));
        user.waits_for_element(".list > .actions > .main:focus").await;
        let headings = user
            .script("return document.querySelectorAll('#app h1').length", vec![])
            .await;
        assert_eq!(headings, json!(1));
    });
}

#[test]
fn b8_the_layout_does_not_shift_while_a_list_loads() {
    let watch = "window.shifts = []; new PerformanceObserver((list) =>
        shifts.push(...list.getEntries().map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))])))
        .observe({ type: 'layout-shift', buffered: true })";
    allowed().run(async |user| {
        user.before_each_page(watch).await;
        user.logs_in_as_ada().await;
        for (width, height) in [(1280, 800), (390, 844)] {
            user.uses_viewport(width, height).await;
            for show in ["artists", "tracks", "recent", "playlists"] {
                user.env
                    .standin
                    .inject(Endpoint::TopArtists, Fault::Delay(Duration::from_millis(700)));
                user.opens(&format!("/music?show={show}")).await;
                user.waits_for_element("ol.items > li").await;
                user.waits_for_paint().await;
                assert_eq!(
                    user.script("return shifts", vec![]).await,
                    json!([]),
                    "{show}, {width} px"
                );
            }
        }
    });
}

#[test]
fn names_keep_their_order_and_their_own_direction() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        let artists: Vec<_> = ["Alpha", "אבג", "דהו"].map(|name| json!({ "name": name })).into();
        let list = json!({ "items": [{ "name": "One", "artists": artists, "album": { "name": "Two" }, "duration_ms": 61_000 }], "next": null });
        user.env.standin.inject(Endpoint::TopTracks, Fault::json(200, &list));
        user.opens("/music?show=tracks").await;
        user.waits_for_element("ol.items bdi").await;
        let script = "return [...document.querySelectorAll('ol.items bdi')].map((name) => [name.textContent, name.getBoundingClientRect().left])
            .sort(([, left], [, right]) => left - right).map(([text]) => text)";
        assert_eq!(user.script(script, vec![]).await, json!(["Alpha", "אבג", "דהו"]));
        let row = items(user).await;
        for part in ["1\n", "One", "Alpha, אבג, דהו", "Two", "1:01"] {
            assert!(row[0].contains(part), "{part}: {row:?}");
        }
    });
}

#[test]
fn h6_the_end_of_a_list_is_told_and_the_focus_stays_in_it() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/music?show=recent").await;
        sees_count(user, 20).await;
        let end = json!({ "items": [], "next": null, "cursors": null });
        user.env
            .standin
            .inject(Endpoint::RecentlyPlayed, Fault::json(200, &end));
        user.presses("Show more").await;
        user.sees_status("20 plays. That is all.").await;
        user.sees_no("button", "Show more").await;
        user.waits_for_element("#item-19:focus").await;
    });
}

#[test]
fn h6_an_item_is_shown_once_and_a_next_page_that_brings_nothing_new_is_the_last() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        let item = |id: &str| json!({ "id": id, "uri": format!("spotify:playlist:{id}"), "name": id });
        let next = format!("{}/v1/me/playlists?offset=2", user.env.standin.origin());
        let page = json!({ "items": [item("a"), item("b")], "next": next });
        let more = json!({ "items": [item("b"), item("c")], "next": format!("{next}0") });
        for page in [&page, &more, &page] {
            user.env.standin.inject(Endpoint::Playlists, Fault::json(200, page));
        }
        user.opens("/music?show=playlists").await;
        sees_count(user, 2).await;
        user.presses("Show more").await;
        sees_count(user, 3).await;
        user.presses("Show more").await;
        user.sees_status("3 playlists. That is all.").await;
        user.sees_no("button", "Show more").await;
    });
}

#[test]
fn h6_what_spotify_does_not_show_is_told() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        let next = format!("{}/v1/me/playlists?offset=20", user.env.standin.origin());
        for next in [json!(null), json!(next)] {
            let nulls = json!({ "items": [null, null], "next": next });
            user.env.standin.inject(Endpoint::Playlists, Fault::json(200, &nulls));
            user.opens("/music?show=playlists").await;
            user.sees_status("Spotify does not show these to this app.").await;
        }
        user.presses("Show more").await;
        user.waits_for_element("ol.items > li").await;
    });
}

#[test]
fn h6_the_next_page_is_found_however_its_url_is_written() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        let origin = user.env.standin.origin();
        let port = origin.rsplit(':').next().unwrap_or_default().to_owned();
        for next in [
            format!("https://127.0.0.1:{port}/v1/me/playlists?offset=20&limit=20"),
            "/v1/me/playlists?offset=20&limit=20".to_owned(),
            "https://API.spotify.com:443/v1/me/playlists?offset=20&limit=20".to_owned(),
            format!("{origin}/v1/users/ada/playlists?offset=20&limit=20"),
        ] {
            let page = json!({ "items": [{ "name": "one" }], "next": next });
            user.env.standin.inject(Endpoint::Playlists, Fault::json(200, &page));
            user.opens("/music?show=playlists").await;
            sees_count(user, 1).await;
            user.presses("Show more").await;
            sees_count(user, 20).await;
        }
    });
}

#[test]
fn b8_refresh_has_a_sign_at_the_button_and_is_spoken_each_time() {
    allowed().run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/music").await;
        sees_count(user, 20).await;
        let watch = "window.spoken = []; new MutationObserver(() => spoken.push(document.querySelector('.list [role=status]').textContent))
            .observe(document.querySelector('.list [role=status]'), { childList: true, characterData: true, subtree: true })";
        user.script(watch, vec![]).await;
        for _ in 0..2 {
            user.presses("Refresh").await;
            user.sees_status("Refreshed.").await;
            user.waits_until_settled().await;
        }
        let spoken = user.script("return spoken", vec![]).await;
        assert_eq!(spoken, json!(["Refreshing…", "Refreshed.", "Refreshing…", "Refreshed."]));
        user.env.standin.inject(Endpoint::TopArtists, Fault::Hang);
        user.presses("Refresh").await;
        user.sees_status("Refreshing…").await;
        user.waits_for_element("button[aria-disabled=true]:focus").await;
        assert_eq!(items(user).await.len(), 20, "the list stays meanwhile");
    });
}

#[test]
fn pictures_are_loaded_when_they_are_near_sized_for_the_screen_and_move_nothing() {
    // The leak check knows no other host of pictures than Spotify's.
    allowed().run_without_leak_check(async |user| {
        user.expects_console_message("net::ERR");
        user.logs_in_as_ada().await;
        // Accepts connections and leaves them without an answer.
        let host = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let origin = format!("https://{}", host.local_addr().expect("an address"));
        let image = |width: u32| json!({ "url": format!("{origin}/{width}.jpg"), "width": width, "height": width });
        let with = json!({ "name": "With", "images": [image(640), image(160), image(64)] });
        let list = json!({ "items": [with, { "name": "Without", "images": [] }], "next": null });
        for (density, width) in [(1, 64), (2, 160), (4, 640)] {
            user.env.standin.inject(Endpoint::TopTracks, Fault::json(200, &list));
            user.uses_screen_of_density(density).await;
            user.opens("/music?show=tracks").await;
            user.waits_for_element("img.picture").await;
            let script = "const image = document.querySelector('img.picture');
                const sizes = [...document.querySelectorAll('.picture')].map((picture) => picture.getBoundingClientRect());
                return [image.src, image.loading, getComputedStyle(image).objectFit, sizes.map(({ width, height }) => [width, height])]";
            let found = user.script(script, vec![]).await;
            let expected = json!([format!("{origin}/{width}.jpg"), "lazy", "contain", [[56, 56], [56, 56]]]);
            assert_eq!(found, expected);
        }
    });
}
