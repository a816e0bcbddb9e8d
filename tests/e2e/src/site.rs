//! The host of the app: a static file host without rewrite rules. Tests set its `config.json` and make it slow, failing or
//! malicious.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::cache::{Cache, OldPages};
use crate::dist;
use crate::host::Host;
use crate::server::Server;
use crate::user::FAKE_CLOCK;

/// How long to wait for requests.
const TIMEOUT: Duration = Duration::from_secs(15);
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// A request that a host received.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    /// The path, still escaped.
    pub path: String,
    /// The query without its `?`; empty when there was none.
    pub query: String,
    /// All headers as text, one `name: value` per line.
    pub headers: String,
}

impl ReceivedRequest {
    pub(crate) fn new(request: &Request) -> Self {
        Self {
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: as_text(request.headers()),
        }
    }
}

fn as_text(headers: &HeaderMap) -> String {
    let line = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()))
    };
    headers.iter().map(line).collect()
}

struct SiteState {
    config: (u16, &'static str, String),
    host: Host,
    requests: Vec<ReceivedRequest>,
    tampered: Option<&'static str>,
    failing: Option<Failing>,
    old_pages: Option<OldPages>,
    policy: Option<&'static str>,
    sends_referrer_policy: bool,
    /// Run before those of the page.
    scripts: String,
    /// What the clocks of pages are off by, in milliseconds, where they are fake.
    clock: Option<i64>,
    /// Those of the body of an example's page.
    attributes: String,
}

/// Collects what goes wrong on a page, for [`Site::collects_errors`]: uncaught errors, violations of the policy, and what is logged
/// as a warning or an error. Where there is no storage, nothing is collected.
const COLLECTOR: &str = "(() => {
    const { getItem, setItem } = Storage.prototype;
    const collect = (what) => {
        try {
            const all = JSON.parse(getItem.call(sessionStorage, 'collected') ?? '[]');
            setItem.call(sessionStorage, 'collected', JSON.stringify([...all, `${location.pathname}: ${what}`]));
        } catch {}
    };
    addEventListener('error', ({ message }) => collect(message));
    addEventListener('unhandledrejection', ({ reason }) => collect(`rejected: ${reason}`));
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => collect(`${effectiveDirective} against ${blockedURI}`));
    for (const level of ['warn', 'error']) {
        const log = console[level];
        console[level] = (...words) => { collect(words.join(' ')); log.apply(console, words); };
    }
})()";
/// Where [`Site::injects`] serves its scripts.
const INJECTED_PATH: &str = "/injected.js";

/// Files that are answered with 503.
struct Failing {
    part: &'static str,
    times: usize,
}

struct Shared {
    state: Mutex<SiteState>,
    /// The files whose answers are held back.
    held: watch::Sender<Option<&'static str>>,
}

/// The host. It runs until the runtime of its test ends.
pub struct Site {
    origin: String,
    host: Host,
    shared: Arc<Shared>,
    server: Option<Server>,
}

impl Site {
    /// Starts on a free port of 127.0.0.1.
    pub async fn start(host: Host) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::new(SiteState {
                config: (200, "application/json", "{}".to_owned()),
                host,
                requests: Vec::new(),
                tampered: None,
                failing: None,
                old_pages: None,
                policy: None,
                sends_referrer_policy: false,
                scripts: String::new(),
                clock: None,
                attributes: String::new(),
            }),
            held: watch::Sender::new(None),
        });
        let server = match host {
            Host::Nginx => Some(Server::nginx().await),
            Host::Caddy => Some(Server::caddy().await),
            _ => None,
        };
        let port = match &server {
            Some(server) => server.port(),
            None => serve(Router::new().fallback(answer).with_state(Arc::clone(&shared))).await,
        };
        Self {
            origin: format!("http://127.0.0.1:{port}"),
            host,
            shared,
            server,
        }
    }

    /// The base URL of the app without a trailing slash: `http://127.0.0.1:PORT` and the base path.
    pub fn origin(&self) -> String {
        format!("{}{}", self.origin, self.host.base())
    }

    /// The kind of host.
    pub(crate) fn host(&self) -> Host {
        self.host
    }

    /// Sets the attributes of the body of an example's page.
    pub fn set_attributes(&self, attributes: String) {
        self.state().attributes = attributes;
    }

    /// The same base URL with the host name `localhost`.
    pub fn localhost_origin(&self) -> String {
        self.origin().replace("127.0.0.1", "localhost")
    }

    /// Sets `config.json`.
    pub fn set_config(&self, config: &Value) {
        self.set_raw_config(200, "application/json", &config.to_string());
    }

    /// Answers `config.json` with this status, content type and text. nginx and Caddy use the text only.
    pub fn set_raw_config(&self, status: u16, kind: &'static str, text: &str) {
        self.state().config = (status, kind, text.to_owned());
        if let Some(server) = &self.server {
            server.write("config.json", text);
        }
    }

    /// Holds back the answers for files whose names begin or end with `part`, until [`Site::release`].
    pub fn hold(&self, part: &'static str) {
        self.shared.held.send_replace(Some(part));
    }

    /// Sends the answers that [`Site::hold`] holds back.
    pub fn release(&self) {
        self.shared.held.send_replace(None);
    }

    /// Serves files whose names begin or end with `part` with an addition that changes nothing but their hash.
    pub fn tampers_with(&self, part: &'static str) {
        self.state().tampered = Some(part);
    }

    /// Answers the next `times` requests for files whose names begin or end with `part` with 503. 0 stops that.
    pub fn fails_next(&self, part: &'static str, times: usize) {
        self.state().failing = Some(Failing { part, times });
    }

    /// From now on pages come from a cache, in an old version whose file `part…` is gone.
    pub fn serves_old_pages(&self, cache: Cache, part: &'static str) {
        self.state().old_pages = Some(OldPages::new(cache, part));
    }

    /// From now on pages come in the new version.
    pub fn serves_new_pages(&self) {
        self.state().old_pages = None;
    }

    /// Sends this Content-Security-Policy with every file, beside the one in the page.
    pub fn sends_policy(&self, policy: &'static str) {
        self.state().policy = Some(policy);
    }

    /// Sends `Referrer-Policy: no-referrer` with every file.
    pub(crate) fn sends_referrer_policy(&self) {
        self.state().sends_referrer_policy = true;
    }

    /// From now on every page begins with a script that collects what goes wrong on it, for [`crate::User::leaks_nothing`].
    pub(crate) fn collects_errors(&self) {
        self.injects(COLLECTOR);
    }

    /// From now on every page begins with this script, after those that it began with before.
    pub fn injects(&self, script: &str) {
        let scripts = &mut self.state().scripts;
        *scripts += &format!("{{ {script} }}\n");
    }

    /// From now on every page begins with a fake clock that is off by this many milliseconds.
    pub(crate) fn sets_clock(&self, milliseconds: i64) {
        self.state().clock = Some(milliseconds);
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.state().requests.clone()
    }

    /// The number of requests so far for files whose names begin or end with `part`.
    pub fn count_requests(&self, part: &str) -> usize {
        count_files(&self.requests(), part)
    }

    /// Like [`Site::count_requests`], counted from the last request for `path`.
    pub fn count_requests_since(&self, path: &str, part: &str) -> usize {
        let requests = self.requests();
        let start = requests.iter().rposition(|request| request.path == path);
        count_files(&requests[start.unwrap_or_default()..], part)
    }

    /// Waits for this many requests for files whose names begin or end with `part`, counted from the start.
    ///
    /// # Panics
    /// When they are not received in time.
    pub async fn wait_for_requests(&self, part: &str, count: usize) {
        let received = async {
            while self.count_requests(part) < count {
                sleep(POLL_INTERVAL).await;
            }
        };
        let in_time = timeout(TIMEOUT, received).await.is_ok();
        assert!(in_time, "request {count} for {part} was not received");
    }

    fn state(&self) -> MutexGuard<'_, SiteState> {
        lock(&self.shared.state)
    }
}

/// Serves `router` on a free port of 127.0.0.1, and returns the port.
pub(crate) async fn serve(router: Router) -> u16 {
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    let listener = TcpListener::bind(free).await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

fn lock(state: &Mutex<SiteState>) -> MutexGuard<'_, SiteState> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    lock(&shared.state).requests.push(ReceivedRequest::new(&request));
    let name = file_name(&path);
    let is_free = |held: &Option<&str>| held.is_none_or(|part| !matches(name, part));
    let _ = shared.held.subscribe().wait_for(is_free).await;
    let mut state = lock(&shared.state);
    if state.fails(name) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match path.strip_prefix(state.host.base()) {
        Some("/config.json") => state.config(),
        Some(INJECTED_PATH) => {
            let kind = [
                (header::CONTENT_TYPE, "text/javascript"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (kind, state.injected()).into_response()
        }
        Some(path) => state.file(path, request.uri(), request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn count_files(requests: &[ReceivedRequest], part: &str) -> usize {
    let files = requests.iter().map(|request| file_name(&request.path));
    files.filter(|name| matches(name, part)).count()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether a file name begins or ends with `part`.
fn matches(name: &str, part: &str) -> bool {
    name.starts_with(part) || name.ends_with(part)
}

impl SiteState {
    /// Whether this request for a file fails; counts it.
    fn fails(&mut self, name: &str) -> bool {
        let failing = self.failing.as_mut();
        let Some(failing) = failing.filter(|failing| failing.times > 0 && matches(name, failing.part)) else {
            return false;
        };
        failing.times -= 1;
        true
    }

    /// The scripts that every page begins with.
    fn injected(&self) -> String {
        let clock = self
            .clock
            .map(|shift| format!("window.clockShift = {shift};\n{FAKE_CLOCK}\n"));
        clock.unwrap_or_default() + &self.scripts
    }

    fn config(&self) -> Response {
        let (status, kind, text) = self.config.clone();
        let status = StatusCode::from_u16(status).expect("a status");
        (status, [(header::CONTENT_TYPE, kind)], text).into_response()
    }

    fn file(&mut self, path: &str, uri: &Uri, headers: &HeaderMap) -> Response {
        let files = dist::files(self.host.dist());
        let index = format!("{}/index.html", path.trim_end_matches('/'));
        if self.host == Host::AddsSlashes && !path.ends_with('/') && files.contains_key(&index) {
            let query = uri.query().map(|query| format!("?{query}"));
            let location = format!("{path}/{}", query.unwrap_or_default());
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response();
        }
        let found = match self.host {
            Host::FilesOnly if path != "/" => files.get(path),
            _ => files.get(path).or_else(|| files.get(&index)),
        };
        let (found, fallback) = match self.host {
            Host::SinglePage | Host::Router => (found.or_else(|| files.get("/index.html")), None),
            _ => (found, files.get("/404.html")),
        };
        let status = found.map_or(StatusCode::NOT_FOUND, |_| StatusCode::OK);
        let Some(file) = found.or(fallback) else {
            return status.into_response();
        };
        let mut bytes = file.bytes.clone();
        let name = file_name(path);
        if self.tampered.is_some_and(|part| matches(name, part)) {
            bytes.extend(harmless_addition(name));
        }
        if let Some(old_pages) = &mut self.old_pages
            && file.kind.starts_with("text/html")
            && old_pages.answer(uri, headers)
        {
            let part = old_pages.part;
            let page = String::from_utf8_lossy(&bytes);
            bytes = page
                .replace(&format!("assets/{part}"), &format!("assets/old-{part}"))
                .into();
        }
        if matches!(self.host, Host::Minimal | Host::Router) && file.kind.starts_with("text/html") {
            let page = String::from_utf8_lossy(&bytes);
            bytes = page
                .replace("data-server=\"http://127.0.0.1:8889\"", &self.attributes)
                .into();
        }
        if !self.injected().is_empty() && file.kind.starts_with("text/html") {
            let page = String::from_utf8_lossy(&bytes);
            let script = format!(
                "<meta charset=\"utf-8\" /><script src=\"{}{INJECTED_PATH}\" referrerpolicy=\"no-referrer\"></script>",
                self.host.base()
            );
            bytes = page.replacen("<meta charset=\"utf-8\" />", &script, 1).into();
        }
        let mut response = (status, [(header::CONTENT_TYPE, file.kind)], bytes).into_response();
        if self.sends_referrer_policy {
            let value = HeaderValue::from_static("no-referrer");
            response.headers_mut().insert(header::REFERRER_POLICY, value);
        }
        if let Some(policy) = self.policy {
            let value = HeaderValue::from_static(policy);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
        }
        response
    }
}

/// Bytes that change the hash of a file but not its meaning: an empty custom section of a wasm, an empty line elsewhere.
fn harmless_addition(name: &str) -> &'static [u8] {
    if name.ends_with(".wasm") { b"\0\x01\0" } else { b"\n" }
}
