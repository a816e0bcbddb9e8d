//! Another web site: one page, at another origin, that writes down who calls.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::response::Html;

use crate::site::{Seen, serve};

/// The other site. It lives as long as the runtime of its test.
pub struct Elsewhere {
    port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Elsewhere {
    /// Starts on a free port of 127.0.0.1, with `body` as the only page at every path.
    pub async fn start(body: &str) -> Self {
        let page = format!("<!doctype html><title>Elsewhere</title><link rel=\"icon\" href=\"data:,\">{body}");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&seen);
        let answer = async move |request: Request| {
            list.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Seen::new(&request));
            Html(page)
        };
        Self {
            port: serve(Router::new().fallback(answer)).await,
            seen,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
