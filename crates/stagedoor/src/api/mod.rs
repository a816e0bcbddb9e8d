//! Calls of a web API that takes the token (RFC 6750): one function that makes them, their errors, and when to retry. Knows no session,
//! and nothing of what a particular API answers.

mod client;
mod error;
mod retry;

pub use client::{TIMEOUT_MS, get};
pub(crate) use error::contains_ignoring_case;
pub use error::{ApiError, FailedResponse};
pub use retry::{RetryDecision, decide};
