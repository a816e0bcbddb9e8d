//! Authorization codes: each can be exchanged once, by the client that holds the verifier.

use super::{GrantError, TokenStore, Tokens, refresh_tokens::FamilyId};
use crate::{options::Options, pkce, random, scope::Scopes};
use std::time::Instant;

/// The authorization that a code stands for.
#[derive(Debug)]
pub(crate) struct Code {
    client_id: String,
    redirect_uri: String,
    challenge: String,
    scopes: Scopes,
    issued_at: Instant,
    used: bool,
    /// The tokens issued for it.
    family: Option<FamilyId>,
}

impl Code {
    pub(crate) fn new(client_id: &str, redirect_uri: &str, challenge: &str, scopes: &Scopes) -> Self {
        Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            challenge: challenge.to_owned(),
            scopes: scopes.clone(),
            issued_at: Instant::now(),
            used: false,
            family: None,
        }
    }

    fn check(&self, exchange: &CodeExchange<'_>, options: &Options) -> Result<(), GrantError> {
        if self.issued_at.elapsed() >= options.code_lifetime {
            Err(GrantError::CodeExpired)
        } else if self.client_id != exchange.client_id {
            Err(GrantError::WrongClient)
        } else if self.redirect_uri != exchange.redirect_uri {
            Err(GrantError::WrongRedirectUri)
        } else if !pkce::is_verifier(exchange.verifier) {
            Err(GrantError::MalformedVerifier)
        } else if self.challenge != pkce::challenge(exchange.verifier) {
            Err(GrantError::WrongVerifier)
        } else {
            Ok(())
        }
    }
}

/// A token request with a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Debug)]
pub(crate) struct CodeExchange<'a> {
    pub(crate) code: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) verifier: &'a str,
}

impl TokenStore {
    /// Issues a code.
    pub(crate) fn issue_code(&mut self, code: Code) -> Result<String, getrandom::Error> {
        let text = random::secret("code")?;
        self.codes.insert(text.clone(), code);
        self.remember_secret(&text);
        Ok(text)
    }

    /// Exchanges a code for tokens. Every attempt uses it up; a second one revokes the tokens of the first.
    pub(crate) fn exchange_code(
        &mut self,
        exchange: &CodeExchange<'_>,
        options: &Options,
    ) -> Result<Tokens, GrantError> {
        let code = self.codes.get_mut(exchange.code).ok_or(GrantError::UnknownCode)?;
        if code.used {
            if let Some(family) = code.family {
                self.revoke_family(family);
            }
            return Err(GrantError::CodeReplayed);
        }
        code.used = true;
        code.check(exchange, options)?;
        let (scopes, authorized) = (code.scopes.clone(), code.issued_at);
        let family = self.families.create(exchange.client_id, &scopes, authorized);
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
