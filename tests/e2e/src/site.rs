//! A plain static file host without any rewrite rule, as cheap web space is. Only `config.json` comes from the test.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::dist;
use crate::host::Host;
use crate::server::Server;

/// A request that a host has received.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The path, still escaped.
    pub path: String,
    /// The query without its `?`; empty when there was none.
    pub query: String,
    /// All headers as text, one `name: value` a line.
    pub headers: String,
}

impl Seen {
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

struct Held {
    config: (u16, &'static str, String),
    host: Host,
    seen: Vec<Seen>,
    spoiled: Option<&'static str>,
}

struct Shared {
    held: Mutex<Held>,
    /// How the paths end that have to wait for their answers.
    waiting: watch::Sender<Option<&'static str>>,
}

/// The host. It lives as long as the runtime of its test.
pub struct Site {
    origin: String,
    base: &'static str,
    shared: Arc<Shared>,
    server: Option<Server>,
}

impl Site {
    /// Starts on a free port of 127.0.0.1.
    pub async fn start(host: Host) -> Self {
        let shared = Arc::new(Shared {
            held: Mutex::new(Held {
                config: (200, "application/json", "{}".to_owned()),
                host,
                seen: Vec::new(),
                spoiled: None,
            }),
            waiting: watch::Sender::new(None),
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
            base: host.base(),
            shared,
            server,
        }
    }

    /// Where the app is, without a slash at its end: `http://127.0.0.1:PORT`, and the path that it is served below.
    pub fn origin(&self) -> String {
        format!("{}{}", self.origin, self.base)
    }

    /// The same host by its name, `http://localhost:PORT`.
    pub fn named_origin(&self) -> String {
        self.origin().replace("127.0.0.1", "localhost")
    }

    /// Sets `config.json`.
    pub fn set_config(&self, config: &Value) {
        self.set_raw_config(200, "application/json", &config.to_string());
    }

    /// Answers `config.json` with this instead. A server of its own takes the text alone.
    pub fn set_raw_config(&self, status: u16, kind: &'static str, text: &str) {
        self.held().config = (status, kind, text.to_owned());
        if let Some(server) = &self.server {
            server.write("config.json", text);
        }
    }

    /// From now on files whose names begin or end so get no answer, until [`Site::lets_go`].
    pub fn holds_back(&self, part: &'static str) {
        self.shared.waiting.send_replace(Some(part));
    }

    /// Answers what was held back.
    pub fn lets_go(&self) {
        self.shared.waiting.send_replace(None);
    }

    /// From now on files whose names begin or end so come with an addition that changes nothing but their hash.
    pub fn spoils(&self, part: &'static str) {
        self.held().spoiled = Some(part);
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.held().seen.clone()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        lock(&self.shared.held)
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

fn lock(held: &Mutex<Held>) -> MutexGuard<'_, Held> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    lock(&shared.held).seen.push(Seen::new(&request));
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let fits = |part: &str| name.starts_with(part) || name.ends_with(part);
    let is_free = |part: &Option<&str>| part.is_none_or(|part| !fits(part));
    let _ = shared.waiting.subscribe().wait_for(is_free).await;
    let held = lock(&shared.held);
    let Some(path) = path.strip_prefix(held.host.base()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if path == "/config.json" {
        let (status, kind, text) = held.config.clone();
        let status = StatusCode::from_u16(status).expect("a status");
        return (status, [(header::CONTENT_TYPE, kind)], text).into_response();
    }
    let files = dist::files(held.host.dist());
    let inner = format!("{}/index.html", path.trim_end_matches('/'));
    if held.host == Host::AddsSlashes && !path.ends_with('/') && files.contains_key(&inner) {
        let query = request.uri().query().map(|query| format!("?{query}"));
        let there = format!("{path}/{}", query.unwrap_or_default());
        return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, there)]).into_response();
    }
    let found = match held.host {
        Host::FilesOnly if path != "/" => files.get(path),
        _ => files.get(path).or_else(|| files.get(&inner)),
    };
    let status = found.map_or(StatusCode::NOT_FOUND, |_| StatusCode::OK);
    let Some(file) = found.or_else(|| files.get("/404.html")) else {
        return status.into_response();
    };
    let mut bytes = file.bytes.clone();
    if held.spoiled.is_some_and(fits) {
        // What means nothing in either kind of file: an empty custom section, an empty line.
        bytes.extend(if name.ends_with(".wasm") {
            &b"\0\x01\0"[..]
        } else {
            b"\n"
        });
    }
    (status, [(header::CONTENT_TYPE, file.kind)], bytes).into_response()
}
