//! The protocol, as pure functions and types: RFC 6749 (implicit grant, authorization code, refresh), RFC 6750 (bearer
//! tokens), RFC 7636 (PKCE), RFC 9207 (`iss`), RFC 9700 (best current practice).
//!
//! This module knows no DOM, no clock, no storage and no network. Time, randomness and stored text come in as arguments, so
//! that every rule here is a plain host test.
//!
//! The types carry the proof. [`AuthorizationResponse::parse`] reads a response and trusts nothing in it.
//! [`AuthorizationResponse::check`] compares it with the [`PendingLogin`] that it answers, and only that makes a [`Grant`].
//! Only a grant makes a session.

mod authorization_code;
mod authorization_request;
mod authorization_response;
mod client;
mod error_code;
mod form;
mod further_parameters;
mod grant;
mod newtype;
mod pending_login;
mod pkce;
mod response_url;
mod return_path;
mod scopes;
mod state;
mod token;
mod token_response;

pub use authorization_code::AuthorizationCode;
pub use authorization_request::{authorize_url, request_parameters};
pub use authorization_response::{
    AuthorizationResponse, MAX_RESPONSE_BYTES, MalformedReason, MalformedResponse, ResponseBody, ResponseError,
};
pub use client::{Client, Flow, TokenStorage};
pub use error_code::{ErrorCode, ErrorResponse};
pub use form::{FormError, decode, encode, pairs};
pub use further_parameters::{FurtherParameters, Parameter};
pub use grant::{CodeGrant, Grant, TokenGrant};
pub(crate) use newtype::{keep, keep_option};
pub use pending_login::{PENDING_LIFETIME_MS, PendingLogin, StoredLogin};
pub use pkce::CodeVerifier;
pub use response_url::ResponseUrl;
pub use return_path::ReturnPath;
pub use scopes::Scopes;
pub use state::State;
pub use token::{AccessToken, EXPIRES_IN_DEFAULT_S, EXPIRES_IN_MAX_S, RefreshToken, expires_in};
pub use token_response::{TokenError, TokenResponse, TokenType};

#[cfg(test)]
pub(crate) mod samples;
