//! The authorization request (RFC 6749 section 4.2.1): checked as strictly as a helpful server can.

use crate::{
    clients::Clients,
    form::{Form, encode},
    options::{Implicit, Options},
    pkce,
    scopes::Scopes,
};

/// A request that holds.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) scopes: Scopes,
    pub(crate) show_dialog: bool,
    pub(crate) kind: Kind,
}

/// What the client wants to get.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// An access token, in the fragment.
    Token,
    /// A code, in the query, for whoever knows the verifier of this challenge (RFC 7636).
    Code { challenge: String },
}

/// Why there is no consent page.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// An error page of our own: nobody is sent anywhere.
    Page(String),
    /// An error page for what the person did, and the client did not.
    Stale(&'static str),
    /// Back to the client, and what it did wrong, if it did.
    Back {
        location: String,
        complaint: Option<String>,
    },
    /// No random numbers.
    Random,
}

impl From<getrandom::Error> for Refusal {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}

impl Ask {
    /// Reads the query. What is wrong before client, redirect URI and state are known to be right ends on a page.
    pub(crate) fn check(query: &str, clients: &Clients, options: &Options) -> Result<Self, Refusal> {
        let form = Form::parse(query).map_err(|error| Refusal::Page(error.to_string()))?;
        let (client_id, redirect_uri) = check_client(&form, clients)?;
        let state = form.get("state").ok_or_else(|| page("this client sent no state"))?;
        let show_dialog = check_show_dialog(&form)?;
        let back = Back { redirect_uri, state };
        let kind = check_kind(&form, options, &back)?;
        let scopes = Scopes::parse(form.get("scope").unwrap_or_default())
            .map_err(|unknown| back.error("invalid_scope", None, &format!("there is no scope {unknown}")))?;
        Ok(Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            state: state.to_owned(),
            scopes,
            show_dialog,
            kind,
        })
    }

    /// The person said no.
    pub(crate) fn denied(&self) -> Refusal {
        let pairs = [("error", "access_denied"), ("state", self.state.as_str())];
        Refusal::Back {
            location: with_query(&self.redirect_uri, &encode(&pairs)),
            complaint: None,
        }
    }
}

/// Where errors are sent once it is known to be safe.
struct Back<'a> {
    redirect_uri: &'a str,
    state: &'a str,
}

impl Back<'_> {
    fn error(&self, error: &str, description: Option<&str>, complaint: &str) -> Refusal {
        let mut pairs = vec![("error", error)];
        pairs.extend(description.map(|text| ("error_description", text)));
        pairs.push(("state", self.state));
        let location = with_query(self.redirect_uri, &encode(&pairs));
        Refusal::Back {
            location,
            complaint: Some(complaint.to_owned()),
        }
    }

    fn implicit_refused(&self, keeps_state: bool) -> Refusal {
        let mut pairs = vec![("error", "unsupported_response_type")];
        if keeps_state {
            pairs.push(("state", self.state));
        }
        Refusal::Back {
            location: format!("{}#{}", self.redirect_uri, encode(&pairs)),
            complaint: None,
        }
    }
}

fn check_client<'a>(form: &'a Form, clients: &Clients) -> Result<(&'a str, &'a str), Refusal> {
    let client_id = form
        .get("client_id")
        .ok_or_else(|| page("this client sent no client_id"))?;
    if !clients.knows(client_id) {
        return Err(Refusal::Page(format!("there is no client with the id {client_id}")));
    }
    let redirect_uri = form
        .get("redirect_uri")
        .ok_or_else(|| page("this client sent no redirect_uri"))?;
    if !clients.may_return_to(client_id, redirect_uri) {
        return Err(Refusal::Page(format!(
            "{redirect_uri} is not a redirect URI of the client {client_id}"
        )));
    }
    Ok((client_id, redirect_uri))
}

fn check_show_dialog(form: &Form) -> Result<bool, Refusal> {
    match form.get("show_dialog") {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(Refusal::Page(format!("show_dialog is true or false, not {other}"))),
    }
}

fn check_kind(form: &Form, options: &Options, back: &Back<'_>) -> Result<Kind, Refusal> {
    match form.get("response_type") {
        None => Err(page("this client sent no response_type")),
        Some("token") if options.implicit == Implicit::Refused => {
            Err(back.implicit_refused(options.refusal_keeps_state))
        }
        Some("token") => Ok(Kind::Token),
        Some("code") => check_challenge(form, back),
        Some(other) => Err(back.error(
            "unsupported_response_type",
            None,
            &format!("there is no response_type {other}"),
        )),
    }
}

fn check_challenge(form: &Form, back: &Back<'_>) -> Result<Kind, Refusal> {
    let refuse = |text| Err(back.error("invalid_request", Some(text), text));
    if form.get("code_challenge_method") != Some("S256") {
        return refuse("code_challenge_method must be S256");
    }
    match form.get("code_challenge") {
        Some(challenge) if pkce::is_challenge(challenge) => Ok(Kind::Code {
            challenge: challenge.to_owned(),
        }),
        _ => refuse("code_challenge must be 43 characters of base64url"),
    }
}

fn page(reason: &str) -> Refusal {
    Refusal::Page(reason.to_owned())
}

/// A redirect URI may have a query of its own.
pub(crate) fn with_query(redirect_uri: &str, query: &str) -> String {
    let mark = if redirect_uri.contains('?') { '&' } else { '?' };
    format!("{redirect_uri}{mark}{query}")
}
