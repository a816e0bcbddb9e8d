//! The memory of one stand-in, shared between its handlers and the handle that controls it. Nothing outlives it.

use crate::{authorize::Consents, clients::Clients, fault::Faults, options::Options, record::Recorded, vault::Vault};
use axum::http::request::Parts;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// What each handler gets.
pub(crate) type Memory = Arc<Shared>;

/// The memory, and the two things that can be waited for.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) origin: String,
    state: Mutex<State>,
    received: watch::Sender<usize>,
    released: watch::Sender<usize>,
}

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) clients: Clients,
    pub(crate) consents: Consents,
    pub(crate) vault: Vault,
    pub(crate) faults: Faults,
    pub(crate) log: Vec<Recorded>,
    pub(crate) complaints: Vec<String>,
}

impl Shared {
    pub(crate) fn new(origin: String, options: Options, clients: Clients) -> Self {
        let state = State {
            options,
            clients,
            consents: Consents::default(),
            vault: Vault::default(),
            faults: Faults::default(),
            log: Vec::new(),
            complaints: Vec::new(),
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

    /// Logs a request. It can be held from then on until the next [`Shared::release`].
    pub(crate) fn record(&self, parts: &Parts, body: &[u8]) -> Hold {
        let hold = Hold(self.released.subscribe());
        self.state().log.push(Recorded::new(parts, body));
        self.received.send_modify(|count| *count += 1);
        hold
    }

    /// Notes something that a correct client never does.
    pub(crate) fn complain(&self, complaint: &str) {
        self.state().complaints.push(complaint.to_owned());
    }

    /// Waits until this many requests for the path have come, preflights aside.
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
        let _sender_lives_as_long_as_self = self.received.subscribe().wait_for(enough).await.is_ok();
    }

    pub(crate) fn release(&self) {
        self.released.send_modify(|count| *count += 1);
    }
}

/// Holds one request back.
#[derive(Debug)]
pub(crate) struct Hold(watch::Receiver<usize>);

impl Hold {
    /// Waits for the next [`Shared::release`].
    pub(crate) async fn released(mut self) {
        let _sender_lives_as_long_as_the_server = self.0.changed().await.is_ok();
    }
}
