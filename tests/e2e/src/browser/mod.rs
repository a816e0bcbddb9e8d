//! One browser with a profile of its own, driven through a WebDriver server of its own, for one test after the other.

mod chromium;
mod firefox;
mod webkit;

use std::env;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::runtime::{self, Runtime};
use tokio::time::{Instant, sleep, timeout};

use crate::logs::Logs;

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

/// Whether pages may keep data in the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SiteData {
    #[default]
    Allowed,
    Blocked,
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
    site_data: SiteData,
    /// Its width and height.
    window: (u32, u32),
    _processes: Vec<Child>,
    folder: PathBuf,
}

/// Runs what belongs to browsers, which outlive the runtime of a test.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = runtime::Builder::new_multi_thread();
    runtime.worker_threads(1).enable_all().build().expect("a runtime")
});

/// Browsers that a test has given back: to start one takes longer than most tests.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

impl Browser {
    /// Opens a browser, or takes one that a test before has given back.
    pub(crate) async fn open(engine: Engine, site_data: SiteData) -> Self {
        let idle = match site_data {
            SiteData::Allowed => IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop(),
            SiteData::Blocked => None,
        };
        match idle {
            Some(browser) => browser,
            None => RUNTIME.spawn(Self::start(engine, site_data)).await.expect("a browser"),
        }
    }

    async fn start(engine: Engine, site_data: SiteData) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the profile").keep();
        let driver = match engine {
            Engine::Chromium => chromium::start(&folder, site_data).await,
            Engine::Firefox => firefox::start(&folder, site_data).await,
            Engine::WebKit => webkit::start(&folder).await,
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(driver.capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("the driver opens a browser");
        let (width, height) = client.get_window_size().await.expect("the size of the window");
        Self {
            client,
            engine,
            site_data,
            window: (
                u32::try_from(width).expect("a width"),
                u32::try_from(height).expect("a height"),
            ),
            _processes: driver.processes,
            folder,
        }
    }

    /// Gives the browser back for the next test, with one new tab and nothing in its logs; closes it where that can't be done.
    pub(crate) async fn give_back(self) {
        match timeout(TIMEOUT, self.become_as_new()).await {
            Ok(Ok(())) if self.site_data == SiteData::Allowed => {
                IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
            }
            _ => self.close().await,
        }
    }

    /// Each test has an origin of its own, so what pages have stored reaches no other. Cookies do not mind the port.
    async fn become_as_new(&self) -> Result<(), CmdError> {
        let client = &self.client;
        client.delete_all_cookies().await?;
        let tabs = client.windows().await?;
        let new = client.new_window(true).await?.handle;
        for tab in tabs {
            client.switch_to_window(tab).await?;
            client.close_window().await?;
        }
        client.switch_to_window(new).await?;
        if self.engine == Engine::Chromium {
            Logs::default().collect(self).await;
        } else {
            let (width, height) = self.window;
            client.set_window_size(width, height).await?;
        }
        Ok(())
    }

    /// Closes the browser, then the driver.
    pub(crate) async fn close(self) {
        let closed = timeout(TIMEOUT, self.client.close()).await;
        if !matches!(closed, Ok(Ok(()))) {
            eprintln!("the browser did not close in time");
        }
    }

    /// The folder of its profile.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Starts a program that is sent its end on its standard input.
const UNTIL_END: &str = r#""$@" & exec >/dev/null; read -r _; trap "" TERM; kill 0; wait; sleep 1; rm -rf "$0""#;

/// A program whose output is read. It ends, with all that it started, when its handle is dropped or this process ends, and takes
/// `folder` along.
fn program(path: &Path, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(UNTIL_END)
        .arg(folder)
        .arg(path)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
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
