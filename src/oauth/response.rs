//! The authorization response (RFC 6749 sections 4.1.2 and 4.2.2): read from query and fragment, believed only when it
//! answers a log-in that is pending.

use super::form::{FormError, pairs};
use super::{
    AccessToken, AuthorizationCode, CodeGrant, ErrorResponse, Flow, Grant, Pending, Scopes, State, expires_in,
};

/// Longest response read, query and fragment together, in bytes.
pub const RESPONSE_CAP: usize = 64 * 1024;

/// The parameters that mean something here. Names are case-sensitive; all others are ignored.
const KNOWN: [&str; 9] = [
    "access_token",
    "code",
    "error",
    "error_description",
    "expires_in",
    "iss",
    "scope",
    "state",
    "token_type",
];

/// A response as it was read. Nothing in it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The log-in that it claims to answer; `None` when there is no `state`, or none that this app could have made.
    pub state: Option<State>,
    /// The server that it claims to come from (RFC 9207).
    pub iss: Option<String>,
    /// What it says.
    pub body: Body,
}

/// What a response says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// No parameter of a response at all: somebody opened the page by hand.
    Nothing,
    /// An error. Whatever stood beside it is dropped.
    Error(ErrorResponse),
    /// A token, in the fragment.
    Token(TokenResponse),
    /// An authorization code, in the query.
    Code(AuthorizationCode),
}

/// The parameters of an implicit success (RFC 6749 section 4.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenResponse {
    /// The token.
    pub access_token: AccessToken,
    /// Its life in seconds.
    pub expires_in: u64,
    /// What was granted; `None` means what was asked for.
    pub scopes: Option<Scopes>,
}

/// A response that can't be read. `state` is there when at least that was clear, so that the log-in can be ended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the authorization response is malformed: {fault}")]
pub struct Malformed {
    /// The log-in that it claims to answer.
    pub state: Option<State>,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a malformed response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More than [`RESPONSE_CAP`] bytes.
    #[error("it is too long")]
    TooLong,
    /// A known parameter stands twice.
    #[error("{0} is given twice")]
    Repeated(&'static str),
    /// A known parameter can't be decoded.
    #[error("{0} can't be decoded: {1}")]
    Undecodable(&'static str, FormError),
    /// There are parameters of a response, but neither token nor code nor error.
    #[error("it holds neither a token nor a code nor an error")]
    Incomplete,
    /// Token and code in one.
    #[error("it holds a token and a code")]
    TokenAndCode,
    /// A token in the query, where servers and proxies could read it, or a code in the fragment.
    #[error("{0} is in the wrong part of the URL")]
    Misplaced(&'static str),
    /// `token_type` is missing or not `bearer`.
    #[error("token_type is not bearer")]
    TokenType,
    /// `access_token` holds characters that no token has.
    #[error("access_token holds characters that no token has")]
    TokenCharacters,
    /// `code` holds characters that no code has.
    #[error("code holds characters that no code has")]
    CodeCharacters,
    /// `expires_in` is no number of seconds.
    #[error("expires_in is not a number of seconds")]
    ExpiresIn,
}

/// Why a response that could be read is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// `iss` is missing, or it is another server's (RFC 9207 section 2.4).
    #[error("the response comes from another issuer")]
    Issuer,
    /// A code where a token was asked for, or the other way round.
    #[error("the response is of another kind than the one asked for")]
    Kind,
    /// The token's life was zero.
    #[error("the token was over when it arrived")]
    ExpiredOnArrival,
    /// The server answered with an error.
    #[error("the server answered {:?}", .0.code)]
    Server(ErrorResponse),
}

/// What a response that passed every check holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Passed {
    /// A token.
    Token(Grant),
    /// A code, to be redeemed at the token endpoint.
    Code(CodeGrant),
}

/// Made in this file only, so that nothing else can make a grant.
pub(super) struct Checked(());

struct Part {
    name: &'static str,
    text: String,
    in_query: bool,
}

/// The known parameters that have a value, each once.
struct Parts(Vec<Part>);

impl Parts {
    fn get(&self, name: &str) -> Option<&Part> {
        self.0.iter().find(|part| part.name == name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|part| part.text.as_str())
    }
}

impl Response {
    /// Reads a response from both parts of the URL, each with or without its leading `?` or `#`.
    ///
    /// # Errors
    /// [`Malformed`] when a parameter that is used can't be relied on.
    pub fn parse(query: &str, fragment: &str) -> Result<Self, Malformed> {
        let malformed = |state: Option<State>| move |fault| Malformed { state, fault };
        if query.len() + fragment.len() > RESPONSE_CAP {
            return Err(malformed(None)(Fault::TooLong));
        }
        let (parts, fault) = known_parts(query, fragment);
        let state = match fault {
            Some(Fault::Repeated("state") | Fault::Undecodable("state", _)) => None,
            _ => parts.text("state").and_then(State::parse),
        };
        if let Some(fault) = fault {
            return Err(malformed(state)(fault));
        }
        let body = read_body(&parts).map_err(malformed(state.clone()))?;
        let iss = parts.text("iss").map(str::to_owned);
        Ok(Self { state, iss, body })
    }

    /// Checks the response against the pending log-in that it answers, found by its `state` and already taken out of storage. The
    /// issuer is checked before anything else, on a success and on an error alike (RFC 9207 section 2.4).
    ///
    /// # Errors
    /// [`Refusal`]; the token, if there was one, is dropped.
    pub fn check(self, pending: Pending) -> Result<Passed, Refusal> {
        if pending.binding.issuer.is_some() && self.iss != pending.binding.issuer {
            return Err(Refusal::Issuer);
        }
        let Some(log_in) = self.state else {
            return Err(Refusal::Kind);
        };
        match (self.body, pending.binding.flow, pending.verifier.clone()) {
            (Body::Error(error), ..) => Err(Refusal::Server(error)),
            (Body::Token(token), Flow::Implicit, _) if token.expires_in == 0 => Err(Refusal::ExpiredOnArrival),
            (Body::Token(token), Flow::Implicit, _) => {
                Ok(Passed::Token(Grant::implicit(Checked(()), log_in, token, pending)))
            }
            (Body::Code(code), Flow::Pkce, Some(verifier)) => Ok(Passed::Code(CodeGrant::new(
                Checked(()),
                log_in,
                code,
                verifier,
                pending,
            ))),
            _ => Err(Refusal::Kind),
        }
    }
}

/// Collects the known parameters that have a value. The first fault is reported beside what could be read.
fn known_parts(query: &str, fragment: &str) -> (Parts, Option<Fault>) {
    let mut parts = Vec::new();
    let mut seen = Vec::new();
    let mut faults = Vec::new();
    let sides = [(query, true), (fragment, false)];
    for (in_query, (name, value)) in sides
        .into_iter()
        .flat_map(|(text, in_query)| pairs(text).map(move |pair| (in_query, pair)))
    {
        let Some(name) = name
            .ok()
            .and_then(|name| KNOWN.into_iter().find(|known| *known == name))
        else {
            continue;
        };
        if seen.contains(&name) {
            faults.push(Fault::Repeated(name));
        }
        seen.push(name);
        match value {
            Err(error) => faults.push(Fault::Undecodable(name, error)),
            Ok(text) if text.is_empty() => {}
            Ok(text) => parts.push(Part { name, text, in_query }),
        }
    }
    let about_state = |fault: &&Fault| matches!(fault, Fault::Repeated("state") | Fault::Undecodable("state", _));
    let fault = faults.iter().find(about_state).or(faults.first()).copied();
    (Parts(parts), fault)
}

fn read_body(parts: &Parts) -> Result<Body, Fault> {
    let text = |name| parts.text(name);
    if let Some(error) = text("error") {
        let error = ErrorResponse::parse(error, text("error_description"));
        return Ok(Body::Error(error));
    }
    match (parts.get("access_token"), parts.get("code")) {
        (Some(_), Some(_)) => Err(Fault::TokenAndCode),
        (Some(token), None) if token.in_query => Err(Fault::Misplaced("access_token")),
        (None, Some(code)) if !code.in_query => Err(Fault::Misplaced("code")),
        (Some(token), None) => {
            if !text("token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")) {
                return Err(Fault::TokenType);
            }
            Ok(Body::Token(TokenResponse {
                access_token: AccessToken::parse(&token.text).ok_or(Fault::TokenCharacters)?,
                expires_in: expires_in(text("expires_in")).ok_or(Fault::ExpiresIn)?,
                scopes: text("scope").map(Scopes::parse),
            }))
        }
        (None, Some(code)) => AuthorizationCode::parse(&code.text)
            .map(Body::Code)
            .ok_or(Fault::CodeCharacters),
        (None, None) if parts.0.is_empty() => Ok(Body::Nothing),
        (None, None) => Err(Fault::Incomplete),
    }
}

#[cfg(test)]
mod check_tests;
#[cfg(test)]
mod tests;
