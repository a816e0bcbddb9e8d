//! The token endpoint (RFC 6749 section 3.2) for public clients: codes and refresh tokens in, tokens out.

use crate::{
    api::json_answer,
    form::Form,
    shared::{Memory, State},
    vault::{GrantError, Redeem, Renew, Tokens},
};
use axum::{
    body::Bytes,
    extract,
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use serde_json::json;

/// `POST /api/token`.
pub(crate) async fn exchange(
    extract::State(memory): extract::State<Memory>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut state = memory.state();
    let outcome = check_message(&uri, &headers).and_then(|()| grant(&mut state, &body));
    let seconds = state.options.expires_in;
    drop(state);
    match outcome {
        Ok(tokens) => answer(&tokens, seconds),
        Err(error) => {
            if error.is_a_fault_of_the_client() {
                memory.complain(&format!("/api/token: {}", error.description()));
            }
            error.answer()
        }
    }
}

/// An error in the form of RFC 6749 section 5.2.
enum TokenError {
    InvalidRequest(String),
    InvalidClient(String),
    UnsupportedGrantType(String),
    InvalidGrant(GrantError),
}

impl From<GrantError> for TokenError {
    fn from(error: GrantError) -> Self {
        Self::InvalidGrant(error)
    }
}

impl TokenError {
    fn is_a_fault_of_the_client(&self) -> bool {
        match self {
            Self::InvalidGrant(error) => error.is_a_fault_of_the_client(),
            _ => true,
        }
    }

    fn description(&self) -> String {
        match self {
            Self::InvalidRequest(text) | Self::InvalidClient(text) => text.clone(),
            Self::UnsupportedGrantType(name) => format!("There is no grant_type {name}"),
            Self::InvalidGrant(error) => error.to_string(),
        }
    }

    fn answer(&self) -> Response {
        let (status, error) = match self {
            Self::InvalidRequest(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::InvalidClient(_) => (StatusCode::BAD_REQUEST, "invalid_client"),
            Self::UnsupportedGrantType(_) => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
            Self::InvalidGrant(GrantError::Random) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
            Self::InvalidGrant(_) => (StatusCode::BAD_REQUEST, "invalid_grant"),
        };
        json_answer(
            status,
            &json!({ "error": error, "error_description": self.description() }),
        )
    }
}

fn answer(tokens: &Tokens, seconds: u64) -> Response {
    let mut body = json!({
        "access_token": tokens.access,
        "token_type": "Bearer",
        "scope": tokens.scopes.to_string(),
        "expires_in": seconds,
    });
    if let Some(refresh) = &tokens.refresh {
        body["refresh_token"] = json!(refresh);
    }
    json_answer(StatusCode::OK, &body)
}

fn check_message(uri: &Uri, headers: &HeaderMap) -> Result<(), TokenError> {
    if headers.contains_key(header::AUTHORIZATION) {
        let text = "This client sent an Authorization header, and a public client has no secret";
        return Err(TokenError::InvalidClient(text.to_owned()));
    }
    if uri.query().is_some_and(|query| !query.is_empty()) {
        return Err(TokenError::InvalidRequest(
            "Parameters belong in the body, not in the query".to_owned(),
        ));
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let text = format!("The body must be application/x-www-form-urlencoded, not {kind:?}");
        return Err(TokenError::InvalidRequest(text));
    }
    Ok(())
}

fn grant(state: &mut State, body: &[u8]) -> Result<Tokens, TokenError> {
    let text = String::from_utf8_lossy(body);
    let form = Form::parse(&text).map_err(|error| TokenError::InvalidRequest(format!("In the body, {error}")))?;
    for name in ["code", "code_verifier", "refresh_token"] {
        state.vault.note_secret(form.get(name).unwrap_or_default());
    }
    if form.get("client_secret").is_some() {
        let text = "This client sent a client_secret, and a public client has none";
        return Err(TokenError::InvalidClient(text.to_owned()));
    }
    let grant_type = need(&form, "grant_type")?;
    let client_id = need(&form, "client_id")?;
    if !state.clients.knows(client_id) {
        return Err(TokenError::InvalidClient(format!(
            "There is no client with the id {client_id}"
        )));
    }
    match grant_type {
        "authorization_code" => {
            let (code, verifier) = (need(&form, "code")?, need(&form, "code_verifier")?);
            let redirect_uri = need(&form, "redirect_uri")?;
            let redeem = Redeem {
                code,
                client_id,
                redirect_uri,
                verifier,
            };
            Ok(state.vault.redeem(&redeem, &state.options)?)
        }
        "refresh_token" => {
            let renew = Renew {
                refresh_token: need(&form, "refresh_token")?,
                client_id,
            };
            Ok(state.vault.renew(&renew, &state.options)?)
        }
        other => Err(TokenError::UnsupportedGrantType(other.to_owned())),
    }
}

fn need<'a>(form: &'a Form, name: &str) -> Result<&'a str, TokenError> {
    form.get(name)
        .ok_or_else(|| TokenError::InvalidRequest(format!("This client sent no {name}")))
}
