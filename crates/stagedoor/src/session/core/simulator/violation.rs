//! What must never be, whatever happens: checked after every event and for every effect.

use super::server::{Loss, parameter};
use super::world::World;
use crate::oauth::pairs;
use crate::oauth::samples::client;
use crate::session::core::event::{Effect, Event};
use crate::session::core::{ActiveSession, EndReason, LoginOutcome, RECORD, SessionState};
use crate::store::{Store, record};

/// A rule that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Violation {
    /// A session goes on in a tab that runs, although somebody has logged out of it.
    OutlivesLogOut,
    /// A token of a session that somebody has logged out of was sent or lent.
    UsedAfterLogOut,
    /// A log-out has ended a session that began after it.
    EndedByEarlierLogOut,
    /// A session that can be refreshed ended as expired before it was tried for a minute.
    EndedUntried,
    /// A session ended as rejected, although the server has not revoked it, and nothing but the app itself has lost its token.
    EndedByOwnFault,
    /// A session ended although its access token was still good.
    EndedWithGoodToken,
    /// An access token was lent after its deadline.
    LentExpired,
    /// An attempt to refresh goes on, although the session says that there is none; or there are two.
    AttemptMismatch,
    /// A refresh token was sent while another page that runs waits for the answer to it.
    InFlightTwice,
    /// A login was completed twice.
    CompletedTwice,
    /// A response that no login asked for has changed something.
    ForgedResponseWorks,
    /// A token was sent where every page of the origin can hear it.
    SecretInPublic,
    /// What is stored is not the session that there is.
    RecordMismatch,
    /// There are more refreshes than there is reason for.
    Loop,
    /// The login after a log-out does not ask for an account.
    NoConsent,
    /// A refresh has begun while the page leaves for the authorization server, or the page has left while one was in progress.
    RefreshWhileLeaving,
    /// A redirect takes place after a log-out.
    RedirectAfterLogOut,
    /// The client is refused, and the app asks again.
    AskedAgain,
    /// A response that came into another tab did not reach the one that has started its login, or its tab does not say so.
    ResponseLost,
    /// There is no way on: no usable token, no end, no login.
    Stuck,
}

/// What an event was, as far as the checks after it need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// It looks at the clock and at the store that the tabs share.
    Look,
    LogOut,
    /// The Web API did not take a token.
    Unauthorized,
    Other,
}

impl Cause {
    pub(super) fn of(event: &Event) -> Self {
        match event {
            Event::Look | Event::Shown { .. } => Self::Look,
            Event::LogOut(_) => Self::LogOut,
            Event::Unauthorized { .. } => Self::Unauthorized,
            _ => Self::Other,
        }
    }
}

impl World {
    fn breaks(&mut self, violation: Violation) {
        self.violations.insert(violation);
    }

    fn is_logged_out(&self, session: &ActiveSession) -> bool {
        self.logged_out.contains(session.login().as_str())
    }

    /// Checks what became of the session of a tab.
    pub(super) fn check(&mut self, tab: usize, before: &SessionState, cause: Cause) {
        let Some(page) = &self.tabs[tab].page else {
            return;
        };
        let core = &page.core;
        let (after, outcome) = (core.state.clone(), core.outcome.clone());
        if cause == Cause::LogOut {
            self.note_log_out();
        }
        match (before, &after) {
            (SessionState::Active(session), SessionState::Ended(reason)) => {
                self.check_end(tab, session, *reason, cause)
            }
            (_, SessionState::Active(session)) if cause == Cause::Look && self.is_logged_out(session) => {
                self.breaks(Violation::OutlivesLogOut);
            }
            _ => {}
        }
        if *before == after {
            return;
        }
        self.check_record(tab, &after);
        if let (SessionState::Active(session), LoginOutcome::Completed(_)) = (&after, outcome) {
            let is_new = before.active().is_none_or(|before| !before.is_same(session));
            if is_new {
                self.is_consent_due = false;
                if !self.completed.insert(session.login().as_str().to_owned()) {
                    self.breaks(Violation::CompletedTwice);
                }
            }
        }
    }

    /// Checks that what goes on in the page belongs to the one attempt of its session.
    pub(super) fn check_attempt(&mut self, tab: usize) {
        let (Some(at), Some(page)) = (self.at(tab), &self.tabs[tab].page) else {
            return;
        };
        let is_refresh = |form: &&String| parameter(form, "refresh_token").is_some();
        let requests = page.requests.values().filter(is_refresh).count();
        let entries = self.locks.values().flatten().filter(|(of, _)| *of == at).count();
        let allowed = usize::from(page.core.refresh.attempt().is_some());
        if requests > allowed || entries > allowed {
            self.breaks(Violation::AttemptMismatch);
        }
    }

    /// A log-out ends every session that began before it. Where the shared storage takes nothing, not every tab hears of it.
    fn note_log_out(&mut self) {
        self.maybe_logged_out.extend(self.completed.iter().cloned());
        self.is_log_out_uncertain |= self.shared.is_full.get();
        if !self.shared.is_full.get() {
            self.logged_out.extend(self.completed.iter().cloned());
            self.is_consent_due = true;
        }
    }

    fn check_end(&mut self, tab: usize, session: &ActiveSession, reason: EndReason, cause: Cause) {
        let token = session.access_token.expose_secret();
        let loss = self.server.loss(token);
        // What was lost by a reload is revoked as soon as the app sends the token that it still has.
        let is_accepted = loss == Some(Loss::Reload) || self.server.accepts(token, self.now);
        let is_good = session.is_usable(self.time().wall) && is_accepted;
        let is_own_fault = match loss {
            None | Some(Loss::Redirect) => true,
            Some(Loss::Reuse) => !self.have_messages_been_lost,
            Some(Loss::Revoked | Loss::Network | Loss::Reload) => false,
        };
        let violation = match reason {
            EndReason::LoggedOutElsewhere
                if !self.is_log_out_uncertain && !self.maybe_logged_out.contains(session.login().as_str()) =>
            {
                Violation::EndedByEarlierLogOut
            }
            EndReason::Expired if session.is_refreshable() && self.tabs[tab].tried_ms < 59_000 => {
                Violation::EndedUntried
            }
            EndReason::Rejected if cause != Cause::Unauthorized && is_own_fault => Violation::EndedByOwnFault,
            EndReason::ClientRefused if !self.was_refused(tab, session) => Violation::EndedByOwnFault,
            EndReason::Expired | EndReason::Rejected | EndReason::ClientRefused
                if is_good && loss != Some(Loss::Network) =>
            {
                Violation::EndedWithGoodToken
            }
            _ => return,
        };
        self.breaks(violation);
    }

    /// Whether the server has refused the client that asked with the refresh token of a session.
    fn was_refused(&self, tab: usize, session: &ActiveSession) -> bool {
        let (at, token) = (self.at(tab), session.refresh_token.as_ref());
        let entry = at.zip(token.map(|token| token.expose_secret().to_owned()));
        entry.is_some_and(|entry| self.refused.contains(&entry))
    }

    fn check_record(&mut self, tab: usize, after: &SessionState) {
        let stored = self.tabs[tab].store.get::<ActiveSession>(RECORD);
        let is_stored = self.tabs[tab].page.as_ref().is_some_and(|page| page.core.is_stored);
        let expected = after.active().filter(|_| is_stored).map(|session| (**session).clone());
        if stored != expected {
            self.breaks(Violation::RecordMismatch);
        }
    }

    /// Checks what a session makes happen.
    pub(super) fn check_effect(&mut self, tab: usize, effect: &Effect) {
        match effect {
            Effect::Lend(_, session) => {
                if session.deadline <= self.time().wall {
                    self.breaks(Violation::LentExpired);
                }
                if self.is_logged_out(session) {
                    self.breaks(Violation::UsedAfterLogOut);
                }
            }
            Effect::RequestToken { form, .. } => self.check_request(tab, form),
            Effect::TellLogOut(log_out) => self.check_public(&record::to_text(log_out).unwrap_or_default()),
            Effect::AcquireLock(_, name) => {
                self.check_public(name);
                let page = self.tabs[tab].page.as_ref();
                if page.is_some_and(|page| page.leaving_for.is_some()) {
                    self.breaks(Violation::RefreshWhileLeaving);
                }
            }
            Effect::Redirect(url) => {
                let is_request = url.starts_with(&client().authorize_url);
                if is_request
                    && self.is_consent_due
                    && !pairs(url).any(|(name, _)| name.as_deref() == Ok("show_dialog"))
                {
                    self.breaks(Violation::NoConsent);
                }
                if self.is_refreshing(tab) {
                    self.breaks(Violation::RefreshWhileLeaving);
                }
            }
            _ => {}
        }
    }

    /// Checks that what every page of the origin can hear or list tells no token, and not the login that a channel is named by.
    fn check_public(&mut self, text: &str) {
        let is_told = |login: &String| text.contains(login.as_str());
        if text.contains("acc-") || text.contains("ref-") || self.logins.keys().any(is_told) {
            self.breaks(Violation::SecretInPublic);
        }
    }

    fn check_request(&mut self, tab: usize, form: &str) {
        let Some(token) = parameter(form, "refresh_token") else {
            return;
        };
        if !self.have_messages_been_lost && self.tokens_in_flight(tab).contains(&token) {
            self.breaks(Violation::InFlightTwice);
        }
        if self.at(tab).is_some_and(|at| self.refused.contains(&(at, token))) {
            self.breaks(Violation::AskedAgain);
        }
        let page = self.tabs[tab].page.as_ref();
        if page.is_some_and(|page| page.leaving_for.is_some()) {
            self.breaks(Violation::RefreshWhileLeaving);
        }
        let session = self.tabs[tab]
            .page
            .as_ref()
            .and_then(|page| page.core.active().cloned());
        if session.is_some_and(|session| self.is_logged_out(&session)) {
            self.breaks(Violation::UsedAfterLogOut);
        }
        self.refreshes += 1;
        if self.refreshes * 2 > self.allowance + 10 {
            self.breaks(Violation::Loop);
        }
    }
}
