//! The token endpoint (RFC 6749 section 3.2) for public clients: exchanges codes and refresh tokens for tokens.

use crate::{
    api::json_response,
    params::Params,
    shared::{SharedState, State},
    token_store::{CodeExchange, GrantError, RefreshRequest, Tokens},
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
    extract::State(shared): extract::State<SharedState>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut state = shared.state();
    let outcome = check_request(&uri, &headers).and_then(|()| grant(&mut state, &body));
    let seconds = state.options.expires_in;
    drop(state);
    match outcome {
        Ok(tokens) => token_response(&tokens, seconds),
        Err(error) => {
            if error.is_client_error() {
                shared.report_violation(&format!("/api/token: {}", error.description()));
            }
            error.response()
        }
    }
}

/// An error response (RFC 6749 section 5.2).
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
    fn is_client_error(&self) -> bool {
        match self {
            Self::InvalidGrant(error) => error.is_client_error(),
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

    fn response(&self) -> Response {
        let (status, error) = match self {
            Self::InvalidRequest(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::InvalidClient(_) => (StatusCode::BAD_REQUEST, "invalid_client"),
            Self::UnsupportedGrantType(_) => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
            Self::InvalidGrant(GrantError::Random) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
            Self::InvalidGrant(_) => (StatusCode::BAD_REQUEST, "invalid_grant"),
        };
        json_response(
            status,
            &json!({ "error": error, "error_description": self.description() }),
        )
    }
}

fn token_response(tokens: &Tokens, seconds: u64) -> Response {
    let mut body = json!({
        "access_token": tokens.access,
        "token_type": "Bearer",
        "scope": tokens.scopes.to_string(),
        "expires_in": seconds,
    });
    if let Some(refresh) = &tokens.refresh {
        body["refresh_token"] = json!(refresh);
    }
    json_response(StatusCode::OK, &body)
}

fn check_request(uri: &Uri, headers: &HeaderMap) -> Result<(), TokenError> {
    if headers.contains_key(header::AUTHORIZATION) {
        let text = "This client sent an Authorization header, but a public client has no secret";
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
    let params = Params::parse(&text).map_err(|error| TokenError::InvalidRequest(format!("In the body, {error}")))?;
    for name in ["code", "code_verifier", "refresh_token"] {
        state.token_store.remember_secret(params.get(name).unwrap_or_default());
    }
    if params.get("client_secret").is_some() {
        let text = "This client sent a client_secret, but a public client has none";
        return Err(TokenError::InvalidClient(text.to_owned()));
    }
    let grant_type = require(&params, "grant_type")?;
    let client_id = require(&params, "client_id")?;
    if !state.clients.contains(client_id) {
        return Err(TokenError::InvalidClient(format!(
            "There is no client with the id {client_id}"
        )));
    }
    match grant_type {
        "authorization_code" => {
            let (code, verifier) = (require(&params, "code")?, require(&params, "code_verifier")?);
            let redirect_uri = require(&params, "redirect_uri")?;
            let exchange = CodeExchange {
                code,
                client_id,
                redirect_uri,
                verifier,
            };
            Ok(state.token_store.exchange_code(&exchange, &state.options)?)
        }
        "refresh_token" => {
            let request = RefreshRequest {
                refresh_token: require(&params, "refresh_token")?,
                client_id,
            };
            Ok(state.token_store.refresh(&request, &state.options)?)
        }
        other => Err(TokenError::UnsupportedGrantType(other.to_owned())),
    }
}

fn require<'a>(params: &'a Params, name: &str) -> Result<&'a str, TokenError> {
    params
        .get(name)
        .ok_or_else(|| TokenError::InvalidRequest(format!("This client sent no {name}")))
}
