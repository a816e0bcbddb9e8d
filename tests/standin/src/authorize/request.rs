//! The authorization request (RFC 6749 sections 4.1.1 and 4.2.1), checked strictly.

use crate::{
    clients::Clients,
    options::{Implicit, Options},
    params::{Params, encode},
    pkce,
    scope::Scopes,
};

/// A valid authorization request.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) scopes: Scopes,
    pub(crate) show_dialog: bool,
    pub(crate) response_type: ResponseType,
}

/// What the client requests (RFC 6749 section 3.1.1).
#[derive(Debug, Clone)]
pub(crate) enum ResponseType {
    /// An access token, in the fragment.
    Token,
    /// A code, in the query, bound to this challenge (RFC 7636 section 4.3).
    Code { challenge: String },
}

/// Why a request gets no consent page.
#[derive(Debug)]
pub(crate) enum Rejection {
    /// An error page without a redirect.
    Page(String),
    /// An error page for a mistake of the user, not of the client.
    Stale(&'static str),
    /// A redirect back to the client, and its protocol violation, if any.
    Redirect {
        location: String,
        violation: Option<String>,
    },
    /// No random numbers are available.
    Random,
}

impl From<getrandom::Error> for Rejection {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}

impl AuthorizationRequest {
    /// Checks a query. Until client, redirect URI and state are known to be valid, errors end on a page.
    pub(crate) fn check(query: &str, clients: &Clients, options: &Options) -> Result<Self, Rejection> {
        let form = Params::parse(query).map_err(|error| Rejection::Page(error.to_string()))?;
        let (client_id, redirect_uri) = check_client(&form, clients)?;
        let state = form.get("state").ok_or_else(|| page("this client sent no state"))?;
        let show_dialog = check_show_dialog(&form)?;
        let target = RedirectTarget { redirect_uri, state };
        let response_type = check_response_type(&form, options, &target)?;
        let scopes = Scopes::parse(form.get("scope").unwrap_or_default())
            .map_err(|unknown| target.error("invalid_scope", None, &format!("there is no scope {unknown}")))?;
        Ok(Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            state: state.to_owned(),
            scopes,
            show_dialog,
            response_type,
        })
    }

    /// The user denied access.
    pub(crate) fn denied(&self) -> Rejection {
        let pairs = [("error", "access_denied"), ("state", self.state.as_str())];
        Rejection::Redirect {
            location: with_query(&self.redirect_uri, &encode(&pairs)),
            violation: None,
        }
    }
}

/// Where errors are sent once the redirect is known to be safe.
struct RedirectTarget<'a> {
    redirect_uri: &'a str,
    state: &'a str,
}

impl RedirectTarget<'_> {
    fn error(&self, error: &str, description: Option<&str>, violation: &str) -> Rejection {
        let mut pairs = vec![("error", error)];
        pairs.extend(description.map(|text| ("error_description", text)));
        pairs.push(("state", self.state));
        let location = with_query(self.redirect_uri, &encode(&pairs));
        Rejection::Redirect {
            location,
            violation: Some(violation.to_owned()),
        }
    }

    fn implicit_refused(&self, includes_state: bool) -> Rejection {
        let mut pairs = vec![("error", "unsupported_response_type")];
        if includes_state {
            pairs.push(("state", self.state));
        }
        Rejection::Redirect {
            location: format!("{}#{}", self.redirect_uri, encode(&pairs)),
            violation: None,
        }
    }
}

fn check_client<'a>(form: &'a Params, clients: &Clients) -> Result<(&'a str, &'a str), Rejection> {
    let client_id = form
        .get("client_id")
        .ok_or_else(|| page("this client sent no client_id"))?;
    if !clients.contains(client_id) {
        return Err(Rejection::Page(format!("there is no client with the id {client_id}")));
    }
    let redirect_uri = form
        .get("redirect_uri")
        .ok_or_else(|| page("this client sent no redirect_uri"))?;
    if !clients.allows_redirect(client_id, redirect_uri) {
        return Err(Rejection::Page(format!(
            "{redirect_uri} is not a redirect URI of the client {client_id}"
        )));
    }
    Ok((client_id, redirect_uri))
}

fn check_show_dialog(form: &Params) -> Result<bool, Rejection> {
    match form.get("show_dialog") {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(Rejection::Page(format!("show_dialog is true or false, not {other}"))),
    }
}

fn check_response_type(
    form: &Params,
    options: &Options,
    target: &RedirectTarget<'_>,
) -> Result<ResponseType, Rejection> {
    match form.get("response_type") {
        None => Err(page("this client sent no response_type")),
        Some("token") if options.implicit == Implicit::Refused => {
            Err(target.implicit_refused(options.refusal_includes_state))
        }
        Some("token") => Ok(ResponseType::Token),
        Some("code") => check_challenge(form, target),
        Some(other) => Err(target.error(
            "unsupported_response_type",
            None,
            &format!("there is no response_type {other}"),
        )),
    }
}

fn check_challenge(form: &Params, target: &RedirectTarget<'_>) -> Result<ResponseType, Rejection> {
    let refuse = |text| Err(target.error("invalid_request", Some(text), text));
    if form.get("code_challenge_method") != Some("S256") {
        return refuse("code_challenge_method must be S256");
    }
    match form.get("code_challenge") {
        Some(challenge) if pkce::is_challenge(challenge) => Ok(ResponseType::Code {
            challenge: challenge.to_owned(),
        }),
        _ => refuse("code_challenge must be 43 characters of base64url"),
    }
}

fn page(reason: &str) -> Rejection {
    Rejection::Page(reason.to_owned())
}

/// Appends a query to a redirect URI, which may have one already.
pub(crate) fn with_query(redirect_uri: &str, query: &str) -> String {
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    format!("{redirect_uri}{separator}{query}")
}
