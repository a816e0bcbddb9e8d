//! Everything secret that was handed out: access tokens here, codes and refresh tokens in the modules below.

mod code;
mod refresh;

pub(crate) use code::{Code, Redeem};
pub(crate) use refresh::Renew;

use crate::{random, scopes::Scopes};
use std::{
    collections::HashMap,
    fmt,
    time::{Duration, Instant},
};

/// Received text shorter than this is no secret, and would be found by chance.
const SHORTEST_SECRET: usize = 8;

/// Why an access token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejected {
    Unknown,
    Expired,
}

/// Why a code or a refresh token gives no tokens.
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
    /// No random numbers.
    Random,
}

impl GrantError {
    /// Whether a correct client never causes this.
    pub(crate) fn is_a_fault_of_the_client(self) -> bool {
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
            Self::CodeReplayed => "The authorization code was used already; its tokens are revoked",
            Self::CodeExpired => "Authorization code expired",
            Self::WrongClient => "This was issued to another client_id",
            Self::WrongRedirectUri => "The redirect_uri is not the one of the authorization request",
            Self::MalformedVerifier => "code_verifier must be 43 to 128 unreserved characters",
            Self::WrongVerifier => "code_verifier was incorrect",
            Self::UnknownRefreshToken => "Invalid refresh token",
            Self::RefreshTokenReused => "The refresh token was replaced already; its whole family is revoked",
            Self::RefreshTokenRevoked => "Refresh token revoked",
            Self::RefreshTokenExpired => "Refresh token expired",
            Self::Random => "There is no source of random numbers here",
        })
    }
}

impl From<getrandom::Error> for GrantError {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}

/// Tokens from the token endpoint.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) scopes: Scopes,
}

#[derive(Debug)]
struct Access {
    scopes: Scopes,
    /// `None` when the end is too far away for the clock.
    ends: Option<Instant>,
    family: Option<refresh::FamilyId>,
}

/// All codes and tokens of one stand-in.
#[derive(Debug, Default)]
pub(crate) struct Vault {
    access: HashMap<String, Access>,
    codes: HashMap<String, Code>,
    families: refresh::Families,
    secrets: Vec<String>,
}

impl Vault {
    /// A new access token that lives this many seconds from now, with no way to renew it.
    pub(crate) fn issue_access(&mut self, scopes: &Scopes, seconds: u64) -> Result<String, getrandom::Error> {
        self.issue(scopes, seconds, None)
    }

    fn issue(
        &mut self,
        scopes: &Scopes,
        seconds: u64,
        family: Option<refresh::FamilyId>,
    ) -> Result<String, getrandom::Error> {
        let token = random::secret("access")?;
        let ends = Instant::now().checked_add(Duration::from_secs(seconds));
        self.access.insert(
            token.clone(),
            Access {
                scopes: scopes.clone(),
                ends,
                family,
            },
        );
        self.note_secret(&token);
        Ok(token)
    }

    /// The scopes of an access token that is still good.
    pub(crate) fn check_access(&self, token: &str) -> Result<Scopes, Rejected> {
        let access = self.access.get(token).ok_or(Rejected::Unknown)?;
        match access.ends {
            Some(ends) if ends <= Instant::now() => Err(Rejected::Expired),
            _ => Ok(access.scopes.clone()),
        }
    }

    pub(crate) fn expire_all(&mut self) {
        let now = Instant::now();
        self.access.values_mut().for_each(|access| access.ends = Some(now));
    }

    pub(crate) fn revoke_all(&mut self) {
        self.access.clear();
    }

    /// Remembers a secret that was handed out or received.
    pub(crate) fn note_secret(&mut self, secret: &str) {
        if secret.len() >= SHORTEST_SECRET && !self.secrets.iter().any(|known| known == secret) {
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
