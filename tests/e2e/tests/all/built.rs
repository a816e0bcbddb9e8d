//! The files of the release build: policies, hashes, compression, and what they must not contain.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use stagedoor_app::app::ROUTES;

/// The HTML files of a build: one or two for each page of the app.
fn pages() -> Vec<String> {
    let names = ROUTES.iter().map(|page| page.path.trim_start_matches('/'));
    let routes = names.filter(|name| !name.is_empty());
    let files = routes.flat_map(|name| [format!("{name}.html"), format!("{name}/index.html")]);
    files.chain(["index.html".to_owned(), "404.html".to_owned()]).collect()
}

fn files(dist: &str) -> BTreeMap<String, Vec<u8>> {
    fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).expect("below").display().to_string();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut all = BTreeMap::new();
    let root = e2e::root(dist);
    collect(&root, &root, &mut all);
    all
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("text")
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start} in {text}"));
    rest.split_once(end).expect("an end").0
}

#[test]
fn d1_the_policy_is_the_first_meta_and_matches_the_inline_parts_of_every_page() {
    for (dist, deploy) in [("dist", "target/deploy"), ("target/below/dist", "target/below/deploy")] {
        let files = files(dist);
        for page in &pages() {
            let html = text(&files, page);
            let first = between(&html, "<meta ", ">");
            assert!(
                first.starts_with("http-equiv=\"Content-Security-Policy\""),
                "{page}: {first}"
            );
            let policy = between(first, "content=\"", "\"");
            let hash = |tag: &str| {
                let (_, inline) = between(&html, &format!("<{tag}"), &format!("</{tag}>"))
                    .split_once('>')
                    .expect("an element");
                format!("'sha256-{}'", STANDARD.encode(Sha256::digest(inline)))
            };
            let script = format!("script-src 'self' 'wasm-unsafe-eval' {};", hash("script"));
            let style = format!("style-src {};", hash("style"));
            assert!(policy.contains(&script) && policy.contains(&style), "{page}: {policy}");
            assert!(
                !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
                "{policy}"
            );
            for configuration in ["nginx.conf", "Caddyfile"] {
                let shipped = fs::read_to_string(e2e::root(deploy).join(configuration)).expect("a file of the build");
                assert!(shipped.contains(policy), "{configuration}");
            }
            assert!(text(&files, "_headers").contains(&format!("{policy}; frame-ancestors 'none'")));
            assert!(
                !html.contains(" style=") && !html.contains(" onclick="),
                "no inline styles or handlers"
            );
            assert_eq!(
                html.matches("<script").count(),
                2,
                "one script in the page, and one in its own file"
            );
        }
    }
}

#[test]
fn d2_file_names_and_integrity_match_the_final_content() {
    let files = files("dist");
    let assets: Vec<_> = files.keys().filter(|name| name.starts_with("assets/")).collect();
    assert_eq!(
        assets.len(),
        6,
        "the wasm and a script, each with .br and .gz: {assets:?}"
    );
    for page in &pages() {
        let html = text(&files, page);
        let script = between(&html, "<script src=", ">");
        let loader = between(&html, "<script data-", ">");
        for (name, integrity) in [
            (between(script, "\"", "\""), between(script, " integrity=\"", "\"")),
            (
                between(loader, "wasm=\"", "\""),
                between(loader, "data-integrity=\"", "\""),
            ),
        ] {
            let bytes = &files[name];
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(name.contains(&hash[..16]), "{name}: {hash}");
            assert_eq!(integrity, format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))));
        }
    }
}

#[test]
fn d2_every_file_is_precompressed_except_pictures_and_those_that_deployers_edit() {
    let files = files("dist");
    for name in files
        .keys()
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
    {
        let compressed = [".br", ".gz"]
            .iter()
            .all(|end| files.contains_key(&format!("{name}{end}")));
        let is_left = ["config.json", "_headers"].contains(&name.as_str()) || name.ends_with(".png");
        assert_eq!(compressed, !is_left, "{name}");
    }
}

#[test]
fn d5_the_files_reveal_nothing_about_the_build_machine() {
    let home = std::env::var("HOME").expect("a home");
    let here = e2e::root(".").canonicalize().expect("a folder").display().to_string();
    let cargo = std::env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"));
    for (name, bytes) in files("dist") {
        for marker in [
            here.as_str(),
            cargo.as_str(),
            "/.cargo/",
            "crates.io-",
            "/home/",
            "sourceMappingURL",
        ] {
            let found = bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
            assert!(!found, "{name} contains {marker}");
        }
    }
}

#[test]
fn d4_the_pages_name_no_host_except_spotifys() {
    let files = files("dist");
    for page in &pages() {
        let html = text(&files, page);
        for (start, _) in html.match_indices("https://") {
            let host = html[start..].split(['"', ' ', ';']).next().unwrap_or_default();
            assert!(
                ["https://accounts.spotify.com", "https://api.spotify.com"].contains(&host),
                "{host}"
            );
        }
    }
}

#[test]
fn d1_the_policy_and_the_log_in_page_follow_config_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let (dist, servers) = (folder.path().join("dist"), folder.path().join("servers"));
    for (name, bytes) in files("dist") {
        let copy = dist.join(name);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::write(copy, bytes).expect("a copy");
    }
    let finish = |config: &str| {
        fs::write(dist.join("config.json"), config).expect("written");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["run", "--quiet", "--locked", "--package", "release", "--"]);
        cargo.args([&dist, &servers]).output().expect("cargo")
    };
    let config = r#"{"client_id":"abc","scopes":["user-top-read"],"api_url":"https://api.example/v1","token_url":"https://id.example:8443/token"}"#;
    assert!(finish(config).status.success());
    let expected = "connect-src 'self' https://id.example:8443 https://api.example;";
    let written = [
        dist.join("index.html"),
        dist.join("callback/index.html"),
        dist.join("_headers"),
        servers.join("nginx.conf"),
        servers.join("Caddyfile"),
    ];
    for file in &written {
        let text = fs::read_to_string(file).expect("a file");
        assert!(text.contains(expected), "{}", file.display());
        assert_eq!(text.matches("default-src").count(), 1, "{}", file.display());
    }
    let before = fs::read_to_string(&written[0]).expect("a file");
    assert!(before.contains("value=\"user-top-read\""), "{before}");
    assert!(!before.contains("user-read-email"), "{before}");
    assert!(finish(config).status.success());
    assert_eq!(
        fs::read_to_string(&written[0]).expect("a file"),
        before,
        "the command is idempotent"
    );
    let broken = finish("{");
    assert!(!broken.status.success());
    assert!(String::from_utf8_lossy(&broken.stderr).contains("config.json"));
}

#[test]
fn d2_the_manifest_is_requested_with_the_cookies_of_the_host() {
    let files = files("dist");
    for page in &pages() {
        let html = text(&files, page);
        let manifest = between(&html, "<link rel=\"manifest\"", ">");
        assert!(
            manifest.contains("crossorigin=\"use-credentials\""),
            "{page}: {manifest}"
        );
    }
}

#[test]
fn a_checkout_has_the_line_ends_that_the_build_needs_on_every_system() {
    for file in ["index.html", "scripts/build", "src/app.rs", "Cargo.lock"] {
        let mut git = Command::new("git");
        git.args(["check-attr", "eol", "--", file]);
        let output = git
            .current_dir(format!("{}/../..", env!("CARGO_MANIFEST_DIR")))
            .output()
            .expect("git");
        let answer = String::from_utf8(output.stdout).expect("text");
        assert_eq!(answer.trim(), format!("{file}: eol: lf"));
    }
}
