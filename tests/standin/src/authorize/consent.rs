//! Consent: the open consent pages, and the scopes granted earlier.

use super::request::AuthorizationRequest;
use crate::{random, scope::Scopes};
use std::collections::HashMap;

/// All consents of the one user.
#[derive(Debug, Default)]
pub(crate) struct Consents {
    open: HashMap<String, AuthorizationRequest>,
    granted: HashMap<String, Scopes>,
}

impl Consents {
    /// Stores a request until its page is submitted, and returns the one-time id of the page.
    pub(crate) fn open(&mut self, request: AuthorizationRequest) -> Result<String, getrandom::Error> {
        let id = random::secret("consent")?;
        self.open.insert(id.clone(), request);
        Ok(id)
    }

    /// Removes and returns the request of a page.
    pub(crate) fn take(&mut self, id: &str) -> Option<AuthorizationRequest> {
        self.open.remove(id)
    }

    pub(crate) fn grant(&mut self, request: &AuthorizationRequest) {
        self.granted
            .entry(request.client_id.clone())
            .or_default()
            .add(&request.scopes);
    }

    /// Whether the page can be skipped: all scopes were granted before, and the client does not request the dialog.
    pub(crate) fn covers(&self, request: &AuthorizationRequest) -> bool {
        let granted = self.granted.get(&request.client_id);
        !request.show_dialog && granted.is_some_and(|granted| granted.covers(&request.scopes))
    }

    pub(crate) fn forget(&mut self) {
        self.granted.clear();
    }
}
