//! The state of one stand-in, shared between its handlers and [`crate::Standin`]. Kept in memory only.

use crate::{
    authorize::Consents, clients::Clients, fault::Faults, options::Options, request_log::RecordedRequest,
    token_store::TokenStore,
};
use axum::http::request::Parts;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The state that every handler gets.
pub(crate) type SharedState = Arc<Shared>;

/// The state, and the events that can be waited for.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) origin: String,
    state: Mutex<State>,
    received: watch::Sender<usize>,
    released: watch::Sender<usize>,
}

/// The mutable state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) clients: Clients,
    pub(crate) consents: Consents,
    pub(crate) token_store: TokenStore,
    pub(crate) faults: Faults,
    pub(crate) log: Vec<RecordedRequest>,
    pub(crate) violations: Vec<String>,
}

impl Shared {
    pub(crate) fn new(origin: String, options: Options, clients: Clients) -> Self {
        let state = State {
            options,
            clients,
            consents: Consents::default(),
            token_store: TokenStore::default(),
            faults: Faults::default(),
            log: Vec::new(),
            violations: Vec::new(),
        };
        Self {
            origin,
            state: Mutex::new(state),
            received: watch::Sender::new(0),
            released: watch::Sender::new(0),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Logs a request. Its response can be held back from then on until the next [`Shared::release`].
    pub(crate) fn record(&self, parts: &Parts, body: &[u8]) -> Hold {
        let hold = Hold(self.released.subscribe());
        self.state().log.push(RecordedRequest::new(parts, body));
        self.received.send_modify(|count| *count += 1);
        hold
    }

    /// Records a protocol violation.
    pub(crate) fn report_violation(&self, violation: &str) {
        self.state().violations.push(violation.to_owned());
    }

    /// Waits until this many requests for the path were received, not counting preflights.
    pub(crate) async fn received(&self, path: &str, count: usize) {
        let enough = |_: &usize| {
            let state = self.state();
            state
                .log
                .iter()
                .filter(|entry| entry.path == path && entry.method != "OPTIONS")
                .count()
                >= count
        };
        let _ = self.received.subscribe().wait_for(enough).await;
    }

    pub(crate) fn release(&self) {
        self.released.send_modify(|count| *count += 1);
    }
}

/// Holds one response back.
#[derive(Debug)]
pub(crate) struct Hold(watch::Receiver<usize>);

impl Hold {
    /// Waits for the next [`Shared::release`].
    pub(crate) async fn released(mut self) {
        let _ = self.0.changed().await;
    }
}
