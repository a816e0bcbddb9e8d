//! Calls of the Web API by the session: it lends its token to one call at a time, and drops the call when the session ends.

use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::core::{CallId, Event};
use super::{ActiveSession, Session};
use crate::api::{self, ApiError};
use crate::browser::abort::Abort;
use crate::oauth::{AccessToken, Scopes};

/// A call of the Web API that has no result yet.
pub(super) struct Call {
    id: CallId,
    /// The path below the base URL of the API; `None` for a call that waits for a usable token, and is not made here.
    path: Option<String>,
    /// Whether a token that was lent to it was not taken.
    was_unauthorized: bool,
    abort: Option<Abort>,
    then: Box<dyn FnOnce(Result<String, ApiError>)>,
}

/// Aborts a call when it is dropped, unless that has its result by then.
struct AbortOnDrop(Session, CallId);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort_call(self.1);
    }
}

impl Session {
    /// Gets the body of `path` of the Web API, and hands it to `then`; without a path it waits for a usable token, and hands over nothing.
    /// The deadline is checked before the call. An expired token is refreshed first where that is possible; so is one that gets a 401, once.
    /// A 401 that no refresh helps ends the session that made the call, and no other. When the session ends there is nobody to show
    /// anything to: `then` is not called.
    pub(super) fn call(self, path: Option<String>, then: impl FnOnce(Result<String, ApiError>) + 'static) -> CallId {
        let id = self.with_progress(|in_progress| {
            in_progress.last_call = in_progress.last_call.wrapping_add(1);
            let id = CallId(in_progress.last_call);
            in_progress.calls.push(Call {
                id,
                path,
                was_unauthorized: false,
                abort: None,
                then: Box::new(then),
            });
            id
        });
        let id = id.unwrap_or_default();
        self.handle(Event::Call(id));
        id
    }

    /// [`Session::call`] as a future; `None` where nobody is signed in, or the session ends before there is a result. Dropping it aborts the
    /// call.
    async fn result_of(self, path: Option<String>) -> Option<Result<String, ApiError>> {
        let (sender, receiver) = oneshot::channel();
        let call = self.call(path, move |result| {
            let _ = sender.send(result);
        });
        let _in_progress = AbortOnDrop(self, call);
        receiver.await.ok()
    }

    /// Gets the body of `path` below the base URL of the API; `None` as for [`Session::token`].
    pub async fn get(self, path: &str) -> Option<Result<String, ApiError>> {
        self.result_of(Some(path.to_owned())).await
    }

    /// A usable access token; `None` where nobody is signed in, or the session ends before there is one.
    pub async fn token(self) -> Option<Result<AccessToken, ApiError>> {
        let waited = self.result_of(None).await?;
        let active = self.active_untracked()?;
        Some(waited.map(|_| active.access_token().clone()))
    }

    /// Aborts a call: nobody waits for its result any more.
    pub(super) fn abort_call(self, id: CallId) {
        if let Some(abort) = self.take_call(id).and_then(|call| call.abort) {
            abort.now();
        }
    }

    /// Makes a call with the token of `lent`, where it has a path.
    pub(super) fn send_call(self, id: CallId, lent: Arc<ActiveSession>) {
        let Some(path) = self.with_call(id, |call| call.path.clone()).flatten() else {
            return self.finish_call(id, Ok(String::new()));
        };
        let Some(abort) = Abort::after(api::TIMEOUT_MS) else {
            return self.finish_call(id, Err(ApiError::Network));
        };
        self.with_call(id, |call| call.abort = Some(abort.clone()));
        spawn_local(async move {
            let result = api::get(&lent.client.api_url, &path, lent.access_token(), &abort).await;
            if result != Err(ApiError::Unauthorized) {
                return self.finish_call(id, result);
            }
            let is_second = self.with_call(id, |call| std::mem::replace(&mut call.was_unauthorized, true));
            if let Some(is_second) = is_second {
                self.handle(Event::Unauthorized {
                    call: id,
                    lent,
                    is_second,
                });
            }
        });
    }

    fn with_call<R>(self, id: CallId, change: impl FnOnce(&mut Call) -> R) -> Option<R> {
        let changed = self.with_progress(|in_progress| {
            let call = in_progress.calls.iter_mut().find(|call| call.id == id);
            call.map(change)
        });
        changed.flatten()
    }

    /// Takes a call that has its result, or whose session is over, from those in progress.
    pub(super) fn take_call(self, id: CallId) -> Option<Call> {
        let taken = self.with_progress(|in_progress| {
            let index = in_progress.calls.iter().position(|call| call.id == id)?;
            Some(in_progress.calls.swap_remove(index))
        });
        taken.flatten()
    }

    /// Hands the result of a call to whoever waits for it.
    pub(super) fn finish_call(self, id: CallId, result: Result<String, ApiError>) {
        if let Some(call) = self.take_call(id) {
            if let Err(ApiError::MissingScope(scopes)) = &result {
                self.note_missing(scopes);
            }
            (call.then)(result);
        }
    }

    /// Aborts all calls.
    pub(super) fn abort_calls(self) {
        let calls = self.with_progress(|in_progress| std::mem::take(&mut in_progress.calls));
        for call in calls.into_iter().flatten() {
            if let Some(abort) = call.abort {
                abort.now();
            }
        }
    }

    /// Notes that a call lacked these scopes. Where the login had asked for them, the next one asks for consent in any case.
    pub fn note_missing(self, scopes: &Scopes) {
        self.core.try_update_value(|core| core.note_missing(scopes));
    }
}
