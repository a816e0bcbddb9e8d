//! One headless Chromium with a profile of its own, driven through one chromedriver of its own.

use std::env;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const FLAGS: [&str; 7] = [
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
];

/// Time limit for starting chromedriver and for closing Chromium.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Attempts to start chromedriver.
const ATTEMPTS: usize = 5;

pub(crate) struct Browser {
    pub(crate) client: Client,
    _driver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Opens a browser with these preferences in its profile.
    pub(crate) async fn open(prefs: Map<String, Value>) -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let (driver, port) = start_driver().await;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(profile.path(), prefs))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("chromedriver opens a browser");
        Self {
            client,
            _driver: driver,
            _profile: profile,
        }
    }

    /// Closes the browser, then the driver.
    pub(crate) async fn close(self) {
        let closed = timeout(TIMEOUT, self.client.close()).await;
        if !matches!(closed, Ok(Ok(()))) {
            eprintln!("the browser did not close in time");
        }
    }
}

/// Chromedriver picks a port that is free on IPv4 and exits when it is taken on IPv6, so starting is retried.
async fn start_driver() -> (Child, u16) {
    for _ in 0..ATTEMPTS {
        let mut driver = spawn_driver();
        let output = driver.stdout.take().expect("its output");
        let port = timeout(TIMEOUT, read_port(output)).await;
        if let Some(port) = port.expect("chromedriver prints its port in time") {
            return (driver, port);
        }
    }
    panic!("chromedriver exited {ATTEMPTS} times before it printed its port");
}

fn spawn_driver() -> Child {
    Command::new(find_program("CHROMEDRIVER", &["chromedriver"]))
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("chromedriver starts")
}

/// The port that chromedriver prints, or `None` when it exits first. Keeps draining the output, since a full pipe would block
/// chromedriver.
async fn read_port(output: impl tokio::io::AsyncRead + Unpin + Send + 'static) -> Option<u16> {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let printed = line.rsplit_once("started successfully on port ");
        if let Some(port) = printed.and_then(|(_, port)| port.trim_end_matches('.').parse().ok()) {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some(port);
        }
    }
    None
}

fn capabilities(profile: &Path, mut prefs: Map<String, Value>) -> Map<String, Value> {
    prefs.insert("session.restore_on_startup".to_owned(), json!(4));
    prefs.insert("session.startup_urls".to_owned(), json!(["about:blank"]));
    let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
    flags.push(format!("--user-data-dir={}", profile.display()));
    if belongs_to_root(profile) {
        flags.push("--no-sandbox".to_owned());
    }
    let browser = find_program("CHROME", &["chromium", "google-chrome", "chromium-browser"]);
    let wanted = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "goog:chromeOptions": { "binary": browser, "args": flags, "prefs": prefs },
        "timeouts": { "script": 20_000, "pageLoad": 20_000 },
    });
    match wanted {
        Value::Object(wanted) => wanted,
        _ => Map::new(),
    }
}

/// Whether root owns this new folder, and so runs the tests. Chromium refuses to start with its sandbox as root.
fn belongs_to_root(new_folder: &Path) -> bool {
    std::fs::metadata(new_folder).is_ok_and(|metadata| metadata.uid() == 0)
}

/// The program named by an environment variable, or the first of `names` on PATH.
pub(crate) fn find_program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(named) = env::var_os(variable) {
        return named.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).collect();
    let candidates = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates
        .into_iter()
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("none of {names:?} is on PATH; set {variable}"))
}
