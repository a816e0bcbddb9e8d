//! The whole log-in on every kind of host, real servers among them.

use e2e::{Host, Person, Stage};

async fn goes_the_whole_way(person: &mut Person) {
    person.logs_in_as_ada().await;
    person.is_at("/profile").await;
    person.reloads().await;
    person.sees_heading("Ada Example").await;
    person.opens("/callback").await;
    person.sees_heading("Nothing to finish here").await;
    person.logs_out().await;
    person.world.standin.forget_consent();
    person.asks_to_log_in().await;
    person.cancels().await;
    person.sees_heading("You said no").await;
}

#[test]
fn d3_a_host_that_adds_slashes_serves_the_whole_log_in() {
    Stage::default().host(Host::AddsSlashes).play(async |person| {
        goes_the_whole_way(person).await;
        person.is_at("/callback/").await;
    });
}

#[test]
fn d3_below_a_path_the_whole_log_in_works_and_the_redirect_uri_is_right() {
    Stage::default().host(Host::Below).play(async |person| {
        goes_the_whole_way(person).await;
        let redirect_uri = person.world.redirect_uri();
        assert!(redirect_uri.ends_with("/music/callback"), "{redirect_uri}");
        person.expects_console("404");
        person.opens("/nowhere").await;
        person.sees_heading("There is no such page").await;
        person.clicks("link", "Go to the start page").await;
        person.sees_button("Log in with Spotify").await;
        person.is_at("/").await;
    });
}

#[test]
fn d3_a_host_that_knows_files_only_serves_the_whole_log_in_by_its_404_page() {
    // Chromium itself writes the address of a page that came with a 404 to the console; see docs/security.md.
    Stage::default().host(Host::FilesOnly).rehearse(goes_the_whole_way);
}

/// The headers of the answer to `path`, as the page itself gets them, and its status.
async fn answer(person: &mut Person, path: &str) -> (u64, String) {
    let url = format!("{}{path}", person.world.site.origin());
    let script = "const done = arguments[1]; fetch(arguments[0], { cache: 'no-store' }).then((answer) => \
                  done([answer.status, [...answer.headers].map((pair) => pair.join(': ')).join('\\n')]))";
    let answer = person.script_with_callback(script, vec![url.into()]).await;
    let text = answer[1].as_str().expect("headers").to_owned();
    (answer[0].as_u64().expect("a status"), text)
}

async fn keeps_its_promises(person: &mut Person) {
    goes_the_whole_way(person).await;
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
            person.expects_console("404");
        }
        let (status, headers) = answer(person, path).await;
        assert_eq!(status, if path.contains("no") { 404 } else { 200 }, "{path}");
        assert!(headers.contains("cache-control: no-cache"), "{path}: {headers}");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'sha256-",
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
    let assets = "return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.includes('/assets/'))";
    let assets = person.script(assets, vec![]).await;
    let assets: Vec<String> = serde_json::from_value(assets).expect("names");
    assert_eq!(assets.len(), 3, "{assets:?}");
    for asset in assets {
        let path = asset
            .strip_prefix(&person.world.site.origin())
            .expect("an asset of this host");
        let (_, headers) = answer(person, path).await;
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
fn d2_nginx_serves_the_whole_log_in_with_every_header() {
    Stage::default().host(Host::Nginx).play(keeps_its_promises);
}

#[test]
fn d2_caddy_serves_the_whole_log_in_with_every_header() {
    Stage::default().host(Host::Caddy).play(keeps_its_promises);
}
