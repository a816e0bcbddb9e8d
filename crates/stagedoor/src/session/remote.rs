//! A resource of the Web API as a page sees it: on its way, waiting for another try, failed, or there.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::Session;
use super::core::CallId;
use crate::api::{self, ApiError, RetryDecision};
use crate::browser::{clock, random, timer};

/// How far a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Its first attempt is in progress.
    Loading,
    /// Failed; retried at `until`, in milliseconds since the Unix epoch.
    Waiting {
        /// What went wrong.
        failure: Failure,
        /// When it is retried.
        until: u64,
    },
    /// Failed; another attempt is in progress. What went wrong before.
    Retrying(Failure),
    /// Failed; retried when the person says so.
    Failed {
        /// What went wrong.
        failure: Failure,
        /// The time before which the server asks not to be called, in milliseconds since the Unix epoch.
        not_before: Option<u64>,
    },
    /// The result is there.
    Done,
}

/// What went wrong. The same through all attempts that go wrong the same way, until the person asks for another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The error.
    pub error: ApiError,
    run: u32,
}

impl Failure {
    /// Whether the person had asked for another attempt.
    pub fn is_again(&self) -> bool {
        self.run > 1
    }
}

impl Progress {
    /// What went wrong last.
    fn failure(self) -> Option<Failure> {
        match self {
            Self::Waiting { failure, .. } | Self::Retrying(failure) | Self::Failed { failure, .. } => Some(failure),
            Self::Loading | Self::Done => None,
        }
    }

    /// The same, with an attempt in progress.
    fn retried(self) -> Self {
        self.failure().map_or(Self::Loading, Self::Retrying)
    }
}

/// A call for a `T` with its retries. Lives as long as the component that made it.
pub struct RemoteCall<T> {
    /// Its attempts.
    pub attempts: Attempts,
    result: PhantomData<fn() -> T>,
}

impl<T> Copy for RemoteCall<T> {}

impl<T> Clone for RemoteCall<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> RemoteCall<T> {
    /// Starts to get `path`.
    pub fn start(session: Session, path: String) -> Self {
        let attempts = Attempts {
            session,
            path: StoredValue::new(path),
            run: StoredValue::new(0),
            call: StoredValue::new(0),
            progress: RwSignal::new(Progress::Loading),
            parse: parse::<T>,
            value: RwSignal::new(None),
        };
        attempts.start();
        on_cleanup(move || attempts.abort());
        Self {
            attempts,
            result: PhantomData,
        }
    }

    /// The result, once it is there.
    pub fn value(self) -> Option<T> {
        self.attempts.value.get()?.downcast_ref().cloned()
    }
}

/// A result of any type.
type Value = Arc<dyn Any + Send + Sync>;

fn parse<T: DeserializeOwned + Send + Sync + 'static>(body: &str) -> Option<Value> {
    let value: T = serde_json::from_str(body).ok()?;
    Some(Arc::new(value))
}

/// The attempts of a call, whatever it is for: compiled once, not once for each model.
#[derive(Clone, Copy)]
pub struct Attempts {
    session: Session,
    path: StoredValue<String>,
    run: StoredValue<u32>,
    /// The number of the call in progress, or of the last one.
    call: StoredValue<u32>,
    progress: RwSignal<Progress>,
    parse: fn(&str) -> Option<Value>,
    value: RwSignal<Option<Value>>,
}

impl Attempts {
    /// How far the call is.
    pub fn progress(self) -> Progress {
        self.progress.get()
    }

    /// What went wrong last.
    pub fn failure(self) -> Memo<Option<Failure>> {
        Memo::new(move |_| self.progress.get().failure())
    }

    /// Retries now. An attempt that is in progress or waiting is dropped.
    pub fn retry(self) {
        self.abort();
        self.progress.update(|progress| *progress = progress.clone().retried());
        self.start();
    }

    /// Aborts the call in progress.
    fn abort(self) {
        if let Some(call) = self.call.try_get_value() {
            self.session.abort_call(CallId(call));
        }
    }

    fn start(self) {
        self.run.update_value(|run| *run += 1);
        let run = self.run.get_value();
        // Not while a view is made, which may depend on what a call changes.
        spawn_local(async move { self.attempt(run, 0) });
    }

    fn attempt(self, run: u32, attempt: usize) {
        if self.is_current(run)
            && let Some(path) = self.path.try_get_value()
        {
            let call = self
                .session
                .call(Some(path), move |result| self.finish(run, attempt, result));
            self.call.try_set_value(call.0);
        }
    }

    /// Whether no other run has taken the place of this one, and the component is still there.
    fn is_current(self, run: u32) -> bool {
        self.run.try_get_value() == Some(run)
    }

    fn finish(self, run: u32, attempt: usize, result: Result<String, ApiError>) {
        if !self.is_current(run) {
            return;
        }
        let error = match result {
            Ok(body) => {
                if let Some(value) = (self.parse)(&body) {
                    self.value.set(Some(value));
                    return self.progress.set(Progress::Done);
                }
                ApiError::Unreadable
            }
            Err(error) => error,
        };
        let now = clock::now_ms();
        let decision = api::decide(&error, attempt, random::jitter());
        let failure = Failure { error, run };
        match decision {
            RetryDecision::GiveUp { not_before_ms: after } => {
                let not_before = after.map(|after| now.saturating_add(after));
                self.progress.set(Progress::Failed { failure, not_before });
            }
            RetryDecision::RetryIn(wait) => {
                self.session.now.try_set(now);
                let until = now + wait;
                self.progress.set(Progress::Waiting { failure, until });
                timer::call_later(wait, move || {
                    if self.is_current(run) {
                        self.progress.update(|progress| *progress = progress.clone().retried());
                        self.attempt(run, attempt + 1);
                    }
                });
            }
        }
    }
}
