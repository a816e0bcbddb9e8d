//! Which pages may read the Web API's answers: those of registered clients, without credentials.

use crate::shared::Memory;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The origin to allow, if the request names one that belongs to a client.
pub(crate) fn allowed_origin(memory: &Memory, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let known = memory.state().clients.has_origin(origin.to_str().ok()?);
    known.then(|| origin.clone())
}

/// The answer to a preflight, kept by no cache.
pub(crate) fn preflight(allowed: bool) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if allowed {
        let headers = response.headers_mut();
        let text = HeaderValue::from_static;
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, text("GET, POST"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            text("Authorization, Content-Type"),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, text("0"));
    }
    response
}

/// Puts the headers on an answer of the API.
pub(crate) fn apply(headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("Retry-After"),
        );
    }
}
