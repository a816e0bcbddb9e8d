//! The results of a checked response. Only [`AuthorizationResponse::check`](super::AuthorizationResponse::check) makes them,
//! so that no session begins without a check.

use super::authorization_response::Checked;
use super::{
    AccessToken, AuthorizationCode, Client, CodeVerifier, ImplicitTokenResponse, PendingLogin, RefreshToken,
    ReturnPath, Scopes, State, TokenResponse, TokenStorage, TokenType, encode,
};

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
    /// The access token.
    pub token: AccessToken,
    /// The refresh token, where the flow has one.
    pub refresh_token: Option<RefreshToken>,
    /// The token's lifetime in seconds; never zero.
    pub expires_in: u64,
    /// The scopes that were granted.
    pub scopes: Scopes,
    /// The scopes that were requested.
    pub requested_scopes: Scopes,
    /// The client that the token was issued to.
    pub client: Client,
    /// The page to return to.
    pub return_to: ReturnPath,
    /// Where the token is kept.
    pub token_storage: TokenStorage,
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
    pub(super) fn implicit(_: Checked, login: State, response: ImplicitTokenResponse, pending: PendingLogin) -> Self {
        let response = TokenResponse {
            access_token: response.access_token,
            token_type: TokenType::Bearer,
            expires_in: response.expires_in,
            scopes: response.scopes,
            refresh_token: None,
        };
        Self::new(login, response, pending)
    }

    fn new(login: State, response: TokenResponse, pending: PendingLogin) -> Self {
        Self {
            login,
            token: response.access_token,
            refresh_token: response.refresh_token,
            expires_in: response.expires_in,
            scopes: response.scopes.unwrap_or_else(|| pending.scopes.clone()),
            requested_scopes: pending.scopes,
            client: pending.client,
            return_to: pending.return_to,
            token_storage: pending.token_storage,
            _checked: (),
        }
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
        TokenGrant::new(self.login, response, self.pending)
    }
}
