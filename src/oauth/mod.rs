//! The protocol, as pure functions and types: RFC 6749 section 4.2 (implicit grant), RFC 6750 (bearer tokens), RFC 9207
//! (`iss`), RFC 9700 (best practice).
//!
//! This room knows no DOM, no clock, no storage and no network. Time, randomness and stored text come in as arguments, so
//! that every rule here is a plain host test.
//!
//! The types carry the proof. [`Response::parse`] reads what came back and believes nothing. [`Response::check`] holds it
//! against the [`Pending`] log-in that it answers, and only that makes a [`Grant`]. Only a grant makes a session.

mod binding;
mod error_code;
mod form;
mod pending;
mod request;
mod response;
mod return_to;
mod scope;
mod state;
mod token;

pub use binding::{Binding, Flow};
pub use error_code::{ErrorCode, ErrorResponse};
pub use form::{FormError, decode, encode, pairs, unique};
pub use pending::{PENDING_LIFE_MS, Pending, StoredLogIn};
pub use request::authorize_url;
pub use response::{Body, Fault, Grant, Malformed, RESPONSE_CAP, Refusal, Response, TokenResponse};
pub use return_to::ReturnTo;
pub use scope::{Scopes, describe};
pub use state::State;
pub use token::{AccessToken, EXPIRES_IN_DEFAULT_S, EXPIRES_IN_MAX_S, expires_in};

#[cfg(test)]
pub(crate) use pending::samples;
