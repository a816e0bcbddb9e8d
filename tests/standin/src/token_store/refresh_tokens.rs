//! Refresh tokens. All tokens of one authorization form a family and are revoked together.

use super::{GrantError, TokenStore, Tokens};
use crate::{
    options::{Options, Rotation},
    random,
    scope::Scopes,
};
use std::{collections::HashMap, time::Instant};

/// Identifies a family.
pub(crate) type FamilyId = usize;

#[derive(Debug)]
struct Family {
    client_id: String,
    scopes: Scopes,
    authorized: Instant,
    revoked: bool,
}

#[derive(Debug)]
struct RefreshToken {
    family: FamilyId,
    /// Replaced by a newer token.
    used: bool,
}

/// All refresh tokens and their families.
#[derive(Debug, Default)]
pub(super) struct Families {
    families: Vec<Family>,
    tokens: HashMap<String, RefreshToken>,
}

impl Families {
    /// Creates the family of an authorization.
    pub(super) fn create(&mut self, client_id: &str, scopes: &Scopes, authorized: Instant) -> FamilyId {
        let (client_id, scopes) = (client_id.to_owned(), scopes.clone());
        self.families.push(Family {
            client_id,
            scopes,
            authorized,
            revoked: false,
        });
        self.families.len() - 1
    }

    fn check(&self, request: &RefreshRequest<'_>, options: &Options) -> Result<FamilyId, Refused> {
        let refuse = |error| Err(Refused { error, revoke: None });
        let Some(token) = self.tokens.get(request.refresh_token) else {
            return refuse(GrantError::UnknownRefreshToken);
        };
        let family = &self.families[token.family];
        if family.client_id != request.client_id {
            refuse(GrantError::WrongClient)
        } else if token.used {
            Err(Refused {
                error: GrantError::RefreshTokenReused,
                revoke: Some(token.family),
            })
        } else if family.revoked {
            refuse(GrantError::RefreshTokenRevoked)
        } else if family.authorized.elapsed() >= options.refresh_lifetime {
            refuse(GrantError::RefreshTokenExpired)
        } else {
            Ok(token.family)
        }
    }
}

struct Refused {
    error: GrantError,
    revoke: Option<FamilyId>,
}

/// A token request with a refresh token (RFC 6749 section 6).
#[derive(Debug)]
pub(crate) struct RefreshRequest<'a> {
    pub(crate) refresh_token: &'a str,
    pub(crate) client_id: &'a str,
}

impl TokenStore {
    /// Issues new tokens for a refresh token. With rotation, reusing an old one revokes its family.
    pub(crate) fn refresh(&mut self, request: &RefreshRequest<'_>, options: &Options) -> Result<Tokens, GrantError> {
        let family = self.families.check(request, options).map_err(|refused| {
            if let Some(family) = refused.revoke {
                self.revoke_family(family);
            }
            refused.error
        })?;
        let refresh = match options.rotation {
            Rotation::Never => None,
            Rotation::Always => Some(self.replace(request.refresh_token, family)?),
        };
        let scopes = self.families.families[family].scopes.clone();
        let access = self.issue(&scopes, options.expires_in, Some(family))?;
        Ok(Tokens {
            access,
            refresh,
            scopes,
        })
    }

    pub(super) fn issue_refresh(&mut self, family: FamilyId) -> Result<String, getrandom::Error> {
        let token = random::secret("refresh")?;
        self.families
            .tokens
            .insert(token.clone(), RefreshToken { family, used: false });
        self.remember_secret(&token);
        Ok(token)
    }

    fn replace(&mut self, old: &str, family: FamilyId) -> Result<String, getrandom::Error> {
        let new = self.issue_refresh(family)?;
        if let Some(old) = self.families.tokens.get_mut(old) {
            old.used = true;
        }
        Ok(new)
    }

    /// Revokes all tokens of a family.
    pub(super) fn revoke_family(&mut self, family: FamilyId) {
        self.families.families[family].revoked = true;
        self.access.retain(|_, access| access.family != Some(family));
    }

    /// Revokes all refresh tokens; access tokens stay valid.
    pub(crate) fn revoke_refresh_tokens(&mut self) {
        self.families
            .families
            .iter_mut()
            .for_each(|family| family.revoked = true);
    }
}
