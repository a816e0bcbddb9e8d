//! Processes every request before its handler: logs it, refuses leaked secrets, applies the next injected fault, and adds the
//! headers common to all responses.

use crate::{
    api::ApiError,
    connection::AbortHandle,
    cors,
    fault::{Endpoint, Exchange, Fault},
    shared::SharedState,
};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

const MAX_BODY: usize = 64 * 1024;

/// The middleware around all routes.
pub(crate) async fn handle(
    State(shared): State<SharedState>,
    ConnectInfo(abort): ConnectInfo<AbortHandle>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let mut response = StatusCode::PAYLOAD_TOO_LARGE.into_response();
        add_common_headers(&mut response);
        return response;
    };
    let hold = shared.record(&parts, &body);
    let exchange = Exchange { abort, hold, next };
    if is_api(parts.uri.path()) {
        return handle_api(&shared, exchange, parts, body.into()).await;
    }
    let (fault, _) = take_fault(&shared, &parts).split_cors();
    let request = Request::from_parts(parts, body.into());
    let mut response = fault.apply(exchange, request).await;
    add_common_headers(&mut response);
    response
}

async fn handle_api(shared: &SharedState, exchange: Exchange, parts: Parts, body: Body) -> Response {
    let origin = cors::allowed_origin(shared, &parts.headers);
    let (mut response, without_cors) = if let Some(leak) = find_leak(shared, &parts) {
        shared.report_violation(&format!("{}: {leak}", parts.uri.path()));
        (ApiError::BadRequest(leak).into_response(), false)
    } else if parts.method == Method::OPTIONS {
        let endpoint = Endpoint::of(&parts.method, parts.uri.path());
        let blocked = endpoint.is_some_and(|endpoint| shared.state().faults.blocks_preflight(endpoint));
        (cors::preflight(origin.is_some() && !blocked), blocked)
    } else {
        let (fault, without_cors) = take_fault(shared, &parts).split_cors();
        let request = Request::from_parts(parts, body);
        (fault.apply(exchange, request).await, without_cors)
    };
    cors::apply(response.headers_mut(), origin.filter(|_| !without_cors));
    add_common_headers(&mut response);
    response
}

fn is_api(path: &str) -> bool {
    path.starts_with("/v1/") || path == "/v1" || path == "/api/token"
}

fn take_fault(shared: &SharedState, parts: &Parts) -> Fault {
    let endpoint = Endpoint::of(&parts.method, parts.uri.path());
    endpoint.map_or(Fault::None, |endpoint| shared.state().faults.take(endpoint))
}

/// What a correct client never sends to the API.
fn find_leak(shared: &SharedState, parts: &Parts) -> Option<&'static str> {
    let query = parts.uri.query().unwrap_or_default();
    if parts.headers.contains_key(header::COOKIE) {
        Some("The request has a Cookie header")
    } else if parts.headers.contains_key(header::REFERER) {
        Some("The request has a Referer header")
    } else if has_parameter(query, "access_token") || shared.state().token_store.any_secret_in(query) {
        Some("The request has a token in its query")
    } else {
        None
    }
}

fn has_parameter(query: &str, name: &str) -> bool {
    query.split('&').any(|pair| pair.split('=').next() == Some(name))
}

/// Responses are not cached and set no referrer, and no connection is reused: a browser resends a request when a reused
/// connection breaks, which would hide a fault.
fn add_common_headers(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
}
