//! The authorization endpoint (RFC 6749 section 3.1): request in, consent page or redirect out.

mod consent;
mod request;

pub(crate) use consent::Consents;

use crate::{
    fault::Fault,
    pages,
    params::{Params, encode, encode_value},
    shared::{SharedState, State},
    token_store::Code,
};
use axum::{
    body::Bytes,
    extract,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use request::{AuthorizationRequest, Rejection, ResponseType, with_query};

/// A page or a redirect, or why the request was rejected.
type Outcome = Result<Response, Rejection>;

/// `GET /authorize`.
pub(crate) async fn show(
    extract::State(shared): extract::State<SharedState>,
    fault: Option<extract::Extension<Fault>>,
    uri: Uri,
) -> Response {
    let mut state = shared.state();
    let request = AuthorizationRequest::check(uri.query().unwrap_or_default(), &state.clients, &state.options);
    let outcome = request.and_then(|request| match fault {
        Some(extract::Extension(Fault::Respond(text))) => respond(&mut state, &request, &text),
        _ if state.consents.covers(&request) => grant(&mut state, &request),
        _ => show_consent(&mut state, request),
    });
    drop(state);
    into_response(&shared, outcome)
}

/// `POST /authorize`: the user's decision on the consent page.
pub(crate) async fn decide(extract::State(shared): extract::State<SharedState>, body: Bytes) -> Response {
    let mut state = shared.state();
    let outcome = decision(&mut state, &body);
    drop(state);
    into_response(&shared, outcome)
}

fn into_response(shared: &SharedState, outcome: Outcome) -> Response {
    outcome.unwrap_or_else(|rejection| match rejection {
        Rejection::Page(reason) => {
            shared.report_violation(&format!("/authorize: {reason}"));
            pages::error(
                StatusCode::BAD_REQUEST,
                &reason,
                "You were not redirected back, because the app sent an invalid request.",
            )
        }
        Rejection::Stale(reason) => pages::error(
            StatusCode::BAD_REQUEST,
            reason,
            "Please go to the app and log in again.",
        ),
        Rejection::Redirect { location, violation } => {
            if let Some(violation) = violation {
                shared.report_violation(&format!("/authorize: {violation}"));
            }
            see_other(&location)
        }
        Rejection::Random => pages::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "no random numbers are available",
            "Please try again.",
        ),
    })
}

fn show_consent(state: &mut State, request: AuthorizationRequest) -> Outcome {
    let id = state.consents.open(request.clone())?;
    Ok(pages::consent(
        &id,
        &request.client_id,
        &request.redirect_uri,
        &request.scopes,
    ))
}

fn decision(state: &mut State, body: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(body);
    let form = Params::parse(&text).map_err(|_| Rejection::Stale("this form could not be read"))?;
    let id = form.get("consent").unwrap_or_default();
    let request = state
        .consents
        .take(id)
        .ok_or(Rejection::Stale("this page was used already, or never existed"))?;
    match form.get("decision") {
        Some("agree") => {
            state.consents.grant(&request);
            grant(state, &request)
        }
        Some("cancel") => Err(request.denied()),
        _ => Err(Rejection::Stale("this form says neither Agree nor Cancel")),
    }
}

fn grant(state: &mut State, request: &AuthorizationRequest) -> Outcome {
    match &request.response_type {
        ResponseType::Token => grant_token(state, request),
        ResponseType::Code { challenge } => {
            let code = issue_code(state, request, challenge)?;
            let query = encode(&[("code", &code), ("state", &request.state)]);
            Ok(see_other(&with_query(&request.redirect_uri, &query)))
        }
    }
}

fn grant_token(state: &mut State, request: &AuthorizationRequest) -> Outcome {
    let seconds = state.options.expires_in;
    let token = state.token_store.issue_access(&request.scopes, seconds)?;
    let (seconds, scopes) = (seconds.to_string(), request.scopes.to_string());
    let mut pairs = vec![
        ("access_token", token.as_str()),
        ("token_type", "Bearer"),
        ("expires_in", &seconds),
    ];
    if state.options.scope_in_response {
        pairs.push(("scope", &scopes));
    }
    pairs.push(("state", &request.state));
    Ok(see_other(&format!("{}#{}", request.redirect_uri, encode(&pairs))))
}

fn issue_code(state: &mut State, request: &AuthorizationRequest, challenge: &str) -> Result<String, Rejection> {
    let code = Code::new(&request.client_id, &request.redirect_uri, challenge, &request.scopes);
    Ok(state.token_store.issue_code(code)?)
}

fn respond(state: &mut State, request: &AuthorizationRequest, text: &str) -> Outcome {
    let mut text = text.replace("{state}", &encode_value(&request.state));
    if text.contains("{token}") {
        let token = state
            .token_store
            .issue_access(&request.scopes, state.options.expires_in)?;
        text = text.replace("{token}", &token);
    }
    if let (true, ResponseType::Code { challenge }) = (text.contains("{code}"), &request.response_type) {
        text = text.replace("{code}", &issue_code(state, request, challenge)?);
    }
    Ok(see_other(&format!("{}{text}", request.redirect_uri)))
}

fn see_other(location: &str) -> Response {
    match HeaderValue::from_bytes(location.as_bytes()) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => pages::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this location is not a valid header value",
            "Please check the fault that the test injected.",
        ),
    }
}
