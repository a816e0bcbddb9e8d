//! Something from the Web API as a page sees it: on its way, waiting for another try, failed, or there.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{CallError, Session};
use crate::browser::{clock, random, timer};
use crate::json::Value;
use crate::spotify::{self, ApiError, Model, Next};

/// Something from the Web API.
#[derive(Clone, Debug, PartialEq)]
pub enum Remote {
    /// Under way.
    Loading,
    /// Failed for now; tried again at `until`, in milliseconds since the Unix epoch.
    Waiting {
        /// What went wrong.
        error: ApiError,
        /// When it is tried again.
        until: u64,
    },
    /// Failed; tried again when the person says so.
    Failed {
        /// What went wrong.
        error: ApiError,
        /// The time before which the server asks not to be called, in milliseconds since the Unix epoch.
        not_before: Option<u64>,
    },
    /// There, and readable as what was asked for.
    Ready(Arc<Value>),
}

/// A call with its tries. Lives as long as the component that made it.
#[derive(Clone, Copy)]
pub struct RemoteCall {
    session: Session,
    path: StoredValue<String>,
    fits: fn(&Value) -> bool,
    state: RwSignal<Remote>,
    run: StoredValue<u32>,
}

impl RemoteCall {
    /// Begins to get `path`, which answers with a `T`.
    pub fn start<T: Model>(session: Session, path: String) -> Self {
        Self::begin(session, path, |value| T::read(value).is_some())
    }

    fn begin(session: Session, path: String, fits: fn(&Value) -> bool) -> Self {
        let call = Self {
            session,
            path: StoredValue::new(path),
            fits,
            state: RwSignal::new(Remote::Loading),
            run: StoredValue::new(0),
        };
        call.again();
        call
    }

    /// How far it is.
    pub fn state(self) -> Remote {
        self.state.get()
    }

    /// Tries again now. A try that is under way or waiting gives way to this one.
    pub fn again(self) {
        self.state.set(Remote::Loading);
        self.run.update_value(|run| *run += 1);
        spawn_local(self.attempts(self.run.get_value()));
    }

    async fn attempts(self, run: u32) {
        // A turn of its own, so that the page that asks is shown first.
        timer::sleep(0).await;
        for attempt in 0.. {
            let Some(path) = self.path.try_get_value() else {
                return;
            };
            let answer = self.session.get(&path).await;
            let wait = match answer {
                Ok(value) if (self.fits)(&value) => return self.show(run, Remote::Ready(Arc::new(value))),
                Ok(_) => {
                    let error = ApiError::Unreadable;
                    return self.show(
                        run,
                        Remote::Failed {
                            error,
                            not_before: None,
                        },
                    );
                }
                Err(CallError::Over) => return,
                Err(CallError::Api(error)) => {
                    let now = clock::now_ms();
                    let spread = random::bytes().map_or(0, |bytes| bytes[0]);
                    match spotify::next(&error, attempt, spread) {
                        Next::Wait(wait) => {
                            self.session.now.try_set(now);
                            self.show(
                                run,
                                Remote::Waiting {
                                    error,
                                    until: now + wait,
                                },
                            );
                            wait
                        }
                        Next::Ask(after) => {
                            let not_before = after.map(|after| now.saturating_add(after));
                            return self.show(run, Remote::Failed { error, not_before });
                        }
                    }
                }
            };
            timer::sleep(wait).await;
            if self.run.try_get_value() != Some(run) {
                return;
            }
            self.show(run, Remote::Loading);
        }
    }

    fn show(self, run: u32, state: Remote) {
        if self.run.try_get_value() == Some(run) {
            self.state.try_set(state);
        }
    }
}
