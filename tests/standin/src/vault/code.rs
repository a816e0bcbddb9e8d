//! Authorization codes: issued once, redeemed once, and only by whoever holds the verifier.

use super::{GrantError, Tokens, Vault, refresh::FamilyId};
use crate::{options::Options, pkce, random, scopes::Scopes};
use std::time::Instant;

/// What a code stands for.
#[derive(Debug)]
pub(crate) struct Code {
    client_id: String,
    redirect_uri: String,
    challenge: String,
    scopes: Scopes,
    born: Instant,
    spent: bool,
    /// The tokens that came from it.
    family: Option<FamilyId>,
}

impl Code {
    pub(crate) fn new(client_id: &str, redirect_uri: &str, challenge: &str, scopes: &Scopes) -> Self {
        Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            challenge: challenge.to_owned(),
            scopes: scopes.clone(),
            born: Instant::now(),
            spent: false,
            family: None,
        }
    }

    fn check(&self, redeem: &Redeem<'_>, options: &Options) -> Result<(), GrantError> {
        if self.born.elapsed() >= options.code_life {
            Err(GrantError::CodeExpired)
        } else if self.client_id != redeem.client_id {
            Err(GrantError::WrongClient)
        } else if self.redirect_uri != redeem.redirect_uri {
            Err(GrantError::WrongRedirectUri)
        } else if !pkce::is_verifier(redeem.verifier) {
            Err(GrantError::MalformedVerifier)
        } else if self.challenge != pkce::challenge(redeem.verifier) {
            Err(GrantError::WrongVerifier)
        } else {
            Ok(())
        }
    }
}

/// What a client shows to get tokens for a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Debug)]
pub(crate) struct Redeem<'a> {
    pub(crate) code: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) verifier: &'a str,
}

impl Vault {
    /// A new code.
    pub(crate) fn issue_code(&mut self, code: Code) -> Result<String, getrandom::Error> {
        let text = random::secret("code")?;
        self.codes.insert(text.clone(), code);
        self.note_secret(&text);
        Ok(text)
    }

    /// Tokens for a code. Any attempt uses the code up; a second one revokes what the first one gave.
    pub(crate) fn redeem(&mut self, redeem: &Redeem<'_>, options: &Options) -> Result<Tokens, GrantError> {
        let code = self.codes.get_mut(redeem.code).ok_or(GrantError::UnknownCode)?;
        if code.spent {
            if let Some(family) = code.family {
                self.revoke_family(family);
            }
            return Err(GrantError::CodeReplayed);
        }
        code.spent = true;
        code.check(redeem, options)?;
        let (scopes, authorized) = (code.scopes.clone(), code.born);
        let family = self.families.found(redeem.client_id, &scopes, authorized);
        code.family = Some(family);
        let refresh = Some(self.issue_refresh(family)?);
        let access = self.issue(&scopes, options.expires_in, Some(family))?;
        Ok(Tokens {
            access,
            refresh,
            scopes,
        })
    }
}
