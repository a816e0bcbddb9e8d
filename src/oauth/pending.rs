//! The log-in in flight: what was asked for, kept until the answer comes, and found again by its `state`. Owns the form of the
//! record; where it is stored is the session's business.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use super::{Binding, ReturnTo, Scopes, TokenStorage, Verifier};

/// How long a log-in may be under way, in milliseconds.
pub const PENDING_LIFE_MS: u64 = 10 * 60 * 1000;

/// A log-in in flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What the answer is bound to.
    pub binding: Binding,
    /// What was asked for.
    pub scopes: Scopes,
    /// The secret half of the request, where the flow has one (RFC 7636).
    pub verifier: Option<Verifier>,
    /// Where the person goes afterwards.
    pub return_to: ReturnTo,
    /// Where the token is kept.
    pub token_storage: TokenStorage,
    /// When the log-in began, in milliseconds since the Unix epoch.
    pub created_at: u64,
}

/// What is stored under a state. Serialized as `{"pending":{…}}` or `{"answered_at":…}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Record")]
pub enum StoredLogIn {
    /// A log-in that waits for its answer.
    Waiting(Box<Pending>),
    /// The mark of one whose answer has come; holds nothing but the time, in milliseconds.
    Answered(u64),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record<'a> {
    Pending(Box<PendingRecord<'a>>),
    AnsweredAt(u64),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PendingRecord<'a> {
    binding: Cow<'a, Binding>,
    scope: Cow<'a, Scopes>,
    verifier: Option<Cow<'a, str>>,
    return_to: Cow<'a, ReturnTo>,
    token_storage: TokenStorage,
    created_at: u64,
}

impl Serialize for StoredLogIn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = match self {
            Self::Answered(at) => Record::AnsweredAt(*at),
            Self::Waiting(pending) => Record::Pending(Box::new(PendingRecord {
                binding: Cow::Borrowed(&pending.binding),
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

impl TryFrom<Record<'_>> for StoredLogIn {
    type Error = &'static str;

    fn try_from(record: Record<'_>) -> Result<Self, Self::Error> {
        Ok(match record {
            Record::AnsweredAt(at) => Self::Answered(at),
            Record::Pending(pending) => Self::Waiting(Box::new(Pending {
                binding: pending.binding.into_owned(),
                scopes: pending.scope.into_owned(),
                verifier: match pending.verifier {
                    Some(text) => Some(Verifier::parse(&text).ok_or("not a verifier")?),
                    None => None,
                },
                return_to: pending.return_to.into_owned(),
                token_storage: pending.token_storage,
                created_at: pending.created_at,
            })),
        })
    }
}

impl StoredLogIn {
    /// Whether the entry is still of use at `now` (milliseconds).
    pub fn is_fresh(&self, now: u64) -> bool {
        is_fresh(
            match self {
                Self::Waiting(pending) => pending.created_at,
                Self::Answered(at) => *at,
            },
            now,
        )
    }
}

/// Not older than [`PENDING_LIFE_MS`], and not from the future, which is what a clock set back makes of it.
fn is_fresh(since: u64, now: u64) -> bool {
    now.checked_sub(since).is_some_and(|age| age <= PENDING_LIFE_MS)
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
