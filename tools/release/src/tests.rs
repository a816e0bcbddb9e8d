use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Error, finish, page_files};

/// A page as Trunk builds it.
const PAGE: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>Any</title><base href=\"/music/\">\
    <script>const a = '<\u{20ac}';</script><script>b();</script><style>b{}</style><style>i{}</style>\
    <script src=\"/music/stagedoor-app.js\" defer data-glue></script><script src=\"/music/start.js\" defer data-app></script></head>\
    <body><!-- A comment --><div id=\"app\" data-prerendered></div><p>Text</p></body></html>";

/// A build of Trunk in a folder of its own.
struct Build(TempDir);

impl Build {
    fn new(config: &str) -> Self {
        let build = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(build.dist()).unwrap();
        for (name, text) in [
            ("index.html", PAGE),
            ("stagedoor-app.js", "let wasm_bindgen;"),
            ("start.js", "wasm_bindgen();"),
            ("stagedoor-app_bg.wasm", "wasm"),
            ("config.json", config),
        ] {
            build.write(name, text);
        }
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
    let policy_of = |page: &str| {
        let start = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"";
        let (_, rest) = page.split_once(start).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let policy = policy_of(&build.read("dist/index.html"));
    for (name, _) in page_files() {
        assert_eq!(policy_of(&build.read(Path::new("dist").join(&name))), policy, "{name}");
    }
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
    let read = || ["dist/index.html", "dist/callback.html", "dist/_headers"].map(|file| build.read(file));
    build.finish().unwrap();
    let before = read();
    build.finish().unwrap();
    assert_eq!(read(), before);
    build.write("config.json", r#"{"api_url":"https://api.example/v1"}"#);
    build.finish().unwrap();
    let expected = before.map(|text| text.replace("https://api.spotify.com", "https://api.example"));
    assert_eq!(read(), expected);
}

#[test]
fn config_json_is_read_as_the_app_reads_it() {
    let build = Build::new("\u{feff}{\r\n  \"api_url\": \"https://api.example/v1\"\r\n}\r\n");
    build.finish().unwrap();
    assert!(build.read("dist/index.html").contains("https://api.example;"));
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
    fs::write(folder.path().join("index.html"), "<p>Hello</p>").unwrap();
    assert!(told(folder.path()).contains("index.html: is not a page of this app: it has no base"));
}

#[test]
fn d2_script_and_wasm_are_named_after_their_content_and_loaded_with_integrity() {
    let build = Build::new("{}");
    build.finish().unwrap();
    // The first 16 digits of the SHA-256 of the glue, a line break and what starts the app; and of the wasm.
    let (script, wasm) = (
        "assets/start-ba8f047aa75183fa.js",
        "assets/stagedoor-336154bf67f765f8.wasm",
    );
    assert_eq!(
        build.read(Path::new("dist").join(script)),
        "let wasm_bindgen;\nwasm_bindgen();"
    );
    assert_eq!(build.read(Path::new("dist").join(wasm)), "wasm");
    for name in ["index.html", "profile.html"] {
        let page = build.read(Path::new("dist").join(name));
        assert!(page.contains(&format!("<script src=\"{script}\" defer data-app integrity=\"sha384-rxbLIczULcTiTVZ7qt2sHzxSnWBwoj+d16HHeWt40ccpPeEmhl/U+oO5zrpcxXFl\"></script>")), "{page}");
        assert!(page.contains(&format!("<script data-wasm=\"{wasm}\" data-integrity=\"sha384-boOOaqkCTcUlfiSLj0sYt5Ko4fy3O7Y0XS3Aba0eU9k1KwMGTQqNxweYTKrQVdvJ\">")), "{page}");
        assert!(page.contains("<style>b{}i{}</style>"), "{page}");
        assert!(!page.contains("stagedoor-app.js") && !page.contains("<!--"), "{page}");
    }
    for gone in ["stagedoor-app.js", "start.js", "stagedoor-app_bg.wasm"] {
        assert!(!build.dist().join(gone).exists(), "{gone}");
    }
}

#[test]
fn d3_every_route_has_a_file_with_its_title_and_its_page() {
    let build = Build::new(r#"{"client_id":"abc"}"#);
    build.finish().unwrap();
    for (name, title, heading) in [
        ("index.html", "Log in", "Log in to see your Spotify profile"),
        ("callback.html", "Finishing your log-in", "Signing you in…"),
        ("music/index.html", "Your music", "Your music"),
        ("404.html", "Page not found", "Page not found"),
    ] {
        let page = build.read(Path::new("dist").join(name));
        assert!(
            page.contains(&format!("<title>{title} – Stagedoor</title>")),
            "{name}: {page}"
        );
        let content = page.split_once("<div id=\"app\" data-prerendered>").unwrap().1;
        assert!(
            content.contains(&format!("<h1 tabindex=\"-1\">{heading}</h1>")),
            "{name}: {content}"
        );
        assert!(
            content.ends_with("</div><p>Text</p></body></html>"),
            "{name}: {content}"
        );
    }
}

/// The boxes to tick in the log-in page of a build.
fn scopes(build: &Build) -> Vec<String> {
    let page = build.read("dist/index.html");
    let boxes = page.split("name=\"scope\" value=\"").skip(1);
    boxes.map(|rest| rest.split_once('"').unwrap().0.to_owned()).collect()
}

#[test]
fn the_log_in_page_is_painted_as_config_json_says_also_after_it_is_edited() {
    let build = Build::new(r#"{"client_id":"abc"}"#);
    build.finish().unwrap();
    assert_eq!(scopes(&build), ["user-read-private", "user-read-email"]);
    build.write("config.json", r#"{"client_id":"abc","scopes":["user-top-read"]}"#);
    build.finish().unwrap();
    assert_eq!(scopes(&build), ["user-top-read"]);
    assert!(build.read("dist/index.html").contains("popovertarget"));
    build.write("config.json", "{}");
    build.finish().unwrap();
    let page = build.read("dist/index.html");
    assert!(
        !page.contains("<button class=\"main log-in\"") && !page.contains("popovertarget"),
        "{page}"
    );
    assert_eq!(scopes(&build), Vec::<String>::new());
}

#[test]
fn connections_are_opened_early_where_the_web_api_is_called_at_once() {
    let api = "<link rel=\"preconnect\" href=\"https://api.spotify.com\" crossorigin>";
    let token = "<link rel=\"preconnect\" href=\"https://accounts.spotify.com\" crossorigin>";
    for (config, expected) in [("{}", api.to_owned()), (r#"{"flow":"pkce"}"#, format!("{token}{api}"))] {
        let build = Build::new(config);
        build.finish().unwrap();
        for name in ["callback.html", "profile/index.html"] {
            assert!(
                build
                    .read(Path::new("dist").join(name))
                    .contains(&format!("form-action 'self'\">{expected}<meta charset")),
                "{name}"
            );
        }
        // The log-in page would tell the servers of everybody who only looks.
        for name in ["index.html", "404.html", "track.html"] {
            assert!(
                !build.read(Path::new("dist").join(name)).contains("preconnect"),
                "{name}"
            );
        }
    }
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
