//! A second web site at another origin: one page at every path, and a record of the requests it received.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::response::Html;

use crate::site::{ReceivedRequest, serve};

/// The other site. It runs until the runtime of its test ends.
pub struct OtherSite {
    port: u16,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl OtherSite {
    /// Starts on a free port of 127.0.0.1, with `body` as the content of its page.
    pub async fn start(body: &str) -> Self {
        let page = format!("<!doctype html><title>Other site</title><link rel=\"icon\" href=\"data:,\">{body}");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&requests);
        let answer = async move |request: Request| {
            list.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(ReceivedRequest::new(&request));
            Html(page)
        };
        Self {
            port: serve(Router::new().fallback(answer)).await,
            requests,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
