//! The Web API: authentication, profile, tracks, and errors in Spotify's format.

use crate::{sample_data, scope::Scopes, shared::SharedState, token_store::TokenError};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// `GET /v1/me`.
pub(crate) async fn me(State(shared): State<SharedState>, headers: HeaderMap) -> Response {
    respond(authenticate(&shared, &headers).map(|scopes| {
        let profile = shared.state().options.profile.clone();
        sample_data::visible(profile, &scopes)
    }))
}

/// `GET /v1/tracks/{id}`.
pub(crate) async fn track(State(shared): State<SharedState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    respond(authenticate(&shared, &headers).and_then(|_| {
        if id.len() != 22 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            shared.report_violation("/v1/tracks: the ID is not 22 letters and digits");
            return Err(ApiError::BadRequest("Invalid base62 id"));
        }
        sample_data::track(&id).ok_or(ApiError::NotFound("Resource not found"))
    }))
}

/// Any other path below `/v1`.
pub(crate) async fn unknown(State(shared): State<SharedState>) -> Response {
    shared.report_violation("/v1: no such endpoint");
    ApiError::NotFound("Service not found").into_response()
}

/// An error in Spotify's format.
pub(crate) enum ApiError {
    BadRequest(&'static str),
    Unauthorized(&'static str),
    NotFound(&'static str),
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::BadRequest(message) => (StatusCode::BAD_REQUEST, message),
            Self::Unauthorized(message) => (StatusCode::UNAUTHORIZED, message),
            Self::NotFound(message) => (StatusCode::NOT_FOUND, message),
        };
        json_response(
            status,
            &json!({ "error": { "status": status.as_u16(), "message": message } }),
        )
    }
}

/// A JSON response.
pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, headers, body.to_string()).into_response()
}

fn respond(outcome: Result<Value, ApiError>) -> Response {
    match outcome {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(error) => error.into_response(),
    }
}

fn authenticate(shared: &SharedState, headers: &HeaderMap) -> Result<Scopes, ApiError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(ApiError::Unauthorized("No token provided"));
    };
    let Some(token) = value.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")) else {
        shared.report_violation("/v1: the Authorization header is not Bearer");
        return Err(ApiError::BadRequest("Only valid bearer authentication supported"));
    };
    let mut state = shared.state();
    state.token_store.remember_secret(token);
    state.token_store.check_access(token).map_err(|error| match error {
        TokenError::Unknown => ApiError::Unauthorized("Invalid access token"),
        TokenError::Expired => ApiError::Unauthorized("The access token expired"),
    })
}
