//! All issued secrets: access tokens here, codes and refresh tokens in the submodules.

mod codes;
mod refresh_tokens;

pub(crate) use codes::{Code, CodeExchange};
pub(crate) use refresh_tokens::RefreshRequest;

use crate::{random, scope::Scopes};
use std::{
    collections::HashMap,
    fmt,
    time::{Duration, Instant},
};

/// Shorter texts are not treated as secrets, since they occur by chance.
const MIN_SECRET_LENGTH: usize = 8;

/// Why an access token is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenError {
    Unknown,
    Expired,
}

/// Why a code or a refresh token is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GrantError {
    UnknownCode,
    CodeReplayed,
    CodeExpired,
    WrongClient,
    WrongRedirectUri,
    MalformedVerifier,
    WrongVerifier,
    UnknownRefreshToken,
    RefreshTokenReused,
    RefreshTokenRevoked,
    RefreshTokenExpired,
    /// No random numbers are available.
    Random,
}

impl GrantError {
    /// Whether the client violated the protocol.
    pub(crate) fn is_client_error(self) -> bool {
        !matches!(
            self,
            Self::CodeExpired | Self::RefreshTokenRevoked | Self::RefreshTokenExpired | Self::Random
        )
    }
}

impl fmt::Display for GrantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownCode => "Invalid authorization code",
            Self::CodeReplayed => "The authorization code was already used; its tokens are revoked",
            Self::CodeExpired => "Authorization code expired",
            Self::WrongClient => "This was issued to another client_id",
            Self::WrongRedirectUri => "The redirect_uri differs from the authorization request",
            Self::MalformedVerifier => "code_verifier must be 43 to 128 unreserved characters",
            Self::WrongVerifier => "code_verifier was incorrect",
            Self::UnknownRefreshToken => "Invalid refresh token",
            Self::RefreshTokenReused => "The refresh token was already replaced; its family is revoked",
            Self::RefreshTokenRevoked => "Refresh token revoked",
            Self::RefreshTokenExpired => "Refresh token expired",
            Self::Random => "No random numbers are available",
        })
    }
}

impl From<getrandom::Error> for GrantError {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}

/// The tokens of a token response.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) scopes: Scopes,
}

#[derive(Debug)]
struct AccessToken {
    scopes: Scopes,
    /// `None` when the expiry is beyond what the clock can represent.
    expires_at: Option<Instant>,
    family: Option<refresh_tokens::FamilyId>,
}

/// All codes and tokens of one stand-in.
#[derive(Debug, Default)]
pub(crate) struct TokenStore {
    access: HashMap<String, AccessToken>,
    codes: HashMap<String, Code>,
    families: refresh_tokens::Families,
    secrets: Vec<String>,
}

impl TokenStore {
    /// Issues an access token for this many seconds, without a refresh token.
    pub(crate) fn issue_access(&mut self, scopes: &Scopes, seconds: u64) -> Result<String, getrandom::Error> {
        self.issue(scopes, seconds, None)
    }

    fn issue(
        &mut self,
        scopes: &Scopes,
        seconds: u64,
        family: Option<refresh_tokens::FamilyId>,
    ) -> Result<String, getrandom::Error> {
        let token = random::secret("access")?;
        let expires_at = Instant::now().checked_add(Duration::from_secs(seconds));
        self.access.insert(
            token.clone(),
            AccessToken {
                scopes: scopes.clone(),
                expires_at,
                family,
            },
        );
        self.remember_secret(&token);
        Ok(token)
    }

    /// The scopes of a valid access token.
    pub(crate) fn check_access(&self, token: &str) -> Result<Scopes, TokenError> {
        let access = self.access.get(token).ok_or(TokenError::Unknown)?;
        match access.expires_at {
            Some(expires_at) if expires_at <= Instant::now() => Err(TokenError::Expired),
            _ => Ok(access.scopes.clone()),
        }
    }

    pub(crate) fn expire_all(&mut self) {
        let now = Instant::now();
        self.access
            .values_mut()
            .for_each(|access| access.expires_at = Some(now));
    }

    pub(crate) fn revoke_all(&mut self) {
        self.access.clear();
    }

    /// Remembers an issued or received secret.
    pub(crate) fn remember_secret(&mut self, secret: &str) {
        if secret.len() >= MIN_SECRET_LENGTH && !self.secrets.iter().any(|known| known == secret) {
            self.secrets.push(secret.to_owned());
        }
    }

    pub(crate) fn any_secret_in(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| text.contains(secret.as_str()))
    }

    pub(crate) fn secrets(&self) -> Vec<String> {
        self.secrets.clone()
    }
}
