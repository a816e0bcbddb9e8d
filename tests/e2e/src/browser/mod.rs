//! One browser with a profile of its own, driven through a WebDriver server of its own.

mod chromium;
mod firefox;
mod webkit;

use std::env;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

/// Time limit for starting a driver and for closing a browser.
const TIMEOUT: Duration = Duration::from_secs(20);
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// A browser engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium's. The only one that tells its console and its requests.
    #[default]
    Chromium,
    /// Firefox's.
    Firefox,
    /// Safari's, in WebKitGTK's MiniBrowser.
    WebKit,
}

impl Engine {
    /// The one that the environment variable `ENGINE` names; Chromium's where there is none.
    pub(crate) fn of_environment() -> Self {
        match env::var("ENGINE").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("ENGINE is chromium, firefox or webkit, not {other}"),
        }
    }
}

/// A running WebDriver server, and what a session of it needs.
struct Driver {
    port: u16,
    capabilities: Map<String, Value>,
    processes: Vec<Child>,
}

pub(crate) struct Browser {
    pub(crate) client: Client,
    pub(crate) engine: Engine,
    _processes: Vec<Child>,
    folder: TempDir,
}

impl Browser {
    /// Opens a browser. Chromium takes these preferences into its profile.
    pub(crate) async fn open(engine: Engine, prefs: Map<String, Value>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the profile");
        let driver = match engine {
            Engine::Chromium => chromium::start(folder.path(), prefs).await,
            Engine::Firefox => firefox::start(folder.path()).await,
            Engine::WebKit => webkit::start(folder.path()).await,
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(driver.capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("the driver opens a browser");
        Self {
            client,
            engine,
            _processes: driver.processes,
            folder,
        }
    }

    /// The folder of its profile.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the browser, then the driver.
    pub(crate) async fn close(self) {
        let closed = timeout(TIMEOUT, self.client.close()).await;
        if !matches!(closed, Ok(Ok(()))) {
            eprintln!("the browser did not close in time");
        }
    }
}

/// A program whose output is read, and which ends with its handle.
fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Ports of 127.0.0.1 that are free now.
fn free_ports<const N: usize>() -> [u16; N] {
    let listeners = [(); N].map(|()| TcpListener::bind(("127.0.0.1", 0)).expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("an address").port())
}

/// Starts a WebDriver server, and waits until it listens on `port`.
async fn start_server(mut command: Command, port: u16) -> Child {
    let server = command.stdout(Stdio::null()).spawn().expect("the driver starts");
    let deadline = Instant::now() + TIMEOUT;
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        assert!(Instant::now() < deadline, "the driver does not listen");
        sleep(POLL_INTERVAL).await;
    }
    server
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("not an object: {other}"),
    }
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
