//! One headless Chromium with a profile of its own, driven through one chromedriver of its own.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

use super::{Driver, TIMEOUT, find_program, program};

const FLAGS: [&str; 7] = [
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
];

/// Attempts to start chromedriver.
const ATTEMPTS: usize = 5;

/// Starts chromedriver, for a Chromium with these preferences in the profile in `folder`.
pub(super) async fn start(folder: &Path, prefs: Map<String, Value>) -> Driver {
    let (driver, port) = start_driver().await;
    Driver {
        port,
        capabilities: capabilities(folder, prefs),
        processes: vec![driver],
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
    program(&find_program("CHROMEDRIVER", &["chromedriver"]))
        .arg("--port=0")
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
    super::object(json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "goog:chromeOptions": { "binary": browser, "args": flags, "prefs": prefs },
        "timeouts": { "script": 20_000, "pageLoad": 20_000 },
    }))
}

/// Whether root owns this new folder, and so runs the tests. Chromium refuses to start with its sandbox as root.
fn belongs_to_root(new_folder: &Path) -> bool {
    std::fs::metadata(new_folder).is_ok_and(|metadata| metadata.uid() == 0)
}
