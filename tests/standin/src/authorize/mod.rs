//! The authorization endpoint (RFC 6749 section 3.1): request in, consent page or redirect out.

mod consent;
mod request;

pub(crate) use consent::Consents;

use crate::{
    fault::Fault,
    form::{Form, encode, encode_value},
    pages,
    shared::{Memory, State},
    vault::Code,
};
use axum::{
    body::Bytes,
    extract,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use request::{Ask, Kind, Refusal, with_query};

/// A page or a redirect, or why there is none.
type Outcome = Result<Response, Refusal>;

/// `GET /authorize`.
pub(crate) async fn ask(
    extract::State(memory): extract::State<Memory>,
    fault: Option<extract::Extension<Fault>>,
    uri: Uri,
) -> Response {
    let mut state = memory.state();
    let asked = Ask::check(uri.query().unwrap_or_default(), &state.clients, &state.options);
    let outcome = asked.and_then(|ask| match fault {
        Some(extract::Extension(Fault::Respond(text))) => respond(&mut state, &ask, &text),
        _ if state.consents.has_granted(&ask) => grant(&mut state, &ask),
        _ => show_consent(&mut state, ask),
    });
    drop(state);
    finish(&memory, outcome)
}

/// `POST /authorize`: the answer of the person on the consent page.
pub(crate) async fn decide(extract::State(memory): extract::State<Memory>, body: Bytes) -> Response {
    let mut state = memory.state();
    let outcome = decision(&mut state, &body);
    drop(state);
    finish(&memory, outcome)
}

fn finish(memory: &Memory, outcome: Outcome) -> Response {
    outcome.unwrap_or_else(|refusal| match refusal {
        Refusal::Page(reason) => {
            memory.complain(&format!("/authorize: {reason}"));
            pages::error(
                StatusCode::BAD_REQUEST,
                &reason,
                "You were not sent back, because the app asked wrongly.",
            )
        }
        Refusal::Stale(reason) => pages::error(
            StatusCode::BAD_REQUEST,
            reason,
            "Please go to the app and log in again.",
        ),
        Refusal::Back { location, complaint } => {
            if let Some(complaint) = complaint {
                memory.complain(&format!("/authorize: {complaint}"));
            }
            see_other(&location)
        }
        Refusal::Random => pages::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "there is no source of random numbers here",
            "Please try again.",
        ),
    })
}

fn show_consent(state: &mut State, ask: Ask) -> Outcome {
    let id = state.consents.open(ask.clone())?;
    Ok(pages::consent(&id, &ask.client_id, &ask.redirect_uri, &ask.scopes))
}

fn decision(state: &mut State, body: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(body);
    let form = Form::parse(&text).map_err(|_| Refusal::Stale("this form could not be read"))?;
    let id = form.get("consent").unwrap_or_default();
    let ask = state
        .consents
        .close(id)
        .ok_or(Refusal::Stale("this page was used already, or never existed"))?;
    match form.get("decision") {
        Some("agree") => {
            state.consents.grant(&ask);
            grant(state, &ask)
        }
        Some("cancel") => Err(ask.denied()),
        _ => Err(Refusal::Stale("this form says neither Agree nor Cancel")),
    }
}

fn grant(state: &mut State, ask: &Ask) -> Outcome {
    match &ask.kind {
        Kind::Token => grant_token(state, ask),
        Kind::Code { challenge } => {
            let code = issue_code(state, ask, challenge)?;
            let query = encode(&[("code", &code), ("state", &ask.state)]);
            Ok(see_other(&with_query(&ask.redirect_uri, &query)))
        }
    }
}

fn grant_token(state: &mut State, ask: &Ask) -> Outcome {
    let seconds = state.options.expires_in;
    let token = state.vault.issue_access(&ask.scopes, seconds)?;
    let (seconds, scopes) = (seconds.to_string(), ask.scopes.to_string());
    let mut pairs = vec![
        ("access_token", token.as_str()),
        ("token_type", "Bearer"),
        ("expires_in", &seconds),
    ];
    if state.options.scope_in_response {
        pairs.push(("scope", &scopes));
    }
    pairs.push(("state", &ask.state));
    Ok(see_other(&format!("{}#{}", ask.redirect_uri, encode(&pairs))))
}

fn issue_code(state: &mut State, ask: &Ask, challenge: &str) -> Result<String, Refusal> {
    let code = Code::new(&ask.client_id, &ask.redirect_uri, challenge, &ask.scopes);
    Ok(state.vault.issue_code(code)?)
}

fn respond(state: &mut State, ask: &Ask, text: &str) -> Outcome {
    let mut text = text.replace("{state}", &encode_value(&ask.state));
    if text.contains("{token}") {
        let token = state.vault.issue_access(&ask.scopes, state.options.expires_in)?;
        text = text.replace("{token}", &token);
    }
    if let (true, Kind::Code { challenge }) = (text.contains("{code}"), &ask.kind) {
        text = text.replace("{code}", &issue_code(state, ask, challenge)?);
    }
    Ok(see_other(&format!("{}{text}", ask.redirect_uri)))
}

fn see_other(location: &str) -> Response {
    match HeaderValue::from_bytes(location.as_bytes()) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => pages::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this location cannot be written in a header",
            "Please look at the fault that the test asked for.",
        ),
    }
}
