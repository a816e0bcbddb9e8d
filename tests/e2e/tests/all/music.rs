//! The music page: its views, and the permissions that they take.

use e2e::{Need, Scenario, User, run};
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
pub(crate) fn allowed() -> Scenario {
    Scenario::default().config("scopes", SCOPES.to_vec())
}

pub(crate) async fn items(user: &mut User) -> Vec<String> {
    let script = "return [...document.querySelectorAll('ol.items > li')].map((item) => item.innerText)";
    serde_json::from_value(user.script(script, vec![]).await).expect("texts")
}

/// Sees a list of so many items, and the words that say so.
pub(crate) async fn sees_count(user: &mut User, count: usize) {
    user.waits_for_element(&format!("ol.items > li:nth-child({count}):last-child"))
        .await;
    user.sees_status(&format!("{count} ")).await;
}

/// The number of requests for a list.
pub(crate) fn calls(user: &User, path: &str) -> usize {
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

#[test]
fn t4_a_log_out_stops_the_redirect_that_is_under_way() {
    run(async |user| {
        user.needs(Need::StoppedNavigation);
        user.logs_in_as_ada().await;
        user.opens("/music?show=recent").await;
        user.sees_button("Allow and show").await;
        user.env.standin.inject(Endpoint::Authorize, Fault::Hang);
        // In one script, since the driver waits for a navigation that was started.
        let press = "const done = arguments[0];
            const button = (text) => [...document.querySelectorAll('button')].find((one) => one.textContent.includes(text));
            button('Allow and show').click();
            const logOut = () => {
                if (!document.body.innerText.includes('Taking you to Spotify')) return setTimeout(logOut);
                button('Log out').click();
                setTimeout(done);
            };
            logOut();";
        user.script_with_callback(press, vec![]).await;
        user.env.standin.release();
        user.is_signed_out().await;
        user.is_at("/").await;
        user.sees_button("Log in with Spotify").await;
    });
}
