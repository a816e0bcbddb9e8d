//! The pending login: what was requested, stored until the response comes and found again by its `state`. Owns the form of
//! the stored record and its lifetime; where it is stored is decided by the session.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use super::{Client, CodeVerifier, ReturnPath, Scopes, TokenStorage};

/// How long a login may be pending, in milliseconds.
pub const PENDING_LIFETIME_MS: u64 = 10 * 60 * 1000;

/// A login whose response has not come yet.
#[derive(Debug, PartialEq, Eq)]
pub struct PendingLogin {
    /// The client, as configured when the login began.
    pub client: Client,
    /// The scopes that were requested.
    pub scopes: Scopes,
    /// The code verifier, where the flow has one (RFC 7636).
    pub verifier: Option<CodeVerifier>,
    /// The page to return to.
    pub return_to: ReturnPath,
    /// Where the token will be kept.
    pub token_storage: TokenStorage,
    /// When the login began, in milliseconds since the Unix epoch.
    pub created_at: u64,
}

/// The record that is stored under a state. Serialized as `{"pending":{…}}`, `{"redeeming_since":…}` or
/// `{"answered_at":…}`.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Record")]
pub enum StoredLogin {
    /// A login that waits for its response.
    Pending(Box<PendingLogin>),
    /// A login whose code is being redeemed. Kept so that a page that is loaded again meanwhile can say so.
    Redeeming {
        /// Since when, in milliseconds since the Unix epoch.
        since: u64,
    },
    /// A login whose response has come. Kept so that the same response is recognized when it comes again.
    Answered {
        /// When the response came, in milliseconds since the Unix epoch.
        at: u64,
    },
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
            Self::Redeeming { since } => *since,
            Self::Answered { at } => *at,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record<'a> {
    Pending(Box<PendingRecord<'a>>),
    RedeemingSince(u64),
    AnsweredAt(u64),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PendingRecord<'a> {
    client: Cow<'a, Client>,
    scope: Cow<'a, Scopes>,
    verifier: Option<Cow<'a, str>>,
    return_to: Cow<'a, ReturnPath>,
    token_storage: TokenStorage,
    created_at: u64,
}

impl Serialize for StoredLogin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = match self {
            Self::Redeeming { since } => Record::RedeemingSince(*since),
            Self::Answered { at } => Record::AnsweredAt(*at),
            Self::Pending(pending) => Record::Pending(Box::new(PendingRecord {
                client: Cow::Borrowed(&pending.client),
                scope: Cow::Borrowed(&pending.scopes),
                verifier: pending
                    .verifier
                    .as_ref()
                    .map(|verifier| verifier.expose_secret().into()),
                return_to: Cow::Borrowed(&pending.return_to),
                token_storage: pending.token_storage,
                created_at: pending.created_at,
            })),
        };
        record.serialize(serializer)
    }
}

impl TryFrom<Record<'_>> for StoredLogin {
    type Error = &'static str;

    fn try_from(record: Record<'_>) -> Result<Self, Self::Error> {
        Ok(match record {
            Record::RedeemingSince(since) => Self::Redeeming { since },
            Record::AnsweredAt(at) => Self::Answered { at },
            Record::Pending(pending) => Self::Pending(Box::new(PendingLogin {
                client: pending.client.into_owned(),
                scopes: pending.scope.into_owned(),
                verifier: match pending.verifier {
                    Some(text) => Some(CodeVerifier::parse(&text).ok_or("not a code verifier")?),
                    None => None,
                },
                return_to: pending.return_to.into_owned(),
                token_storage: pending.token_storage,
                created_at: pending.created_at,
            })),
        })
    }
}

#[cfg(test)]
mod tests;
