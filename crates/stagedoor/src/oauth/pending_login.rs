//! The pending login: what was requested, stored until the response comes and found again by its `state`. Owns the form of
//! the stored record and its lifetime; where it is stored is decided by the session.

use serde::{Deserialize, Serialize};

use super::newtype::keep_option;
use super::{Client, CodeVerifier, ReturnPath, Scopes, TokenStorage};

/// How long a login may be pending, in milliseconds.
pub const PENDING_LIFETIME_MS: u64 = 10 * 60 * 1000;

/// A login whose response has not come yet.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PendingLogin {
    /// The client, as configured when the login began.
    pub client: Client,
    /// The scopes that were requested.
    #[serde(rename = "scope")]
    pub scopes: Scopes,
    /// The code verifier, where the flow has one (RFC 7636).
    #[serde(serialize_with = "keep_option", deserialize_with = "Option::deserialize")]
    pub verifier: Option<CodeVerifier>,
    /// The page to return to.
    pub return_to: ReturnPath,
    /// Where the token will be kept.
    pub token_storage: TokenStorage,
    /// When the login began, in milliseconds since the Unix epoch.
    pub created_at: u64,
}

/// The record that is stored under a state. Serialized as `{"pending":{…}}`, `{"redeeming_since":…}` or
/// `{"answered_at":…}`. Times are milliseconds since the Unix epoch.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredLogin {
    /// A login that waits for its response.
    Pending(Box<PendingLogin>),
    /// A login whose code is being redeemed. Kept so that a page that is loaded again meanwhile can say so.
    RedeemingSince(u64),
    /// A login whose response has come. Kept so that the same response is recognized when it comes again.
    AnsweredAt(u64),
}

impl StoredLogin {
    /// Whether the record is in use at `now` (milliseconds since the Unix epoch): not older than [`PENDING_LIFETIME_MS`]. One from
    /// the future is: the clock was set back meanwhile.
    pub fn is_fresh(&self, now: u64) -> bool {
        now.saturating_sub(self.time()) <= PENDING_LIFETIME_MS
    }

    /// When what it says began, in milliseconds since the Unix epoch.
    pub fn time(&self) -> u64 {
        match self {
            Self::Pending(pending) => pending.created_at,
            Self::RedeemingSince(since) => *since,
            Self::AnsweredAt(at) => *at,
        }
    }
}

#[cfg(test)]
mod tests;
