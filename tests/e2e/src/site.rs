//! A plain static file host without any rewrite rule, as cheap web space is. Only `config.json` comes from the test.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::dist;

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
    adds_slashes: bool,
    seen: Vec<Seen>,
}

/// The host. It lives as long as the runtime of its test.
pub struct Site {
    port: u16,
    held: Arc<Mutex<Held>>,
}

impl Site {
    /// Starts on a free port of 127.0.0.1. With `adds_slashes` it redirects a folder without its slash to the one with it,
    /// as some hosts do.
    pub async fn start(adds_slashes: bool) -> Self {
        let held = Arc::new(Mutex::new(Held {
            config: (200, "application/json", "{}".to_owned()),
            adds_slashes,
            seen: Vec::new(),
        }));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&held));
        Self {
            port: serve(router).await,
            held,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The same host by its name, `http://localhost:PORT`.
    pub fn named_origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Sets `config.json`.
    pub fn set_config(&self, config: &Value) {
        self.held().config = (200, "application/json", config.to_string());
    }

    /// Answers `config.json` with this instead.
    pub fn set_raw_config(&self, status: u16, kind: &'static str, text: &str) {
        self.held().config = (status, kind, text.to_owned());
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.held().seen.clone()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        lock(&self.held)
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

async fn answer(State(held): State<Arc<Mutex<Held>>>, request: Request) -> Response {
    let mut held = lock(&held);
    held.seen.push(Seen::new(&request));
    let path = request.uri().path();
    if path == "/config.json" {
        let (status, kind, text) = held.config.clone();
        let status = StatusCode::from_u16(status).expect("a status");
        return (status, [(header::CONTENT_TYPE, kind)], text).into_response();
    }
    if held.adds_slashes && is_folder(path) {
        let query = request.uri().query().map(|query| format!("?{query}"));
        let there = format!("{path}/{}", query.unwrap_or_default());
        return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, there)]).into_response();
    }
    file(path)
}

fn is_folder(path: &str) -> bool {
    dist::files().contains_key(&format!("{path}/index.html"))
}

fn file(path: &str) -> Response {
    let files = dist::files();
    let folder = path.trim_end_matches('/');
    let found = files.get(path).or_else(|| files.get(&format!("{folder}/index.html")));
    let (status, file) = match found {
        Some(file) => (StatusCode::OK, Some(file)),
        None => (StatusCode::NOT_FOUND, files.get("/404.html")),
    };
    match file {
        Some(file) => (status, [(header::CONTENT_TYPE, file.kind)], file.bytes.clone()).into_response(),
        None => status.into_response(),
    }
}
