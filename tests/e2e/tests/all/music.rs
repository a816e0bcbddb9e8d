//! What the person listens to.

use std::net::TcpListener;
use std::time::Duration;

use e2e::{Scenario, User, run};
use serde_json::json;
use standin::{Endpoint, Fault};

const SCOPES: [&str; 6] = [
    "user-read-private",
    "user-read-email",
    "user-top-read",
    "user-read-recently-played",
    "playlist-read-private",
    "playlist-read-collaborative",
];

/// A scenario whose log-in asks for everything that the page takes.
fn allowed() -> Scenario {
    Scenario::default().config("scopes", SCOPES.to_vec())
}

async fn items(user: &mut User) -> Vec<String> {
    let script = "return [...document.querySelectorAll('ol.items > li')].map((item) => item.innerText)";
    serde_json::from_value(user.script(script, vec![]).await).expect("texts")
}

/// Sees a list of so many items, and the words that say so.
async fn sees_count(user: &mut User, count: usize) {
    user.waits_for_element(&format!("ol.items > li:nth-child({count}):last-child"))
        .await;
    user.sees_status(&format!("{count} ")).await;
}

/// The number of requests for a list.
fn calls(user: &User, path: &str) -> usize {
    let requests = user.env.standin.requests();
    requests
        .iter()
        .filter(|request| request.path == path && request.method == "GET")
        .count()
}

#[test]
fn the_views_and_ranges_are_links_and_back_leads_to_the_one_before() {
    for flow in ["implicit", "pkce"] {
        allowed().config("flow", flow).run(async |user| {
            user.logs_in_as_ada().await;
            user.clicks("link", "Music").await;
            user.sees_heading("Top artists").await;
            user.is_at("/music").await;
            user.sees("link", "The Borrowed Umbrellas").await;
            sees_count(user, 20).await;
            user.passes_axe("top artists").await;
            user.clicks("link", "Last year").await;
            user.is_at("/music?show=artists&range=long_term").await;
            sees_count(user, 20).await;
            assert!(!items(user).await[0].contains("The Borrowed Umbrellas"));
            user.clicks("link", "Top tracks").await;
            user.sees_heading("Top tracks").await;
            user.is_at("/music?show=tracks").await;
            sees_count(user, 20).await;
            user.clicks("link", "Recently played").await;
            user.sees_heading("Recently played").await;
            sees_count(user, 20).await;
            user.passes_axe("recently played").await;
            user.clicks("link", "Playlists").await;
            user.sees_heading("Playlists").await;
            sees_count(user, 19).await;
            user.sees_status("19 of 75 playlists. Spotify does not show one more to this app.")
                .await;
            user.sees_text("No name").await;
            user.sees_text("tracks").await;
            user.goes_back().await;
            user.sees_heading("Recently played").await;
            user.goes_back().await;
            user.sees_heading("Top tracks").await;
            user.reloads().await;
            user.sees_heading("Top tracks").await;
            user.is_at("/music?show=tracks").await;
        });
    }
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

/// How far the window is scrolled, and where the focus is.
async fn place(user: &mut User) -> serde_json::Value {
    let script = "return [scrollY, document.activeElement.tagName, document.activeElement.textContent]";
    user.script(script, vec![]).await
}

#[test]
fn b8_nothing_moves_while_a_page_loads_and_a_failure_is_in_view() {
    allowed().run(async |user| {
        user.expects_console_message("404");
        user.logs_in_as_ada().await;
        user.clicks("link", "Music").await;
        sees_count(user, 20).await;
        for answer in [Fault::spotify_error(404, "Gone"), Fault::Hang] {
            user.env.standin.inject(Endpoint::TopArtists, answer);
        }
        user.script(
            "document.querySelector('.list > .actions > .main').scrollIntoView({ block: 'end' })",
            vec![],
        )
        .await;
        user.waits_for_paint().await;
        user.presses("Show more").await;
        user.sees_alert("Spotify does not know").await;
        let script = "const { top, bottom } = document.querySelector('[role=alert]').getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight";
        assert_eq!(user.script(script, vec![]).await, json!(true), "the alert is in view");
        let headings = user
            .script("return document.querySelectorAll('#app h1').length", vec![])
            .await;
        assert_eq!(headings, json!(1));
        let before = place(user).await;
        assert_eq!((&before[1], &before[2]), (&json!("BUTTON"), &json!("Show more")));
        user.presses("Show more").await;
        user.sees_status("Loading more…").await;
        user.waits_until_text_is_gone("Spotify does not know").await;
        assert_eq!(place(user).await[2], json!("Show more"), "the focus stays");
        user.waits_for_element("button[aria-disabled=true]").await;
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
fn the_views_are_one_line_with_the_chosen_one_in_view_and_told_apart() {
    allowed().run(async |user| {
        user.uses_viewport(320, 640).await;
        user.logs_in_as_ada().await;
        for show in ["artists", "playlists"] {
            user.opens(&format!("/music?show={show}")).await;
            user.waits_for_element("ol.items > li").await;
            let script = "return [...document.querySelectorAll('.segments')].map((line) => {
                const chosen = line.querySelector('[aria-current=page]').getBoundingClientRect();
                const { left, right, height } = line.getBoundingClientRect();
                return chosen.left >= left && chosen.right <= right && height < 60;
            })";
            let lines = user.script(script, vec![]).await;
            let expected = if show == "artists" {
                json!([true, true])
            } else {
                json!([true])
            };
            assert_eq!(lines, expected, "{show}");
            assert!(!user.page_overflows().await);
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
fn a_permission_that_was_asked_for_and_did_not_come_is_told_and_the_next_press_asks_in_any_case() {
    let dialogs = |user: &User| {
        let requests = user.env.authorization_requests();
        let shows = |request: &Vec<(String, String)>| request.iter().any(|(name, _)| name == "show_dialog");
        requests.iter().map(shows).collect::<Vec<_>>()
    };
    Scenario::default().run(async |user| {
        user.expects_console_message("403");
        user.logs_in_as_ada().await;
        user.opens("/music?show=recent").await;
        let silent = "#access_token={token}&token_type=Bearer&expires_in=3600&state={state}";
        let reduced = format!("{silent}&scope=user-read-private+user-read-email");
        user.env.standin.inject(Endpoint::Authorize, Fault::Respond(reduced));
        user.presses("Allow and show").await;
        user.sees_alert("did not give it").await;
        user.passes_axe("a permission that did not come").await;
        assert_eq!(dialogs(user), [false, false]);
        user.env
            .standin
            .inject(Endpoint::Authorize, Fault::Respond(silent.to_owned()));
        let missing = Fault::spotify_error(403, "Insufficient client scope");
        user.env.standin.inject(Endpoint::RecentlyPlayed, missing);
        user.presses("Allow and show").await;
        user.sees_alert("did not give it").await;
        assert_eq!(dialogs(user), [false, false, true]);
        user.presses("Allow and show").await;
        user.agrees().await;
        sees_count(user, 20).await;
        assert_eq!(dialogs(user), [false, false, true, true]);
    });
}

#[test]
fn collaborative_playlists_are_asked_for_and_what_is_missing_is_told() {
    let scopes = &SCOPES[..5];
    Scenario::default().config("scopes", scopes.to_vec()).run(async |user| {
        user.logs_in_as_ada().await;
        user.opens("/music?show=playlists").await;
        sees_count(user, 19).await;
        user.sees_text("Playlists that you make with others are not in this list")
            .await;
        user.presses("Allow and show").await;
        user.agrees().await;
        sees_count(user, 19).await;
        user.sees_no("button", "Allow and show").await;
        let asked = user.env.authorization_requests().pop().expect("a request");
        let scope = asked.iter().find(|(name, _)| name == "scope").expect("a scope");
        assert_eq!(scope.1, SCOPES.join(" "));
    });
}

#[test]
fn a_view_that_was_not_allowed_says_what_it_would_show_and_comes_back_with_it() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.logs_in_as_ada().await;
            user.opens("/music?show=recent").await;
            user.sees_text("The tracks that you played last would be here").await;
            user.passes_axe("a view that was not allowed").await;
            assert_eq!(calls(user, "/v1/me/player/recently-played"), 0);
            user.presses("Allow and show").await;
            user.agrees().await;
            user.sees_heading("Recently played").await;
            user.is_at("/music?show=recent").await;
            sees_count(user, 20).await;
            let requests = user.env.authorization_requests();
            let scope = requests
                .last()
                .and_then(|request| request.iter().find(|(name, _)| name == "scope"));
            let mut scopes: Vec<_> = scope.expect("a scope").1.split(' ').collect();
            scopes.sort_unstable();
            assert_eq!(
                scopes,
                ["user-read-email", "user-read-private", "user-read-recently-played"]
            );
        });
    }
}

#[test]
fn a_permission_that_is_denied_leads_back_to_the_view_and_changes_nothing() {
    for flow in ["implicit", "pkce"] {
        Scenario::default().config("flow", flow).run(async |user| {
            user.expects_console_message("400");
            user.logs_in_as_ada().await;
            user.opens("/music?show=recent").await;
            user.presses("Allow and show").await;
            user.cancels().await;
            user.sees_alert("Access was denied").await;
            user.sees_alert("You are still logged in, and nothing has changed.")
                .await;
            user.is_at("/music?show=recent").await;
            user.is_signed_in().await;
            user.passes_axe("a denied permission").await;
            let odd = "?error=server_error&error_description=Out+of+order&state={state}";
            user.env
                .standin
                .inject(Endpoint::Authorize, Fault::Respond(odd.to_owned()));
            user.presses("Allow and show").await;
            user.sees_alert("Spotify has a problem right now").await;
            user.sees_alert("Out of order").await;
            user.is_at("/music?show=recent").await;
            if flow == "pkce" {
                user.env
                    .standin
                    .inject(Endpoint::Token, Fault::oauth_error(400, "invalid_grant"));
                user.presses("Allow and show").await;
                user.agrees().await;
                user.sees_alert("can’t be finished any more").await;
                user.is_at("/music?show=recent").await;
                user.is_signed_in().await;
            }
            user.presses("All right").await;
            user.waits_until_text_is_gone("nothing has changed").await;
            user.presses("Allow and show").await;
            if flow == "implicit" {
                user.agrees().await;
            }
            sees_count(user, 20).await;
        });
    }
}

#[test]
fn h2_a_list_that_the_server_forbids_leads_to_the_permission_or_says_why() {
    allowed().run(async |user| {
        user.expects_console_message("403");
        user.logs_in_as_ada().await;
        let missing = Fault::plain(403, r#"{"error":"insufficient_scope"}"#);
        user.env.standin.inject(Endpoint::TopTracks, missing);
        user.opens("/music?show=tracks").await;
        user.sees_button("Allow and show").await;
        user.is_signed_in().await;
        user.env
            .standin
            .inject(Endpoint::TopTracks, Fault::spotify_error(403, "Forbidden"));
        user.reloads().await;
        user.sees_alert("Spotify does not let this app see that").await;
        user.sees_no("button", "Allow and show").await;
        user.is_signed_in().await;
    });
}

#[test]
fn h1_after_a_401_the_next_log_in_leads_back_to_the_view() {
    allowed().run(async |user| {
        user.expects_console_message("401");
        user.logs_in_as_ada().await;
        user.env.standin.inject(Endpoint::TopTracks, Fault::plain(401, ""));
        user.opens("/music?show=tracks&range=long_term").await;
        user.sees_notice("no longer accepts").await;
        user.presses("Log in with Spotify").await;
        user.sees_heading("Top tracks").await;
        user.is_at("/music?show=tracks&range=long_term").await;
    });
}

#[test]
fn in_memory_mode_a_view_says_that_allowing_it_ends_the_session() {
    Scenario::default().config("token_storage", "memory").run(async |user| {
        user.logs_in_as_ada().await;
        user.clicks("link", "Music").await;
        user.sees_text("it ends when you go to Spotify").await;
        user.presses("Allow and show").await;
        user.agrees().await;
        user.sees_heading("Top artists").await;
        sees_count(user, 20).await;
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

#[test]
fn signed_out_the_page_offers_a_log_in_and_leads_back_to_the_view() {
    allowed().run(async |user| {
        user.opens("/music?show=tracks&range=short_term&utm=50%").await;
        user.sees_text("To see your music, log in.").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.sees_heading("Top tracks").await;
        user.is_at("/music?show=tracks&range=short_term").await;
        let current = "return [...document.querySelectorAll('[aria-current=page]')].map((link) => link.textContent)";
        let current = user.script(current, vec![]).await;
        assert_eq!(current, json!(["Music", "Top tracks", "Last four weeks"]));
    });
}

#[test]
fn the_navigation_fits_a_narrow_screen() {
    run(async |user| {
        user.uses_viewport(320, 640).await;
        user.logs_in_as_ada().await;
        for page in ["Profile", "Music", "Track"] {
            user.clicks("link", page).await;
            user.waits_for_element(".pages [aria-current=page]").await;
            assert!(!user.page_overflows().await, "{page} scrolls sideways");
        }
    });
}
