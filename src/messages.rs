//! Every text about something that failed, ended or is missing: what happened, and what to do next. The `Display` of an error is
//! for developers; the texts here are for people.

use stagedoor::error::{ErrorCode, ErrorResponse, ResponseError, TokenError};
use stagedoor::internals::session::UnfinishedLogin;
use stagedoor::{CompletionError, EndReason, StartError};

use crate::config::ConfigError;

mod api;
mod hints;

pub use api::{api, not_before};
pub use hints::{NOT_COPIED, TOKEN_NOT_COPIED, parameter, purpose, restriction, track_id_error};

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The heading.
    pub title: &'static str,
    /// What happened, and what to do next.
    pub text: String,
    /// The server's own words, to be shown as a quotation.
    pub quote: Option<String>,
}

impl Message {
    fn new(title: &'static str, text: impl Into<String>) -> Self {
        Self {
            title,
            text: text.into(),
            quote: None,
        }
    }
}

/// Why a log-in could not be finished.
pub fn completion_error(error: &CompletionError) -> Message {
    match error {
        CompletionError::Malformed(_) => Message::new(
            "The response could not be read",
            "What came back from Spotify is damaged or incomplete, so it was thrown away. Please log in again.",
        ),
        CompletionError::Unsolicited { .. } => Message::new(
            "This log-in was not started here",
            "The link you followed belongs to no log-in of this tab, or of another one that waits for it, so it was ignored \
             and nothing was changed. If you want to log in, start here.",
        ),
        CompletionError::AlreadyUsed => Message::new(
            "This log-in is already complete",
            "Each log-in works once, and this one was used before. That happens after Back, or with a bookmark of this \
             page. No harm done: just log in again.",
        ),
        CompletionError::TooLate => Message::new(
            "This log-in is no longer valid",
            "By the clock of this device it began more than ten minutes ago. Please log in again.",
        ),
        CompletionError::Response(error) => response_error(error),
        CompletionError::Token(error) => token_error(error),
    }
}

/// That the page for the response was opened without one.
pub fn no_response() -> Message {
    Message::new(
        "Nothing to finish here",
        "Spotify sends people to this page at the end of a log-in. There is no log-in to finish right now.",
    )
}

/// That the tab which has started a login completes it.
pub fn finished_elsewhere() -> Message {
    Message::new(
        "Go on in the other tab",
        "You started this log-in in another tab of this browser, and it goes on there. You can close this one.",
    )
}

/// That the page for the response was opened without one, while a log-in is not finished.
pub fn unfinished_login(unfinished: UnfinishedLogin) -> Message {
    match unfinished {
        UnfinishedLogin::Pending => Message::new(
            "The answer did not arrive",
            "You were logging in, but this page was opened without Spotify’s answer: it was lost on the way, or the log-in was \
             left before its end. Please log in again.",
        ),
        UnfinishedLogin::Redeeming => Message::new(
            "The log-in was interrupted",
            "This page was loaded again before the last step was complete, and that step can be taken only once. Please log in again.",
        ),
    }
}

fn token_error(error: &TokenError) -> Message {
    match error {
        TokenError::Refused(ErrorResponse {
            code: ErrorCode::InvalidGrant,
            description,
        }) => Message {
            quote: description.clone(),
            ..Message::new(
                "This log-in can’t be finished any more",
                "Spotify says that it was used already or took too long. Please log in again.",
            )
        },
        TokenError::Refused(error) => server_error(error),
        TokenError::Transient => Message::new(
            "Spotify could not be reached",
            "The last step of the log-in got no answer. The connection may be down, or Spotify turned the request away, which a \
             browser can’t tell apart. Please check your connection, then log in again in a minute.",
        ),
        TokenError::Unreadable => Message::new(
            "The last step went wrong",
            "Spotify was asked for your session and sent something that can’t be read. Please log in again.",
        ),
    }
}

fn response_error(error: &ResponseError) -> Message {
    match error {
        ResponseError::Server(error) => server_error(error),
        ResponseError::IssuerMismatch => Message::new(
            "The response came from another server",
            "It does not carry the name of the server that you were sent to, so it was thrown away. Please log in again; \
             if it happens every time, tell the owner of this app.",
        ),
        ResponseError::UnexpectedResponseType => Message::new(
            "Unexpected kind of response",
            "Spotify sent something other than what this app had asked for, so it was thrown away. Please log in again; if \
             it happens every time, tell the owner of this app.",
        ),
        ResponseError::AlreadyExpired => Message::new(
            "The access token had already expired",
            "Spotify sent an access token that had already expired. Please log in again.",
        ),
    }
}

fn server_error(error: &ErrorResponse) -> Message {
    let (title, text) = match error.code {
        ErrorCode::AccessDenied => (
            "Access was denied",
            "You chose not to give this app access, so nothing was shared. If that was a mistake, log in again and choose Agree.",
        ),
        ErrorCode::UnsupportedResponseType => (
            "Spotify does not offer this kind of log-in",
            "This app asked in a way that Spotify does not answer. Its owner has to choose another way.",
        ),
        ErrorCode::UnauthorizedClient | ErrorCode::InvalidClient => (
            "This app may not log in this way",
            "Spotify does not allow this app the kind of log-in that it asked for. Its owner has to look at the app’s settings.",
        ),
        ErrorCode::InvalidScope => (
            "This app asked for a permission that does not exist",
            "Spotify does not know one of the permissions asked for. The owner of this app has to correct the list.",
        ),
        ErrorCode::InvalidRequest => (
            "Spotify did not understand the request",
            "Something in it was missing or malformed. Please log in again; if it happens every time, tell the owner of \
             this app.",
        ),
        ErrorCode::ServerError | ErrorCode::TemporarilyUnavailable => (
            "Spotify has a problem right now",
            "It could not finish the log-in. Please wait a moment, then log in again.",
        ),
        ErrorCode::InvalidGrant | ErrorCode::Other(_) => (
            "Spotify refused the log-in",
            "It gave a reason that this app does not know. Please log in again; if it happens every time, tell the owner of \
             this app.",
        ),
    };
    let quote = match (&error.code, &error.description) {
        (ErrorCode::Other(code), None) => Some(code.clone()),
        (_, description) => description.clone(),
    };
    Message {
        quote,
        ..Message::new(title, text)
    }
}

/// That the server refuses the implicit grant; what can be done instead stands below.
pub fn implicit_refused() -> Message {
    Message::new(
        "Spotify no longer offers this kind of log-in",
        "This app asked for a token directly, which is called the implicit grant. Spotify ended that in November 2025, so \
         nothing came of it.",
    )
}

/// That a session has ended, and why.
pub fn ended(reason: EndReason) -> &'static str {
    match reason {
        EndReason::LoggedOut => {
            "You are logged out, and this app has forgotten you. Spotify itself may still know you in this browser; the next log-in \
             lets you choose an account."
        }
        EndReason::LoggedOutElsewhere => "You logged out in another tab, so your session ended here too.",
        EndReason::Expired => {
            "Your session has ended: the access token has expired. Log in again to go on where you were."
        }
        EndReason::Rejected => {
            "Your session has ended: Spotify no longer accepts it. Access may have been revoked. Log in again to go on where you were."
        }
        EndReason::ClientRefused => {
            "Your session has ended: Spotify no longer accepts this app. Only the owner of the app can change that."
        }
        EndReason::Reconfigured => {
            "Your session has ended: the configuration of this app has changed. Please log in again."
        }
    }
}

/// That the session ends soon.
pub const ENDING: &str =
    "Your session ends in less than a minute. Log in again to go on; you will come back to this page.";

/// That the session is not stored.
pub const NOT_STORED: &str = "Your session is kept in this page only: reloading it logs you out.";

/// That this page has taken the place of an older version.
pub const UPDATED: &str = "This page was updated to its newest version.";

/// That a log-in could not begin.
pub fn start_error(error: &StartError) -> &'static str {
    match error {
        StartError::NotConfigured => {
            "The settings of this app have not arrived yet, so no log-in can start. Check your connection, then try again in a moment."
        }
        StartError::Config(stagedoor::ConfigError::NoClientId) => {
            "This app has no client ID yet, so no log-in can start. Its owner has to add one."
        }
        StartError::Localhost(_) => {
            "Spotify does not send people back to “localhost”, so logging in can’t work at this address. The same page works at its \
             number:"
        }
        StartError::Elsewhere(_) => {
            "This app sends people back to another address than the one you opened, so logging in has to begin there:"
        }
        StartError::Config(stagedoor::ConfigError::RedirectUri(_)) => {
            "Spotify sends people back to https addresses only, or to 127.0.0.1 on your own machine. Open this page over https to \
             log in."
        }
        StartError::Config(_) => {
            "The settings of this app have an error, so no log-in can start. Its owner has to correct them."
        }
        StartError::RandomUnavailable(_) => {
            "This browser offers no secure random numbers, and a log-in is not safe without them. Please use another browser."
        }
        StartError::Storage(_) => {
            "This browser does not let the page keep anything, so a log-in could not be checked when it comes back. Allow \
             site data (cookies) for this page, then try again."
        }
        StartError::Framed => {
            "This page is shown inside another one, where a log-in is not safe. Open it in a tab of its own, then log in."
        }
        StartError::RedirectRefused => "The browser did not leave for Spotify. Please try again.",
    }
}

/// Why the app has no configuration, for the owner; the problems with single keys are listed beside.
pub fn config(error: &ConfigError) -> Message {
    match error {
        ConfigError::Unreachable => Message::new(
            "The settings did not arrive",
            "The file config.json could not be loaded. Please check your connection, then try again.",
        ),
        ConfigError::Status(404) => Message::new(
            "The settings are missing",
            "There is no config.json beside index.html. If this is your app, put one there; the README lists its keys.",
        ),
        ConfigError::Status(status) => Message::new(
            "The settings did not arrive",
            format!(
                "The server answered with status {status} when asked for config.json. Please try again in a moment."
            ),
        ),
        ConfigError::NotAnObject => Message::new(
            "The settings can’t be read",
            "The file config.json is not a JSON object. If this is your app, look for a missing quote or comma; some hosts \
             answer with a page of HTML where the file is missing.",
        ),
        ConfigError::Problems(_) => Message::new(
            "The settings have errors",
            "Logging in is off until these are fixed in config.json:",
        ),
    }
}

#[cfg(test)]
mod tests;
