//! The Web API: authentication, profile, tracks, the library page by page, and errors in Spotify's format.

use crate::{
    library::{self, List, Range},
    params::Params,
    sample_data,
    scope::Scopes,
    shared::SharedState,
    token_store::TokenError,
};
use axum::{
    extract::{Path, RawQuery, State},
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
        sample_data::track(&shared.origin, &id).ok_or(ApiError::NotFound("Resource not found"))
    }))
}

/// A list of the library, page by page.
pub(crate) async fn list(list: List, shared: SharedState, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    respond(
        read(&shared, &headers, list.scope(), query.as_deref()).and_then(|params| {
            let range = match params.get("time_range") {
                Some(_) if !list.has_range() => None,
                range => Range::parse(range),
            };
            let range = range.ok_or(ApiError::BadRequest("Invalid time range"))?;
            let limit = number(&params, "limit", 20, 1..=50).ok_or(ApiError::BadRequest("Invalid limit"))?;
            let offset = number(&params, "offset", 0, 0..=100_000).ok_or(ApiError::BadRequest("Invalid offset"))?;
            let items = list.items(&shared.origin, range);
            let url = |offset: usize| {
                let range = params
                    .get("time_range")
                    .map(|range| format!("&time_range={range}"))
                    .unwrap_or_default();
                format!("{}{}?offset={offset}&limit={limit}{range}", shared.origin, list.path())
            };
            Ok(json!({
                "href": url(offset),
                "limit": limit,
                "offset": offset,
                "total": items.len(),
                "next": (offset + limit < items.len()).then(|| url(offset + limit)),
                "previous": (offset > 0).then(|| url(offset.saturating_sub(limit))),
                "items": items.into_iter().skip(offset).take(limit).collect::<Vec<_>>(),
            }))
        }),
    )
}

/// `GET /v1/me/player/recently-played`, by cursors.
pub(crate) async fn recently_played(
    State(shared): State<SharedState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    respond(
        read(&shared, &headers, "user-read-recently-played", query.as_deref()).and_then(|params| {
            let limit = number(&params, "limit", 20, 1..=50).ok_or(ApiError::BadRequest("Invalid limit"))?;
            let before = match params.get("before") {
                Some(text) => text.parse().map_err(|_| ApiError::BadRequest("Invalid cursor"))?,
                None => u64::MAX,
            };
            let page: Vec<_> = library::plays(&shared.origin)
                .filter(|(at, _)| *at < before)
                .take(limit)
                .collect();
            let (first, last) = (page.first().map(|(at, _)| *at), page.last().map(|(at, _)| *at));
            let has_more = last.is_some_and(|last| library::plays(&shared.origin).any(|(at, _)| at < last));
            let path = "/v1/me/player/recently-played";
            let next = last.map(|last| format!("{}{path}?before={last}&limit={limit}", shared.origin));
            let cursors = first
                .zip(last)
                .map(|(after, before)| json!({ "after": after.to_string(), "before": before.to_string() }));
            Ok(json!({
                "href": format!("{}{path}?limit={limit}", shared.origin),
                "limit": limit,
                "next": next.filter(|_| has_more),
                "cursors": cursors,
                "items": page.into_iter().map(|(_, play)| play).collect::<Vec<_>>(),
            }))
        }),
    )
}

/// Checks the token and its scope, and reads the query.
fn read(shared: &SharedState, headers: &HeaderMap, scope: &str, query: Option<&str>) -> Result<Params, ApiError> {
    if !authenticate(shared, headers)?.contains(scope) {
        return Err(ApiError::Forbidden("Insufficient client scope"));
    }
    Params::parse(query.unwrap_or_default()).map_err(|_| ApiError::BadRequest("Invalid query"))
}

/// A parameter that is a number in `range`; `None` when it is none.
fn number(params: &Params, name: &str, default: usize, range: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let Some(text) = params.get(name) else {
        return Some(default);
    };
    text.parse().ok().filter(|number| range.contains(number))
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
    Forbidden(&'static str),
    NotFound(&'static str),
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::BadRequest(message) => (StatusCode::BAD_REQUEST, message),
            Self::Unauthorized(message) => (StatusCode::UNAUTHORIZED, message),
            Self::Forbidden(message) => (StatusCode::FORBIDDEN, message),
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
