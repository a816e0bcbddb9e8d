//! One headless Chromium with a profile of its own, driven through one chromedriver of its own.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

use super::{Driver, SiteData, TIMEOUT, find_program, program};

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

/// Starts chromedriver, for a Chromium with its profile in `folder`.
pub(super) async fn start(folder: &Path, site_data: SiteData) -> Driver {
    let (driver, port) = start_driver(folder).await;
    Driver {
        port,
        capabilities: capabilities(folder, site_data),
        processes: vec![driver],
    }
}

/// Chromedriver picks a port that is free on IPv4 and exits when it is taken on IPv6, so starting is retried.
async fn start_driver(folder: &Path) -> (Child, u16) {
    for _ in 0..ATTEMPTS {
        let mut driver = spawn_driver(folder);
        let output = driver.stdout.take().expect("its output");
        let port = timeout(TIMEOUT, read_port(output)).await;
        if let Some(port) = port.expect("chromedriver prints its port in time") {
            return (driver, port);
        }
    }
    panic!("chromedriver exited {ATTEMPTS} times before it printed its port");
}

fn spawn_driver(folder: &Path) -> Child {
    program(&find_program("CHROMEDRIVER", &["chromedriver"]), folder)
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

fn capabilities(profile: &Path, site_data: SiteData) -> Map<String, Value> {
    // What chrome://settings calls: 1, allow; 2, block.
    let cookies = if site_data == SiteData::Blocked { 2 } else { 1 };
    let prefs = json!({
        "session.restore_on_startup": 4,
        "session.startup_urls": ["about:blank"],
        "profile.default_content_setting_values.cookies": cookies,
    });
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
