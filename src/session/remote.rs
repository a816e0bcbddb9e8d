//! A resource of the Web API as a page sees it: on its way, waiting for another try, failed, or there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::{CallError, Session};
use crate::browser::{clock, random, timer};
use crate::spotify::{self, ApiError, RetryDecision};

/// How far the call for a `T` is.
#[derive(Clone, Debug, PartialEq)]
pub enum Remote<T> {
    /// In progress.
    Loading,
    /// Failed; retried at `until`, in milliseconds since the Unix epoch.
    Waiting {
        /// What went wrong.
        error: ApiError,
        /// When it is retried.
        until: u64,
    },
    /// Failed; retried when the person says so.
    Failed {
        /// What went wrong.
        error: ApiError,
        /// The time before which the server asks not to be called, in milliseconds since the Unix epoch.
        not_before: Option<u64>,
    },
    /// There.
    Ready(T),
}

impl Remote<String> {
    /// Parses the body, if it is there, as a `T`.
    fn parse<T: DeserializeOwned>(self) -> Remote<T> {
        match self {
            Self::Loading => Remote::Loading,
            Self::Waiting { error, until } => Remote::Waiting { error, until },
            Self::Failed { error, not_before } => Remote::Failed { error, not_before },
            Self::Ready(body) => serde_json::from_str(&body).map_or(
                Remote::Failed {
                    error: ApiError::Unreadable,
                    not_before: None,
                },
                Remote::Ready,
            ),
        }
    }
}

/// A call for a `T` with its retries. Lives as long as the component that made it.
pub struct RemoteCall<T: Send + Sync + 'static> {
    attempts: Attempts,
    state: RwSignal<Remote<T>>,
}

impl<T: Send + Sync> Copy for RemoteCall<T> {}

impl<T: Send + Sync> Clone for RemoteCall<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: DeserializeOwned + Send + Sync> RemoteCall<T> {
    /// Starts to get `path`.
    pub fn start(session: Session, path: String) -> Self {
        let state = RwSignal::new(Remote::Loading);
        let attempts = Attempts {
            session,
            path: StoredValue::new(path),
            run: StoredValue::new(0),
            show: Callback::new(move |remote: Remote<String>| state.set(remote.parse())),
        };
        attempts.start();
        Self { attempts, state }
    }
}

impl<T: Clone + Send + Sync> RemoteCall<T> {
    /// How far it is.
    pub fn state(self) -> Remote<T> {
        self.state.get()
    }

    /// Tracks how far it is.
    pub fn track(self) {
        self.state.track();
    }

    /// Retries now. An attempt that is in progress or waiting is dropped.
    pub fn retry(self) {
        self.attempts.start();
    }
}

/// The attempts of a call, whatever it is for: compiled once, not once for each model.
#[derive(Clone, Copy)]
struct Attempts {
    session: Session,
    path: StoredValue<String>,
    run: StoredValue<u32>,
    show: Callback<Remote<String>>,
}

impl Attempts {
    fn start(self) {
        self.run.update_value(|run| *run += 1);
        let run = self.run.get_value();
        self.show(run, Remote::Loading);
        spawn_local(self.run(run));
    }

    async fn run(self, run: u32) {
        for attempt in 0.. {
            let Some(path) = self.path.try_get_value() else {
                return;
            };
            let error = match self.session.get(&path).await {
                Ok(body) => return self.show(run, Remote::Ready(body)),
                Err(CallError::SessionEnded) => return,
                Err(CallError::Api(error)) => error,
            };
            let now = clock::now_ms();
            let spread = random::bytes().map_or(0, |bytes| bytes[0]);
            let wait = match spotify::decide(&error, attempt, spread) {
                RetryDecision::RetryIn(wait) => wait,
                RetryDecision::GiveUp { not_before_ms: after } => {
                    let not_before = after.map(|after| now.saturating_add(after));
                    return self.show(run, Remote::Failed { error, not_before });
                }
            };
            self.session.now.try_set(now);
            let until = now + wait;
            self.show(run, Remote::Waiting { error, until });
            timer::sleep(wait).await;
            if self.run.try_get_value() != Some(run) {
                return;
            }
            self.show(run, Remote::Loading);
        }
    }

    /// Shows how far `run` is, unless another one has taken its place or the component is gone.
    fn show(self, run: u32, state: Remote<String>) {
        if self.run.try_get_value() == Some(run) {
            self.show.try_run(state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Remote;
    use crate::spotify::{ApiError, Profile};

    #[test]
    fn h5_a_body_of_another_shape_is_an_error() {
        let parse = |body: &str| Remote::Ready(body.to_owned()).parse::<Profile>();
        assert!(matches!(parse(r#"{"id":"ada"}"#), Remote::Ready(profile) if profile.id == "ada"));
        for body in ["", "<html>", "{}", r#"{"id":"ada""#, "null"] {
            let unreadable = Remote::Failed {
                error: ApiError::Unreadable,
                not_before: None,
            };
            assert_eq!(parse(body), unreadable, "{body}");
        }
    }
}
