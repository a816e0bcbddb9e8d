//! The Web API: who is asking, the profile and the tracks, and errors in Spotify's form.

use crate::{data, scopes::Scopes, shared::Memory, vault::Rejected};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// `GET /v1/me`.
pub(crate) async fn me(State(memory): State<Memory>, headers: HeaderMap) -> Response {
    answer(authenticate(&memory, &headers).map(|scopes| {
        let person = memory.state().options.person.clone();
        data::visible(person, &scopes)
    }))
}

/// `GET /v1/tracks/{id}`.
pub(crate) async fn track(State(memory): State<Memory>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    answer(authenticate(&memory, &headers).and_then(|_| {
        if id.len() != 22 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            memory.complain("/v1/tracks: the id is not 22 letters and digits");
            return Err(ApiError::BadRequest("Invalid base62 id"));
        }
        data::track(&id).ok_or(ApiError::NotFound("Resource not found"))
    }))
}

/// Any other path below `/v1`.
pub(crate) async fn unknown(State(memory): State<Memory>) -> Response {
    memory.complain("/v1: there is no such endpoint here");
    ApiError::NotFound("Service not found").into_response()
}

/// An error in Spotify's form.
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
        json_answer(
            status,
            &json!({ "error": { "status": status.as_u16(), "message": message } }),
        )
    }
}

/// A JSON answer.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, headers, body.to_string()).into_response()
}

fn answer(outcome: Result<Value, ApiError>) -> Response {
    match outcome {
        Ok(body) => json_answer(StatusCode::OK, &body),
        Err(error) => error.into_response(),
    }
}

fn authenticate(memory: &Memory, headers: &HeaderMap) -> Result<Scopes, ApiError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(ApiError::Unauthorized("No token provided"));
    };
    let Some(token) = value.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")) else {
        memory.complain("/v1: the Authorization header does not say Bearer");
        return Err(ApiError::BadRequest("Only valid bearer authentication supported"));
    };
    let mut state = memory.state();
    state.vault.note_secret(token);
    state.vault.check_access(token).map_err(|rejected| match rejected {
        Rejected::Unknown => ApiError::Unauthorized("Invalid access token"),
        Rejected::Expired => ApiError::Unauthorized("The access token expired"),
    })
}
