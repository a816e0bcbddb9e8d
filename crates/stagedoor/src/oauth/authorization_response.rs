//! The authorization response (RFC 6749 sections 4.1.2 and 4.2.2): parsed from query and fragment, accepted only when it
//! answers a pending login. Finding that login in storage is not its job.

use super::grant::{CodeGrant, TokenGrant};
use super::{AuthorizationCode, ErrorResponse, Flow, FormError, Grant, PendingLogin, State, TokenResponse};

mod parameters;

/// Longest response that is parsed, query and fragment together, in bytes.
pub const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// A parsed response. Nothing in it is trusted yet.
#[derive(Debug, PartialEq, Eq)]
pub struct AuthorizationResponse {
    /// The login that it claims to answer; `None` when there is no `state`, or none that this app could have made.
    pub state: Option<State>,
    /// The server that it claims to come from (RFC 9207).
    pub iss: Option<String>,
    /// What it holds.
    pub body: ResponseBody,
}

/// What a response holds.
#[derive(Debug, PartialEq, Eq)]
pub enum ResponseBody {
    /// No parameter of a response: the callback page was opened without one.
    Empty,
    /// An error. Anything beside it is dropped.
    Error(ErrorResponse),
    /// A token, in the fragment (RFC 6749 section 4.2.2). A lifetime of zero is refused by [`AuthorizationResponse::check`].
    Token(TokenResponse),
    /// An authorization code, in the query.
    Code(AuthorizationCode),
}

/// A response that can't be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the authorization response is malformed: {reason}")]
pub struct MalformedResponse {
    /// The login that it claims to answer, when at least that is unambiguous, so that the login can be ended.
    pub state: Option<State>,
    /// What is wrong with it.
    pub reason: MalformedReason,
}

/// What is wrong with a malformed response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedReason {
    /// More than 64 KiB, query and fragment together.
    #[error("it is too long")]
    TooLong,
    /// A known parameter is given twice (RFC 6749 section 3.1).
    #[error("{0} is given twice")]
    Repeated(&'static str),
    /// A known parameter can't be decoded.
    #[error("{0} can't be decoded: {1}")]
    Undecodable(&'static str, FormError),
    /// There are parameters of a response, but no token, code or error.
    #[error("it holds neither a token nor a code nor an error")]
    Incomplete,
    /// A token and a code in one response.
    #[error("it holds a token and a code")]
    TokenAndCode,
    /// A token in the query, which servers and proxies can read, or a code in the fragment.
    #[error("{0} is in the wrong part of the URL")]
    WrongPart(&'static str),
    /// `token_type` is missing or not `bearer`.
    #[error("token_type is not bearer")]
    TokenType,
    /// `access_token` holds characters that are not allowed in a token.
    #[error("access_token holds characters that are not allowed in a token")]
    TokenCharacters,
    /// `code` holds characters that are not allowed in a code.
    #[error("code holds characters that are not allowed in a code")]
    CodeCharacters,
    /// `expires_in` is not a number of seconds.
    #[error("expires_in is not a number of seconds")]
    ExpiresIn,
}

/// Why a parsed response is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResponseError {
    /// `iss` is missing or names another server (RFC 9207 section 2.4).
    #[error("iss is not the configured issuer")]
    IssuerMismatch,
    /// A code where a token was requested, or the reverse.
    #[error("the response is not of the requested response_type")]
    UnexpectedResponseType,
    /// The token's lifetime is zero.
    #[error("the token has already expired")]
    AlreadyExpired,
    /// The server sent an error.
    #[error("the server answered {}", .0.code)]
    Server(ErrorResponse),
}

/// Made in this file only, so that nothing else can make a grant.
pub(super) struct Checked(());

impl AuthorizationResponse {
    /// Parses the response in a URL's query and fragment, each with or without its leading `?` or `#`.
    ///
    /// # Errors
    /// [`MalformedResponse`] when a parameter that is used is ambiguous or invalid.
    pub fn parse(query: &str, fragment: &str) -> Result<Self, MalformedResponse> {
        parameters::parse(query, fragment)
    }

    /// Checks the response against the pending login that it answers, found by its `state` and already removed from storage.
    /// The issuer is checked before anything else, on a success and on an error alike (RFC 9207 section 2.4).
    ///
    /// # Errors
    /// [`ResponseError`]; a token or code in the response is dropped.
    pub fn check(self, mut pending: PendingLogin) -> Result<Grant, ResponseError> {
        if pending.client.issuer.is_some() && self.iss != pending.client.issuer {
            return Err(ResponseError::IssuerMismatch);
        }
        let login = self.state.ok_or(ResponseError::UnexpectedResponseType)?;
        match (self.body, pending.client.flow, pending.verifier.take()) {
            (ResponseBody::Error(error), ..) => Err(ResponseError::Server(error)),
            (ResponseBody::Token(token), Flow::Implicit, _) if token.expires_in == 0 => {
                Err(ResponseError::AlreadyExpired)
            }
            (ResponseBody::Token(token), Flow::Implicit, _) => {
                let grant = TokenGrant::new(Checked(()), login, token, pending);
                Ok(Grant::Token(grant))
            }
            (ResponseBody::Code(code), Flow::Pkce, Some(verifier)) => {
                let grant = CodeGrant::new(Checked(()), login, code, verifier, pending);
                Ok(Grant::Code(grant))
            }
            _ => Err(ResponseError::UnexpectedResponseType),
        }
    }
}

#[cfg(test)]
mod check_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
