//! Everything secret that was handed out: which access tokens exist, until when, and for what.

use crate::{random, scopes::Scopes};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// Why an access token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejected {
    Unknown,
    Expired,
}

#[derive(Debug)]
struct Access {
    scopes: Scopes,
    /// `None` when the end is too far away for the clock.
    ends: Option<Instant>,
}

/// All tokens of one stand-in.
#[derive(Debug, Default)]
pub(crate) struct Vault {
    access: HashMap<String, Access>,
    secrets: Vec<String>,
}

impl Vault {
    /// A new access token that lives this many seconds from now.
    pub(crate) fn issue_access(&mut self, scopes: &Scopes, seconds: u64) -> Result<String, getrandom::Error> {
        let token = random::secret("access")?;
        let ends = Instant::now().checked_add(Duration::from_secs(seconds));
        self.access.insert(
            token.clone(),
            Access {
                scopes: scopes.clone(),
                ends,
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
        if !secret.is_empty() && !self.secrets.iter().any(|known| known == secret) {
            self.secrets.push(secret.to_owned());
        }
    }

    pub(crate) fn secrets(&self) -> Vec<String> {
        self.secrets.clone()
    }
}
