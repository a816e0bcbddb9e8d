//! The log-in in flight: what was asked for, kept until the answer comes, and found again by its `state`. Owns the text
//! form of the entry; where it is stored is the session's business.

use super::{Binding, Record, ReturnTo, Scopes, TokenStorage, Verifier, encode, unique};

/// How long a log-in may be under way, in milliseconds.
pub const PENDING_LIFE_MS: u64 = 10 * 60 * 1000;

/// Version of the text form.
const VERSION: &str = "1";

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

/// What is stored under a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredLogIn {
    /// A log-in that waits for its answer.
    Waiting(Box<Pending>),
    /// The mark of one whose answer has come; holds nothing but the time, in milliseconds.
    Answered(u64),
}

impl StoredLogIn {
    /// The text form.
    pub fn to_text(&self) -> String {
        match self {
            Self::Answered(at) => encode([("v", VERSION), ("answered_at", at.to_string().as_str())]),
            Self::Waiting(pending) => {
                let scope = pending.scopes.to_string();
                let created_at = pending.created_at.to_string();
                let own = [
                    ("v", VERSION),
                    ("scope", scope.as_str()),
                    ("return_to", pending.return_to.as_str()),
                    ("token_storage", pending.token_storage.name()),
                    ("created_at", created_at.as_str()),
                ];
                let verifier = pending
                    .verifier
                    .as_ref()
                    .map(|verifier| ("verifier", verifier.expose_secret()));
                encode(own.into_iter().chain(verifier).chain(pending.binding.fields()))
            }
        }
    }

    /// Reads the text form. `None` for anything else: another version, a field missing, doubled, malformed or unknown.
    pub fn parse(text: &str) -> Option<Self> {
        let mut record = unique(text).ok()?;
        if record.take("v")? != VERSION {
            return None;
        }
        let entry = match record.take("answered_at") {
            Some(at) => Self::Answered(at.parse().ok()?),
            None => Self::Waiting(Box::new(Pending {
                scopes: Scopes::parse(&record.take("scope")?),
                verifier: match record.take("verifier") {
                    Some(text) => Some(Verifier::parse(&text)?),
                    None => None,
                },
                return_to: ReturnTo::parse(&record.take("return_to")?)?,
                token_storage: TokenStorage::parse(&record.take("token_storage")?)?,
                created_at: record.take("created_at")?.parse().ok()?,
                binding: Binding::from_record(&mut record)?,
            })),
        };
        record.is_empty().then_some(entry)
    }

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

    /// The same for an entry that is not read any further: false for what is none.
    pub fn is_fresh_text(text: &str, now: u64) -> bool {
        let since = |mut record: Record| record.take("created_at").or(record.take("answered_at"))?.parse().ok();
        unique(text)
            .ok()
            .and_then(since)
            .is_some_and(|since| is_fresh(since, now))
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
