//! The proofs of a log-in. Only [`super::Response::check`] makes them, so that no session begins without a check.

use super::newtype::redacted;
use super::response::Checked;
use super::{
    AccessToken, Binding, Pending, RefreshToken, ReturnTo, Scopes, State, TokenAnswer, TokenResponse, TokenStorage,
    Verifier, encode,
};

/// A token that answers a pending log-in of this app.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::manual_non_exhaustive,
    reason = "no other module of this crate may make one either"
)]
pub struct Grant {
    /// The log-in that it answers.
    pub log_in: State,
    /// The token.
    pub token: AccessToken,
    /// What renews it, where the flow gives one.
    pub refresh: Option<RefreshToken>,
    /// Its life in seconds; never zero.
    pub expires_in: u64,
    /// What was granted.
    pub scopes: Scopes,
    /// What was asked for.
    pub asked: Scopes,
    /// What the log-in was bound to.
    pub binding: Binding,
    /// Where the person goes now.
    pub return_to: ReturnTo,
    /// Where the token is kept.
    pub token_storage: TokenStorage,
    _checked: (),
}

/// An authorization code (RFC 6749 section 4.1.2). `Debug` shows no character of it.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationCode(String);

redacted!(AuthorizationCode);

impl AuthorizationCode {
    /// Takes a code of printable ASCII (RFC 6749 appendix A.11).
    pub fn parse(text: &str) -> Option<Self> {
        let printable = !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        printable.then(|| Self(text.to_owned()))
    }
}

/// A code that answers a pending log-in of this app, with what it takes to redeem it, once.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeGrant {
    log_in: State,
    code: AuthorizationCode,
    verifier: Verifier,
    pending: Pending,
}

impl Grant {
    pub(super) fn implicit(_: Checked, log_in: State, token: TokenResponse, pending: Pending) -> Self {
        Self {
            log_in,
            token: token.access_token,
            refresh: None,
            expires_in: token.expires_in,
            scopes: token.scopes.unwrap_or_else(|| pending.scopes.clone()),
            asked: pending.scopes,
            binding: pending.binding,
            return_to: pending.return_to,
            token_storage: pending.token_storage,
            _checked: (),
        }
    }
}

impl CodeGrant {
    pub(super) fn new(
        _: Checked,
        log_in: State,
        code: AuthorizationCode,
        verifier: Verifier,
        pending: Pending,
    ) -> Self {
        Self {
            log_in,
            code,
            verifier,
            pending,
        }
    }

    /// Where the code is redeemed.
    pub fn token_url(&self) -> &str {
        &self.pending.binding.token_url
    }

    /// The body of the token request (RFC 6749 section 4.1.3, RFC 7636 section 4.5), form-encoded.
    pub fn form(&self) -> String {
        encode([
            ("grant_type", "authorization_code"),
            ("code", self.code.0.as_str()),
            ("redirect_uri", &self.pending.binding.redirect_uri),
            ("client_id", &self.pending.binding.client_id),
            ("code_verifier", self.verifier.expose_secret()),
        ])
    }

    /// The grant that the token endpoint's answer makes of the code. Code and verifier end here.
    pub fn redeemed(self, answer: TokenAnswer) -> Grant {
        Grant {
            log_in: self.log_in,
            token: answer.access_token,
            refresh: answer.refresh_token,
            expires_in: answer.expires_in,
            scopes: answer.scopes.unwrap_or_else(|| self.pending.scopes.clone()),
            asked: self.pending.scopes,
            binding: self.pending.binding,
            return_to: self.pending.return_to,
            token_storage: self.pending.token_storage,
            _checked: (),
        }
    }
}
