//! Parses the parameters of an authorization response. Owns which parameters are known and when they are ambiguous; knows
//! nothing of pending logins.

use super::{AuthorizationResponse, MAX_RESPONSE_BYTES, MalformedReason, MalformedResponse, ResponseBody};
use crate::oauth::{
    AccessToken, AuthorizationCode, ErrorResponse, Scopes, State, TokenResponse, TokenType, expires_in, pairs,
};

/// The parameters that are used. Names are case-sensitive; all others are ignored.
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

struct Parameter {
    name: &'static str,
    value: String,
    in_query: bool,
}

/// The known parameters that have a value.
struct Parameters(Vec<Parameter>);

impl Parameters {
    fn get(&self, name: &str) -> Option<&Parameter> {
        self.0.iter().find(|parameter| parameter.name == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.get(name).map(|parameter| parameter.value.as_str())
    }
}

pub(super) fn parse(query: &str, fragment: &str) -> Result<AuthorizationResponse, MalformedResponse> {
    let malformed = |state: Option<State>| move |reason| MalformedResponse { state, reason };
    if query.len() + fragment.len() > MAX_RESPONSE_BYTES {
        return Err(malformed(None)(MalformedReason::TooLong));
    }
    let (parameters, reason) = known_parameters(query, fragment);
    let state = match &reason {
        Some(reason) if is_about_state(reason) => None,
        _ => parameters.value("state").and_then(State::parse),
    };
    if let Some(reason) = reason {
        return Err(malformed(state)(reason));
    }
    let body = parse_body(&parameters).map_err(malformed(state.clone()))?;
    let iss = parameters.value("iss").map(str::to_owned);
    Ok(AuthorizationResponse { state, iss, body })
}

/// Collects the known parameters that have a value, and the first reason to refuse them; one that is about `state` comes
/// before all others.
fn known_parameters(query: &str, fragment: &str) -> (Parameters, Option<MalformedReason>) {
    let mut parameters = Vec::new();
    let mut seen = Vec::new();
    let mut reasons = Vec::new();
    let in_query = pairs(query).map(|pair| (pair, true));
    let in_fragment = pairs(fragment).map(|pair| (pair, false));
    for ((name, value), in_query) in in_query.chain(in_fragment) {
        let known = |name: String| KNOWN.into_iter().find(|known| *known == name);
        let Some(name) = name.ok().and_then(known) else {
            continue;
        };
        if seen.contains(&name) {
            reasons.push(MalformedReason::Repeated(name));
        }
        seen.push(name);
        match value {
            // It decides nothing, so that a denial whose description is damaged is a denial all the same.
            Err(_) if name == "error_description" => {}
            Err(error) => reasons.push(MalformedReason::Undecodable(name, error)),
            Ok(value) if value.is_empty() => {}
            Ok(value) => parameters.push(Parameter { name, value, in_query }),
        }
    }
    let first = reasons.iter().find(|reason| is_about_state(reason)).or(reasons.first());
    (Parameters(parameters), first.copied())
}

fn is_about_state(reason: &MalformedReason) -> bool {
    use MalformedReason::{Repeated, Undecodable};
    matches!(reason, Repeated("state") | Undecodable("state", _))
}

fn parse_body(parameters: &Parameters) -> Result<ResponseBody, MalformedReason> {
    if let Some(error) = parameters.value("error") {
        let error = ErrorResponse::parse(error, parameters.value("error_description"));
        return Ok(ResponseBody::Error(error));
    }
    match (parameters.get("access_token"), parameters.get("code")) {
        (Some(_), Some(_)) => Err(MalformedReason::TokenAndCode),
        (Some(token), None) if token.in_query => Err(MalformedReason::WrongPart("access_token")),
        (None, Some(code)) if !code.in_query => Err(MalformedReason::WrongPart("code")),
        (Some(token), None) => parse_token(&token.value, parameters).map(ResponseBody::Token),
        (None, Some(code)) => AuthorizationCode::parse(&code.value)
            .map(ResponseBody::Code)
            .ok_or(MalformedReason::CodeCharacters),
        (None, None) if parameters.0.is_empty() => Ok(ResponseBody::Empty),
        (None, None) => Err(MalformedReason::Incomplete),
    }
}

fn parse_token(token: &str, parameters: &Parameters) -> Result<TokenResponse, MalformedReason> {
    let is_bearer = |token_type: &str| token_type.eq_ignore_ascii_case("bearer");
    if !parameters.value("token_type").is_some_and(is_bearer) {
        return Err(MalformedReason::TokenType);
    }
    Ok(TokenResponse {
        access_token: AccessToken::parse(token).ok_or(MalformedReason::TokenCharacters)?,
        expires_in: expires_in(parameters.value("expires_in")).ok_or(MalformedReason::ExpiresIn)?,
        scopes: parameters.value("scope").map(Scopes::parse_granted),
        token_type: TokenType::Bearer,
        refresh_token: None,
    })
}
