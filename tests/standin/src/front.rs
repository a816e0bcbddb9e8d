//! What every request passes first: the log, the look for leaks, the fault that waits for it, and the headers that
//! every answer carries.

use crate::{
    api::ApiError,
    cors,
    fault::{Fault, Place},
    line::Cut,
    mishap::{self, Stage},
    shared::Memory,
};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

const LARGEST_BODY: usize = 64 * 1024;

/// The middleware around all routes.
pub(crate) async fn pass(
    State(memory): State<Memory>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let mut response = StatusCode::PAYLOAD_TOO_LARGE.into_response();
        mark(&mut response);
        return response;
    };
    let hold = memory.record(&parts, &body);
    let stage = Stage { cut, hold, next };
    if is_api(parts.uri.path()) {
        return api(&memory, stage, parts, body.into()).await;
    }
    let (fault, _) = take_fault(&memory, &parts).split_cors();
    let request = Request::from_parts(parts, body.into());
    let mut response = mishap::happen(fault, stage, request).await;
    mark(&mut response);
    response
}

async fn api(memory: &Memory, stage: Stage, parts: Parts, body: Body) -> Response {
    let origin = cors::allowed_origin(memory, &parts.headers);
    let (mut response, without_cors) = if let Some(leak) = find_leak(memory, &parts) {
        memory.complain(&format!("{}: {leak}", parts.uri.path()));
        (ApiError::BadRequest(leak).into_response(), false)
    } else if parts.method == Method::OPTIONS {
        let place = Place::of(&parts.method, parts.uri.path());
        let blocked = place.is_some_and(|place| memory.state().faults.blocks_preflight(place));
        (cors::preflight(origin.is_some() && !blocked), blocked)
    } else {
        let (fault, without_cors) = take_fault(memory, &parts).split_cors();
        let request = Request::from_parts(parts, body);
        (mishap::happen(fault, stage, request).await, without_cors)
    };
    cors::apply(response.headers_mut(), origin.filter(|_| !without_cors));
    mark(&mut response);
    response
}

fn is_api(path: &str) -> bool {
    path.starts_with("/v1/") || path == "/v1" || path == "/api/token"
}

fn take_fault(memory: &Memory, parts: &Parts) -> Fault {
    let place = Place::of(&parts.method, parts.uri.path());
    place.map_or(Fault::Pass, |place| memory.state().faults.take(place))
}

/// What a careful client never sends to the API.
fn find_leak(memory: &Memory, parts: &Parts) -> Option<&'static str> {
    let query = parts.uri.query().unwrap_or_default();
    if parts.headers.contains_key(header::COOKIE) {
        Some("A cookie came along")
    } else if parts.headers.contains_key(header::REFERER) {
        Some("A Referer header came along")
    } else if named(query, "access_token") || memory.state().vault.any_secret_in(query) {
        Some("A token came in the query")
    } else {
        None
    }
}

fn named(query: &str, name: &str) -> bool {
    query.split('&').any(|piece| piece.split('=').next() == Some(name))
}

/// Nothing is cached, nobody is told where a person came from, and no connection is used twice: a browser sends a
/// request again when an old connection breaks, and that would hide a fault.
fn mark(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
}
