//! Consent: the pages that wait for an answer, and what was agreed to before.

use super::request::Ask;
use crate::{random, scopes::Scopes};
use std::collections::HashMap;

/// All consents of the one person who is signed in.
#[derive(Debug, Default)]
pub(crate) struct Consents {
    open: HashMap<String, Ask>,
    granted: HashMap<String, Scopes>,
}

impl Consents {
    /// Keeps a request until its page is answered; gives the one-time id of the page.
    pub(crate) fn open(&mut self, ask: Ask) -> Result<String, getrandom::Error> {
        let id = random::secret("consent")?;
        self.open.insert(id.clone(), ask);
        Ok(id)
    }

    /// The request behind a page. It can be had once.
    pub(crate) fn close(&mut self, id: &str) -> Option<Ask> {
        self.open.remove(id)
    }

    pub(crate) fn grant(&mut self, ask: &Ask) {
        self.granted.entry(ask.client_id.clone()).or_default().add(&ask.scopes);
    }

    /// Whether no page is needed: the client has all of the scopes already and does not insist on a dialog.
    pub(crate) fn has_granted(&self, ask: &Ask) -> bool {
        let granted = self.granted.get(&ask.client_id);
        !ask.show_dialog && granted.is_some_and(|granted| granted.covers(&ask.scopes))
    }

    pub(crate) fn forget(&mut self) {
        self.granted.clear();
    }
}
