//! The protocol, as pure functions and types: RFC 6749 (implicit grant, authorization code, renewal), RFC 6750 (bearer
//! tokens), RFC 7636 (PKCE), RFC 9207 (`iss`), RFC 9700 (best practice).
//!
//! This module knows no DOM, no clock, no storage and no network. Time, randomness and stored text come in as arguments, so
//! that every rule here is a plain host test.
//!
//! The types carry the proof. [`Response::parse`] reads what came back and believes nothing. [`Response::check`] holds it
//! against the [`Pending`] log-in that it answers, and only that makes a [`Grant`]. Only a grant makes a session.

mod binding;
mod error_code;
mod form;
mod grant;
mod newtype;
mod pending;
mod pkce;
mod request;
mod response;
mod return_to;
mod scope;
mod state;
mod token;
mod token_response;

pub use binding::{Binding, Flow};
pub use error_code::{ErrorCode, ErrorResponse};
pub use form::{FormError, decode, encode, pairs};
pub use grant::{AuthorizationCode, CodeGrant, Grant};
pub use pending::{PENDING_LIFE_MS, Pending, StoredLogIn};
pub use pkce::Verifier;
pub use request::{authorize_url, request_parameters};
pub use response::{Body, Fault, Malformed, Passed, RESPONSE_CAP, Refusal, Response, TokenResponse};
pub use return_to::ReturnTo;
pub use scope::{Scopes, describe};
pub use state::State;
pub use token::{AccessToken, EXPIRES_IN_DEFAULT_S, EXPIRES_IN_MAX_S, TokenStorage, expires_in};
pub use token_response::{RefreshToken, TokenAnswer, TokenError, TokenType};

#[cfg(test)]
pub(crate) use pending::samples;
