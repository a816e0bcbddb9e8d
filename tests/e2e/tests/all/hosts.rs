//! Log-in on every kind of host, including real web servers.

use e2e::{Host, Scenario, User};

async fn logs_in_and_out(user: &mut User) {
    user.logs_in_as_ada().await;
    user.is_at("/profile").await;
    user.reloads().await;
    user.sees_heading("Ada Example").await;
    user.opens("/callback").await;
    user.sees_heading("Nothing to finish here").await;
    user.logs_out().await;
    user.env.standin.forget_consent();
    user.starts_log_in().await;
    user.cancels().await;
    user.sees_heading("Access was denied").await;
}

#[test]
fn d3_log_in_works_on_a_host_that_adds_slashes() {
    Scenario::default().host(Host::AddsSlashes).run(async |user| {
        logs_in_and_out(user).await;
        user.is_at("/callback/").await;
    });
}

#[test]
fn d3_log_in_works_below_a_path_with_the_right_redirect_uri() {
    Scenario::default().host(Host::Below).run(async |user| {
        logs_in_and_out(user).await;
        let redirect_uri = user.env.redirect_uri();
        assert!(redirect_uri.ends_with("/music/callback"), "{redirect_uri}");
        user.expects_console_message("404");
        user.opens("/nowhere").await;
        user.sees_heading("Page not found").await;
        user.clicks("link", "Go to the start page").await;
        user.sees_button("Log in with Spotify").await;
        user.is_at("/").await;
    });
}

#[test]
fn d3_log_in_works_through_the_404_page_of_a_host_without_index_files() {
    // Chromium logs the URL of a page with status 404 to the console, response included; see docs/security.md.
    Scenario::default()
        .host(Host::FilesOnly)
        .run_without_leak_check(logs_in_and_out);
}

/// The status and the headers of the response to `path`, as the page receives them.
async fn response(user: &mut User, path: &str) -> (u64, String) {
    let url = format!("{}{path}", user.env.site.origin());
    let script = "const done = arguments[1]; fetch(arguments[0], { cache: 'no-store' }).then((response) => \
                  done([response.status, [...response.headers].map((pair) => pair.join(': ')).join('\\n')]))";
    let response = user.script_with_callback(script, vec![url.into()]).await;
    let text = response[1].as_str().expect("headers").to_owned();
    (response[0].as_u64().expect("a status"), text)
}

async fn logs_in_and_sees_every_header(user: &mut User) {
    logs_in_and_out(user).await;
    for path in [
        "/",
        "/callback",
        "/callback/",
        "/profile",
        "/config.json",
        "/nowhere",
        "/assets/nothing.js",
    ] {
        if path.contains("no") {
            user.expects_console_message("404");
        }
        let (status, headers) = response(user, path).await;
        assert_eq!(status, if path.contains("no") { 404 } else { 200 }, "{path}");
        assert!(headers.contains("cache-control: no-cache"), "{path}: {headers}");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-",
            "frame-ancestors 'none'",
            "cross-origin-opener-policy: same-origin",
            "permissions-policy: ",
            "referrer-policy: no-referrer",
            "strict-transport-security: max-age=31536000",
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
        ] {
            assert!(headers.contains(header), "{path} without {header}: {headers}");
        }
    }
    let assets = "return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /\\/assets\\/(?!nothing)/.test(name))";
    let assets = user.script(assets, vec![]).await;
    let assets: Vec<String> = serde_json::from_value(assets).expect("names");
    assert_eq!(assets.len(), 2, "{assets:?}");
    for asset in assets {
        let path = asset
            .strip_prefix(&user.env.site.origin())
            .expect("an asset of this host");
        let (_, headers) = response(user, path).await;
        assert!(
            headers.contains("cache-control: public, max-age=31536000, immutable"),
            "{headers}"
        );
        assert!(headers.contains("content-encoding: "), "compressed: {headers}");
        let kind = if path.ends_with(".wasm") {
            "application/wasm"
        } else {
            "javascript"
        };
        assert!(headers.contains(kind), "{headers}");
    }
}

#[test]
fn d2_log_in_works_on_nginx_with_every_header() {
    Scenario::default().host(Host::Nginx).run(logs_in_and_sees_every_header);
}

#[test]
fn d2_log_in_works_on_caddy_with_every_header() {
    Scenario::default().host(Host::Caddy).run(logs_in_and_sees_every_header);
}
