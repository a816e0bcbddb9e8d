//! Renews the session unseen by the person: ahead of the deadline, on waking up, and on a 401. One tab at a time does it, the
//! others take the new token over.

use std::borrow::Cow;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::message::Message;
use super::renewal::Renewal;
use super::{Ended, Live, Session};
use crate::browser::{clock, http, locks, page, timer};
use crate::oauth::{ErrorCode, ErrorResponse, TokenAnswer, TokenError};
use crate::spotify::TIME_LIMIT_MS;

/// How long another tab has to answer whether it has renewed the session already, in milliseconds.
const ASK_MS: u64 = 250;
/// How often a call that needs the new token looks for it, in milliseconds.
const SETTLE_MS: u64 = 50;

impl Session {
    /// Begins a renewal when one is due and none is under way. A page out of sight waits until it is seen again: with its
    /// timers slowed down it would hold the lock for long, and the page in front is the one that needs the token.
    pub(super) fn renew_when_due(self) {
        if page::is_out_of_sight() {
            return;
        }
        let spread = self.spread.get_value();
        let due = self
            .alive()
            .is_some_and(|live| live.is_renewal_due(clock::now_ms(), spread));
        if due {
            spawn_local(async move {
                self.renew().await;
            });
        }
    }

    /// Renews the session now, unless that is under way. Afterwards it has a new token, or it has ended, or it is as before
    /// and another try follows.
    pub(super) async fn renew(self) {
        let begun = self
            .renewal
            .try_get_untracked()
            .and_then(|renewal| renewal.begin(clock::now_ms()));
        let (Some(begun), Some(live)) = (begun, self.alive()) else {
            return;
        };
        self.renewal.set(begun);
        locks::alone("renew", move || self.renew_alone(live.clone())).await;
    }

    /// Waits until no renewal is under way.
    pub(super) async fn settled(self) {
        while matches!(self.renewal.try_get_untracked(), Some(Renewal::Running(_))) {
            timer::sleep(SETTLE_MS).await;
        }
    }

    async fn renew_alone(self, before: Arc<Live>) {
        self.say(&Message::Ask(before.log_in.as_str().into()));
        timer::sleep(ASK_MS).await;
        let renewed_elsewhere = self
            .alive()
            .is_none_or(|live| live.id != before.id || live.renewals != before.renewals);
        if renewed_elsewhere {
            self.renewal.set(Renewal::Idle);
            return;
        }
        let answer = self.ask_for_token(&before).await;
        let still_the_same = self
            .alive()
            .is_some_and(|live| live.id == before.id && live.renewals == before.renewals);
        if !still_the_same {
            return;
        }
        match answer {
            Ok(answer) => {
                let renewed = before.renewed(answer, clock::now_ms());
                self.say(&Message::Session(Cow::Borrowed(&renewed)));
                self.go_on_with(renewed);
            }
            Err(TokenError::Refused(ErrorResponse {
                code: ErrorCode::InvalidGrant,
                ..
            })) => {
                self.end(before.id, Ended::Rejected);
            }
            Err(_) => {
                self.renewal
                    .update(|renewal| *renewal = renewal.failed(clock::now_ms()));
                self.check();
            }
        }
    }

    async fn ask_for_token(self, live: &Live) -> Result<TokenAnswer, TokenError> {
        let refresh = live.refresh.as_ref().ok_or(TokenError::Unreadable)?;
        self.post(&live.binding.token_url, refresh.form(&live.binding)).await
    }

    /// Posts a token request.
    ///
    /// # Errors
    /// [`TokenError`].
    pub(super) async fn post(self, token_url: &str, form: String) -> Result<TokenAnswer, TokenError> {
        let abort = self.abort_after(TIME_LIMIT_MS).ok_or(TokenError::Passing)?;
        let answer = http::post_form(token_url, form, &abort).await;
        self.done_with(&abort);
        let answer = answer.map_err(|_| TokenError::Passing)?;
        TokenAnswer::parse(answer.status, &answer.body.ok_or(TokenError::Passing)?)
    }

    fn go_on_with(self, renewed: Live) {
        self.keep(&renewed);
        self.renewal.set(Renewal::Idle);
        self.status.update(|status| status.replace(Arc::new(renewed)));
        self.now.set(clock::now_ms());
    }

    /// What another tab says: a question that this tab can answer, or a session that it has renewed.
    pub(super) fn hear(self, message: Message<'_>) {
        let Some(live) = self.alive() else {
            return;
        };
        match message {
            Message::Ask(log_in) if log_in == live.log_in.as_str() && live.is_renewable() => {
                self.say(&Message::Session(Cow::Borrowed(&live)));
            }
            Message::Ask(_) => {}
            Message::Session(other) => {
                if let Some(renewed) = live.taken_over(other.into_owned()) {
                    self.go_on_with(renewed);
                }
            }
        }
    }

    fn say(self, message: &Message<'_>) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.say(message);
            }
        });
    }
}
