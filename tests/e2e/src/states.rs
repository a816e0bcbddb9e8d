//! Walks through every state of the app, to take screenshots and to check accessibility. Calls back in each state with its name.

use serde_json::json;
use standin::{Endpoint, Fault, Implicit, TRACKS};

use crate::{Cache, FORGED_TOKEN, Host, Need, Scenario, User, out_of_memory};

/// The states while signed out.
pub fn signed_out(visit: &impl AsyncFn(&mut User, &str)) {
    Scenario::default().run_without_leak_check(async |user| {
        user.opens("/").await;
        user.sees_button("Log in with Spotify").await;
        visit(user, "log-in").await;
        user.clicks(
            "summary",
            "Is this your app? How it logs in, and the redirect URI to register",
        )
        .await;
        user.sees_button("Copy the redirect URI").await;
        visit(user, "log-in-details").await;
        user.opens("/track").await;
        user.presses("Look it up").await;
        user.sees_status("Paste a link, URI or ID of a track first").await;
        visit(user, "track-empty").await;
        user.fills_in("Link, URI or ID of a track on Spotify", "kettle").await;
        visit(user, "track-wrong").await;
        user.opens("/nowhere").await;
        user.sees_heading("Page not found").await;
        visit(user, "not-found").await;
        user.opens("/callback").await;
        user.sees_heading("Nothing to finish here").await;
        visit(user, "nothing-to-finish").await;
        let there = user.env.site.localhost_origin();
        user.opens_url(&there).await;
        user.sees_alert("localhost").await;
        visit(user, "localhost").await;
        user.env
            .site
            .set_config(&json!({ "client_id": 5, "colour": "green", "api_url": "http://api.example" }));
        user.opens("/").await;
        user.sees_alert("colour").await;
        visit(user, "broken-config").await;
        user.env.site.set_config(&json!({}));
        user.opens("/track").await;
        user.presses("Log in with Spotify").await;
        user.sees_alert("no client ID").await;
        visit(user, "no-client-id").await;
        user.opens("/").await;
        user.sees_heading("Four steps to your first log-in").await;
        visit(user, "set-up").await;
        user.fills_in("Client ID", "0123456789abcdef").await;
        user.presses("Try it in this tab").await;
        user.sees_button("Stop trying it").await;
        visit(user, "trial").await;
        user.env.site.hold("config.json");
        user.opens("/callback?error=access_denied").await;
        user.sees_before_the_app("heading", "Signing you in…").await;
        visit(user, "signing-in").await;
        user.env.site.release();
        user.env.site.hold(".wasm");
        for (path, state) in [("/", "before-the-app"), ("/profile", "before-the-profile")] {
            user.opens(path).await;
            user.sees_prerendered_page().await;
            visit(user, state).await;
        }
        user.opens("/").await;
        user.clicks_before_the_app("button", "Log in with Spotify").await;
        visit(user, "pressed-before-the-app").await;
        user.sees_alert("longer than it should").await;
        visit(user, "late").await;
        // The press would be carried out as soon as the wasm is there.
        user.opens_url("about:blank").await;
        user.env.site.release();
        user.env.site.fails_next(".wasm", usize::MAX);
        user.opens("/").await;
        user.sees_alert("check your connection").await;
        visit(user, "failure").await;
        user.env.site.fails_next(".wasm", 0);
        user.env.site.serves_old_pages(Cache::Browser, "start-");
        user.opens("/track").await;
        user.sees_status("updated to its newest version").await;
        visit(user, "updated").await;
        user.env.site.serves_old_pages(Cache::Network, "start-");
        user.opens("/").await;
        user.sees_alert("This page was updated").await;
        visit(user, "updated-again").await;
        user.env.site.serves_new_pages();
        user.env.site.sends_policy("script-src 'self' 'unsafe-inline'");
        user.opens("/").await;
        user.sees_alert("needs WebAssembly").await;
        visit(user, "no-webassembly").await;
        user.env.site.sends_policy("script-src 'self'");
        user.opens("/").await;
        user.sees_alert("not allowed to run here").await;
        visit(user, "policy").await;
    });
    Scenario::default().run_without_leak_check(async |user| {
        user.before_each_page(&out_of_memory("Infinity")).await;
        user.opens("/").await;
        user.sees_alert("short of memory").await;
        visit(user, "memory").await;
    });
    Scenario::default()
        .host(Host::Misplaced)
        .run_without_leak_check(async |user| {
            user.opens("/").await;
            user.sees_alert("make build").await;
            visit(user, "misplaced").await;
        });
}

/// The results of a log-in.
pub fn log_in_results(visit: &impl AsyncFn(&mut User, &str)) {
    Scenario::default().run_without_leak_check(async |user| {
        user.opens("/").await;
        let nothing = Fault::Respond(String::new());
        user.env.standin.inject(Endpoint::Authorize, nothing);
        user.presses("Log in with Spotify").await;
        user.sees_heading("The answer did not arrive").await;
        visit(user, "lost").await;
        user.presses("Log in with Spotify").await;
        user.sees_consent_page().await;
        visit(user, "consent").await;
        user.cancels().await;
        user.sees_heading("Access was denied").await;
        visit(user, "denied").await;
        user.opens(&format!(
            "/callback#access_token={FORGED_TOKEN}&token_type=Bearer&state=x"
        ))
        .await;
        user.sees_heading("This log-in was not started here").await;
        visit(user, "forged").await;
        let odd = "?error=teapot&error_description=I+am+short+and+stout&state={state}";
        user.env
            .standin
            .inject(Endpoint::Authorize, Fault::Respond(odd.to_owned()));
        user.presses("Log in with Spotify").await;
        user.sees_heading("Spotify refused the log-in").await;
        visit(user, "refused").await;
        user.logs_in_as_ada().await;
        let again = format!("/callback{}", user.env.last_response());
        user.opens(&again).await;
        user.sees_heading("This log-in is already complete").await;
        visit(user, "replayed").await;
        user.logs_out().await;
        visit(user, "logged-out").await;
        user.env.standin.set_implicit(Implicit::Refused);
        user.presses("Log in with Spotify").await;
        user.sees_heading("Spotify no longer offers this kind of log-in").await;
        visit(user, "implicit-ended").await;
    });
}

/// A log-in that an app of the device took over, so that its response comes in another tab.
pub fn elsewhere(visit: &impl AsyncFn(&mut User, &str)) {
    Scenario::default().run_without_leak_check(async |user| {
        user.opens("/").await;
        user.starts_log_in_in_an_app().await;
        user.agrees().await;
        user.sees_heading("Go on in the other tab").await;
        user.needs(Need::SecondTab);
        visit(user, "elsewhere").await;
    });
}

/// A log-in with PKCE whose page was loaded again before its end.
pub fn interrupted(visit: &impl AsyncFn(&mut User, &str)) {
    let scenario = Scenario::default().config("flow", "pkce");
    scenario.run_without_leak_check(async |user| {
        user.env.standin.inject(Endpoint::Token, Fault::Hang);
        user.opens("/").await;
        user.starts_log_in().await;
        user.agrees().await;
        user.env.standin.wait_for_requests("/api/token", 1).await;
        user.reloads().await;
        user.sees_heading("The log-in was interrupted").await;
        visit(user, "interrupted").await;
        user.env.standin.release();
    });
}

/// The profile and the track, with much and little data.
pub fn profiles(visit: &impl AsyncFn(&mut User, &str)) {
    let long = format!("Ada {} Example", "Wolfeschlegelsteinhausenbergerdorff".repeat(12));
    let states = [
        (
            "profile-full",
            json!({ "id": "ada", "display_name": "Ada Example", "email": "ada@example.com", "country": "SE",
            "product": "premium", "followers": { "total": 1234 },
            "external_urls": { "spotify": "https://open.spotify.com/user/ada" } }),
        ),
        ("profile-minimal", json!({ "id": "ada" })),
        (
            "profile-long-name",
            json!({ "id": "ada", "display_name": long, "email": "ada@example.com" }),
        ),
        (
            "profile-right-to-left",
            json!({ "id": "ada", "display_name": "ملكة الليل", "country": "EG" }),
        ),
    ];
    Scenario::default().run_without_leak_check(async |user| {
        user.logs_in().await;
        for (state, someone) in states {
            user.env.standin.set_profile(someone);
            user.reloads().await;
            user.sees_fact("Spotify ID", "ada").await;
            visit(user, state).await;
        }
        user.clicks("summary", "For developers").await;
        visit(user, "developers").await;
        user.opens(&format!("/track?id={}", TRACKS[0])).await;
        user.sees_heading("Kettle on a Quiet Sunday").await;
        visit(user, "track").await;
        let fewer = "#access_token={token}&token_type=Bearer&scope=user-read-private&state={state}";
        user.logs_out().await;
        user.env
            .standin
            .inject(Endpoint::Authorize, Fault::Respond(fewer.to_owned()));
        user.presses("Log in with Spotify").await;
        user.clicks("link", "Your profile").await;
        user.sees_button("Ask for it again").await;
        visit(user, "not-granted").await;
    });
}

/// The music of the person.
pub fn music(visit: &impl AsyncFn(&mut User, &str)) {
    let scopes = vec![
        "user-read-private",
        "user-top-read",
        "playlist-read-private",
        "playlist-read-collaborative",
    ];
    Scenario::default()
        .config("scopes", scopes)
        .run_without_leak_check(async |user| {
            user.opens("/music").await;
            user.sees_text("To see your music, log in.").await;
            visit(user, "music-signed-out").await;
            user.logs_in().await;
            for (view, heading) in [
                ("artists", "Top artists"),
                ("tracks", "Top tracks"),
                ("playlists", "Playlists"),
            ] {
                user.opens(&format!("/music?show={view}")).await;
                user.sees_heading(heading).await;
                user.sees_button("Show more").await;
                visit(user, &format!("music-{view}")).await;
            }
            user.opens("/music?show=recent").await;
            user.sees_button("Allow and show").await;
            visit(user, "music-allow").await;
            user.presses("Allow and show").await;
            user.cancels().await;
            user.sees_alert("Access was denied").await;
            visit(user, "music-denied").await;
            user.presses("Allow and show").await;
            user.agrees().await;
            user.sees_button("Show more").await;
            visit(user, "music-recent").await;
            lists(user, visit).await;
            user.env
                .standin
                .inject(Endpoint::TopArtists, Fault::json(200, &json!({ "items": [] })));
            user.opens("/music").await;
            user.sees_status("There is nothing here yet.").await;
            visit(user, "music-empty").await;
            user.env
                .standin
                .inject(Endpoint::TopTracks, Fault::too_many_requests(Some(60)));
            user.opens("/music?show=tracks").await;
            user.sees_heading("Too many requests").await;
            visit(user, "music-waiting").await;
        });
}

/// Lists that are long, that have long names and no pictures, that load, and whose next page fails.
async fn lists(user: &mut User, visit: &impl AsyncFn(&mut User, &str)) {
    let item =
        |name: String| json!({ "name": name, "artists": [{ "name": name }], "album": { "name": name }, "images": [] });
    let names = [
        "Kettle".repeat(34),
        "Kettle on a Quiet Sunday ".repeat(8),
        "Kettle".to_owned(),
    ];
    let page = json!({ "items": names.map(item), "next": null });
    for (endpoint, view) in [(Endpoint::TopArtists, "artists"), (Endpoint::TopTracks, "tracks")] {
        user.env.standin.inject(endpoint, Fault::json(200, &page));
        user.opens(&format!("/music?show={view}")).await;
        user.sees_status("That is all.").await;
        visit(user, &format!("music-long-{view}")).await;
    }
    for (view, endpoint) in [("artists", Endpoint::TopArtists), ("tracks", Endpoint::TopTracks)] {
        user.env.standin.inject(endpoint, Fault::Hang);
        user.opens(&format!("/music?show={view}")).await;
        user.sees_status("Loading…").await;
        visit(user, &format!("music-loading-{view}")).await;
    }
    user.opens("/music").await;
    for count in [20, 40, 60, 80] {
        user.sees_status(&format!("{count} of 120 artists.")).await;
        user.presses("Show more").await;
    }
    user.sees_status("100 of 120 artists.").await;
    visit(user, "music-100").await;
    user.env
        .standin
        .inject(Endpoint::TopArtists, Fault::spotify_error(403, "Forbidden"));
    user.presses("Show more").await;
    user.sees_alert("Spotify does not let this app see that").await;
    visit(user, "music-more-failed").await;
    user.opens("/music?show=recent").await;
    user.sees_button("Show more").await;
    let missing = Fault::spotify_error(403, "Insufficient client scope");
    user.env.standin.inject(Endpoint::RecentlyPlayed, missing);
    user.presses("Refresh").await;
    user.sees_alert("did not give it").await;
    visit(user, "music-not-given").await;
}

/// The errors of the Web API while signed in.
pub fn faults(visit: &impl AsyncFn(&mut User, &str)) {
    let states = [
        ("waiting", Fault::too_many_requests(Some(60)), "Too many requests"),
        ("quota", Fault::too_many_requests(Some(48_925)), "Too many requests"),
        ("failed", Fault::plain(200, "<html>"), "The response could not be read"),
        (
            "forbidden",
            Fault::spotify_error(403, "Forbidden"),
            "Not available to this app",
        ),
        (
            "missing-scope",
            Fault::spotify_error(403, "Insufficient client scope"),
            "A permission is missing",
        ),
        ("loading", Fault::Hang, "Loading your profile…"),
    ];
    Scenario::default().run_without_leak_check(async |user| {
        user.logs_in_as_ada().await;
        for (state, fault, heading) in states {
            user.env.standin.inject(Endpoint::Me, fault);
            user.reloads().await;
            user.sees_heading(heading).await;
            visit(user, state).await;
        }
        let missing = Fault::spotify_error(403, "Insufficient client scope");
        user.env.standin.inject(Endpoint::Me, missing);
        user.env.site.set_raw_config(503, "text/plain", "busy");
        user.reloads().await;
        user.sees_heading("A permission is missing").await;
        user.presses("Log in with Spotify").await;
        user.sees_alert("have not arrived yet").await;
        visit(user, "no-settings-yet").await;
    });
}

/// The notices about the session.
pub fn notices(visit: &impl AsyncFn(&mut User, &str)) {
    Scenario::default().run_without_leak_check(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        user.sets_clock(3525).await;
        user.sees_status("less than a minute").await;
        visit(user, "ending").await;
        user.sets_clock(4000).await;
        user.sees_notice("has expired").await;
        visit(user, "expired").await;
        user.sets_clock(0).await;
        user.env.standin.inject(Endpoint::Me, Fault::plain(401, ""));
        user.presses("Log in with Spotify").await;
        user.sees_notice("no longer accepts").await;
        visit(user, "rejected").await;
    });
    let scenario = Scenario::default().config("flow", "pkce");
    scenario.run_without_leak_check(async |user| {
        user.uses_fake_clock().await;
        user.logs_in_as_ada().await;
        let refused = Fault::json(401, &json!({ "error": "invalid_client" }));
        user.env.standin.inject_always(Endpoint::Token, refused);
        user.sets_clock(3600).await;
        user.dispatches("focus").await;
        user.sees_notice("Only the owner of the app").await;
        visit(user, "client-refused").await;
    });
}
