//! The authorization server and the Web API: rotates refresh tokens, notices when one is used twice, and revokes everything then.

use std::collections::BTreeMap;

use crate::oauth::{ErrorResponse, TokenError, TokenResponse, pairs};

/// How the token endpoint answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// At once.
    Healthy,
    /// After eight seconds.
    Slow,
    /// Never, and it does nothing.
    Hangs,
    /// It issues the token, and its answer gets lost.
    Loses,
    /// With 503.
    Fails,
    /// With `invalid_client`.
    RefusesClient,
}

/// Why the app may no longer have the refresh token that the server would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The server revoked what it had issued.
    Revoked,
    /// The answer got lost on the way, or came to a tab that was gone.
    Network,
    /// The person loaded the page again while the answer was on its way.
    Reload,
    /// The app itself left the page while the answer was on its way.
    Redirect,
    /// A refresh token was used twice.
    Reuse,
}

/// What came of one login.
#[derive(Debug, Default)]
struct Family {
    refreshes: u32,
    is_revoked: bool,
    loss: Option<Loss>,
    /// When each access token expires, by true time.
    expiries: Vec<u64>,
}

/// The servers.
#[derive(Debug)]
pub struct Server {
    pub mode: Mode,
    /// The lifetime of the tokens that are issued, in seconds.
    pub lifetime: u64,
    families: BTreeMap<u32, Family>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            mode: Mode::Healthy,
            lifetime: 3600,
            families: BTreeMap::new(),
        }
    }
}

/// The value of a parameter of a form.
pub fn parameter(form: &str, name: &str) -> Option<String> {
    let found = pairs(form).find(|(key, _)| key.as_deref() == Ok(name))?;
    found.1.ok()
}

/// The login and the number of a token, such as `ref-3-1`.
fn parts(token: &str) -> Option<(u32, u32)> {
    let (login, number) = token.split_once('-')?.1.split_once('-')?;
    Some((login.parse().ok()?, number.parse().ok()?))
}

impl Server {
    /// Issues the access token of an implicit grant.
    pub fn issue(&mut self, login: u32, now: u64) -> String {
        let family = self.families.entry(login).or_default();
        family.expiries = vec![now + self.lifetime * 1000];
        format!("acc-{login}-0")
    }

    /// Answers a token request.
    pub fn token(&mut self, form: &str, now: u64) -> Result<TokenResponse, TokenError> {
        let invalid_grant = || Err(TokenError::Refused(ErrorResponse::parse("invalid_grant", None)));
        let (login, number) = match self.mode {
            Mode::Hangs | Mode::Fails => return Err(TokenError::Transient),
            Mode::RefusesClient => return Err(TokenError::Refused(ErrorResponse::parse("invalid_client", None))),
            _ => match parameter(form, "refresh_token") {
                Some(token) => {
                    let Some((login, used)) = parts(&token) else {
                        return invalid_grant();
                    };
                    let family = self.families.entry(login).or_default();
                    if used != family.refreshes && !family.is_revoked {
                        family.is_revoked = true;
                        family.loss.get_or_insert(Loss::Reuse);
                    }
                    if family.is_revoked {
                        return invalid_grant();
                    }
                    family.refreshes += 1;
                    (login, family.refreshes)
                }
                None => match parameter(form, "code").and_then(|code| code.parse().ok()) {
                    Some(login) if !self.families.contains_key(&login) => (login, 0),
                    _ => return invalid_grant(),
                },
            },
        };
        let expiries = &mut self.families.entry(login).or_default().expiries;
        expiries.push(now + self.lifetime * 1000);
        let body = format!(
            r#"{{"access_token":"acc-{login}-{number}","token_type":"Bearer","expires_in":{},"refresh_token":"ref-{login}-{number}"}}"#,
            self.lifetime
        );
        TokenResponse::parse(200, &body)
    }

    /// Whether the Web API takes a token.
    pub fn accepts(&self, token: &str, now: u64) -> bool {
        let Some((login, number)) = parts(token) else {
            return false;
        };
        let family = self.families.get(&login).filter(|family| !family.is_revoked);
        let expiry = family.and_then(|family| family.expiries.get(number as usize));
        expiry.is_some_and(|expiry| now < *expiry)
    }

    /// Revokes everything.
    pub fn revoke(&mut self) {
        for family in self.families.values_mut() {
            family.is_revoked = true;
            family.loss.get_or_insert(Loss::Revoked);
        }
    }

    /// Notes that the answer to `form` did not reach the app. The first loss counts.
    pub fn lost(&mut self, form: &str, loss: Loss) {
        let login = parameter(form, "refresh_token").and_then(|token| parts(&token));
        if let Some(family) = login.and_then(|(login, _)| self.families.get_mut(&login)) {
            family.loss.get_or_insert(loss);
        }
    }

    /// Notes that the only page that had this access token, with the refresh token that came with it, is gone.
    pub fn forgotten(&mut self, token: &str) {
        if let Some(family) = parts(token).and_then(|(login, _)| self.families.get_mut(&login)) {
            family.loss.get_or_insert(Loss::Network);
        }
    }

    /// Why the login of a token may no longer be taken.
    pub fn loss(&self, token: &str) -> Option<Loss> {
        self.families.get(&parts(token)?.0)?.loss
    }
}
