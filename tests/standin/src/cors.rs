//! CORS for the API: pages of registered clients may read responses, without credentials.

use crate::shared::SharedState;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The `Origin` of a request, if it belongs to a registered client.
pub(crate) fn allowed_origin(shared: &SharedState, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let known = shared.state().clients.has_origin(origin.to_str().ok()?);
    known.then(|| origin.clone())
}

/// The response to a preflight, which is not cached.
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

/// Adds the CORS headers to a response of the API.
pub(crate) fn apply(headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("Retry-After, WWW-Authenticate"),
        );
    }
}
