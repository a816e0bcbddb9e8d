//! The results of a checked response. Only [`AuthorizationResponse::check`](super::AuthorizationResponse::check) makes them,
//! so that no session begins without a check.

use super::authorization_response::Checked;
use super::{AuthorizationCode, CodeVerifier, PendingLogin, ReturnPath, Scopes, State, TokenResponse, encode};

/// What a response that was checked against its pending login grants.
#[derive(Debug, PartialEq, Eq)]
pub enum Grant {
    /// A token (implicit grant).
    Token(TokenGrant),
    /// A code, to be redeemed at the token endpoint.
    Code(CodeGrant),
}

/// A token that was issued for a pending login of this app.
#[derive(Debug, PartialEq, Eq)]
#[allow(
    clippy::manual_non_exhaustive,
    reason = "no other module of this crate may make one either"
)]
pub struct TokenGrant {
    /// The login that it completes.
    pub login: State,
    /// The token, with a lifetime that is not zero.
    pub token: TokenResponse,
    /// What was requested.
    pub pending: PendingLogin,
    _checked: (),
}

/// A code that was issued for a pending login of this app, with what it takes to redeem it, once.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeGrant {
    login: State,
    code: AuthorizationCode,
    verifier: CodeVerifier,
    pending: PendingLogin,
}

impl TokenGrant {
    pub(super) fn new(_: Checked, login: State, token: TokenResponse, pending: PendingLogin) -> Self {
        Self {
            login,
            token,
            pending,
            _checked: (),
        }
    }

    /// The scopes that were granted: those requested, where the response names none.
    pub fn scopes(&self) -> &Scopes {
        self.token.scopes.as_ref().unwrap_or(&self.pending.scopes)
    }
}

impl CodeGrant {
    /// The page to return to.
    pub fn return_to(&self) -> &ReturnPath {
        &self.pending.return_to
    }

    /// The login that it answers.
    pub fn login(&self) -> &State {
        &self.login
    }

    pub(super) fn new(
        _: Checked,
        login: State,
        code: AuthorizationCode,
        verifier: CodeVerifier,
        pending: PendingLogin,
    ) -> Self {
        Self {
            login,
            code,
            verifier,
            pending,
        }
    }

    /// The token endpoint that redeems the code.
    pub fn token_url(&self) -> &str {
        &self.pending.client.token_url
    }

    /// The body of the token request (RFC 6749 section 4.1.3, RFC 7636 section 4.5), form-encoded.
    pub fn form(&self) -> String {
        encode([
            ("grant_type", "authorization_code"),
            ("code", self.code.expose_secret()),
            ("redirect_uri", &self.pending.client.redirect_uri),
            ("client_id", &self.pending.client.client_id),
            ("code_verifier", self.verifier.expose_secret()),
        ])
    }

    /// Combines the token endpoint's response with the login. Code and verifier are dropped here.
    pub fn redeem(self, response: TokenResponse) -> TokenGrant {
        TokenGrant {
            login: self.login,
            token: response,
            pending: self.pending,
            _checked: (),
        }
    }
}
