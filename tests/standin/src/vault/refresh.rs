//! Refresh tokens. All that descend from one authorization are a family, which ends as a whole.

use super::{GrantError, Tokens, Vault};
use crate::{
    options::{Options, Rotation},
    random,
    scopes::Scopes,
};
use std::{collections::HashMap, time::Instant};

/// Names one family.
pub(crate) type FamilyId = usize;

#[derive(Debug)]
struct Family {
    client_id: String,
    scopes: Scopes,
    authorized: Instant,
    revoked: bool,
}

#[derive(Debug)]
struct Refresh {
    family: FamilyId,
    /// Replaced by a newer one.
    spent: bool,
}

/// All refresh tokens and the families that they belong to.
#[derive(Debug, Default)]
pub(super) struct Families {
    families: Vec<Family>,
    tokens: HashMap<String, Refresh>,
}

impl Families {
    /// Begins a family with an authorization.
    pub(super) fn found(&mut self, client_id: &str, scopes: &Scopes, authorized: Instant) -> FamilyId {
        let (client_id, scopes) = (client_id.to_owned(), scopes.clone());
        self.families.push(Family {
            client_id,
            scopes,
            authorized,
            revoked: false,
        });
        self.families.len() - 1
    }

    fn check(&self, renew: &Renew<'_>, options: &Options) -> Result<FamilyId, Refused> {
        let refuse = |error| Err(Refused { error, revoke: None });
        let Some(token) = self.tokens.get(renew.refresh_token) else {
            return refuse(GrantError::UnknownRefreshToken);
        };
        let family = &self.families[token.family];
        if family.client_id != renew.client_id {
            refuse(GrantError::WrongClient)
        } else if token.spent {
            Err(Refused {
                error: GrantError::RefreshTokenReused,
                revoke: Some(token.family),
            })
        } else if family.revoked {
            refuse(GrantError::RefreshTokenRevoked)
        } else if family.authorized.elapsed() >= options.refresh_life {
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

/// What a client shows to get new tokens (RFC 6749 section 6).
#[derive(Debug)]
pub(crate) struct Renew<'a> {
    pub(crate) refresh_token: &'a str,
    pub(crate) client_id: &'a str,
}

impl Vault {
    /// New tokens for a refresh token. With rotation, an old one that comes again revokes its family.
    pub(crate) fn renew(&mut self, renew: &Renew<'_>, options: &Options) -> Result<Tokens, GrantError> {
        let family = self.families.check(renew, options).map_err(|refused| {
            if let Some(family) = refused.revoke {
                self.revoke_family(family);
            }
            refused.error
        })?;
        let refresh = match options.rotation {
            Rotation::Never => None,
            Rotation::Always => Some(self.replace(renew.refresh_token, family)?),
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
            .insert(token.clone(), Refresh { family, spent: false });
        self.note_secret(&token);
        Ok(token)
    }

    fn replace(&mut self, old: &str, family: FamilyId) -> Result<String, getrandom::Error> {
        let new = self.issue_refresh(family)?;
        if let Some(old) = self.families.tokens.get_mut(old) {
            old.spent = true;
        }
        Ok(new)
    }

    /// Ends a family with all its tokens.
    pub(super) fn revoke_family(&mut self, family: FamilyId) {
        self.families.families[family].revoked = true;
        self.access.retain(|_, access| access.family != Some(family));
    }

    /// Ends all refresh tokens; access tokens live on.
    pub(crate) fn revoke_refresh_tokens(&mut self) {
        self.families
            .families
            .iter_mut()
            .for_each(|family| family.revoked = true);
    }
}
