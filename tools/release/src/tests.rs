use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Error, finish};

const PAGE: &str = "<!doctype html><html><head>\
    <meta charset=\"utf-8\"><base href=\"/music/\"><script data-wasm=\"a\">const a = '<\u{20ac}';</script><script src=\"b.js\"></script>\
    <style>b{}</style></head><body><p>Text</p></body></html>";

/// A build in a folder of its own.
struct Build(TempDir);

impl Build {
    fn new(config: &str) -> Self {
        let build = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(build.dist().join("callback")).unwrap();
        build.write("index.html", PAGE);
        build.write("callback/index.html", PAGE);
        build.write("config.json", config);
        build
    }

    fn dist(&self) -> PathBuf {
        self.0.path().join("dist")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.dist().join(name), text).unwrap();
    }

    fn read(&self, name: impl AsRef<Path>) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn finish(&self) -> Result<(), Error> {
        finish(&self.dist(), &self.0.path().join("deploy"))
    }
}

#[test]
fn d1_the_policy_is_the_first_thing_in_the_head_of_every_page_and_in_every_header() {
    let build = Build::new("{}");
    build.finish().unwrap();
    let page = build.read("dist/index.html");
    let start = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"";
    let policy = page.split_once(start).unwrap().1.split_once('"').unwrap().0;
    assert_eq!(build.read("dist/callback/index.html"), page);
    for file in ["dist/_headers", "deploy/nginx.conf", "deploy/Caddyfile"] {
        assert!(
            build.read(file).contains(&format!("{policy}; frame-ancestors 'none'")),
            "{file}"
        );
    }
    assert!(build.read("dist/_headers").contains("\n/music/assets/*\n"));
}

#[test]
fn a_second_run_changes_nothing_but_what_config_json_says() {
    let build = Build::new("{}");
    build.finish().unwrap();
    let (page, headers) = (build.read("dist/index.html"), build.read("dist/_headers"));
    build.finish().unwrap();
    assert_eq!(build.read("dist/index.html"), page);
    build.write("config.json", r#"{"api_url":"https://api.example/v1"}"#);
    build.finish().unwrap();
    assert_eq!(
        build.read("dist/_headers"),
        headers.replace("https://api.spotify.com", "https://api.example")
    );
    assert_eq!(
        build.read("dist/index.html"),
        page.replace("https://api.spotify.com", "https://api.example")
    );
}

#[test]
fn config_json_is_read_as_the_app_reads_it() {
    let build = Build::new("\u{feff}{\r\n  \"api_url\": \"https://api.example/v1\"\r\n}\r\n");
    build.finish().unwrap();
    assert!(build.read("dist/index.html").contains("https://api.example "));
}

#[test]
fn a_wrong_config_json_is_told_by_key() {
    let build = Build::new(r#"{"api_url":"http://api.example","clientid":""}"#);
    let told = build.finish().unwrap_err().to_string();
    assert!(
        told.contains("config.json is not valid:\n  api_url: must use https"),
        "{told}"
    );
    assert!(told.contains("\n  clientid: there is no such key"), "{told}");
    let told = Build::new("{").finish().unwrap_err().to_string();
    assert_eq!(told, "config.json is not a JSON object");
}

#[test]
fn what_is_no_build_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let told = |dist: &Path| finish(dist, folder.path()).unwrap_err().to_string();
    assert!(told(&folder.path().join("none")).contains("run `make build` first"));
    assert!(told(folder.path()).contains("there is no page"));
    fs::write(folder.path().join("index.html"), "<p>Hello</p>").unwrap();
    assert!(told(folder.path()).contains("index.html: is not a page of this app: it has no base"));
}

#[test]
fn what_was_compressed_before_is_made_anew() {
    let build = Build::new("{}");
    build.write("gone.js.br", "old");
    build.finish().unwrap();
    assert!(!build.dist().join("gone.js.br").exists());
    for name in ["index.html.br", "index.html.gz", "callback/index.html.br"] {
        assert!(build.dist().join(name).exists(), "{name}");
    }
    assert!(!build.dist().join("config.json.br").exists());
}
