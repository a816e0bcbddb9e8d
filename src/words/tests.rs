use super::{api, config, ended, log_in_error, refused};
use crate::browser::random::NoRandomness;
use crate::browser::storage::StorageRefused;
use crate::config::ConfigError;
use crate::oauth::{ErrorCode, ErrorResponse, Fault, Malformed, Refusal, TokenError};
use crate::session::{Ended, LogInError, Refused};
use crate::spotify::ApiError;

fn server(code: &str, description: Option<&str>) -> Refused {
    Refused::Refusal(Refusal::Server(ErrorResponse::parse(code, description)))
}

fn all_refusals() -> Vec<Refused> {
    let mut all = vec![
        Refused::Malformed(Malformed {
            state: None,
            fault: Fault::TokenType,
        }),
        Refused::Unasked(None),
        Refused::Replayed,
        Refused::TooLate,
        Refused::Refusal(Refusal::Issuer),
        Refused::Refusal(Refusal::Kind),
        Refused::Refusal(Refusal::ExpiredOnArrival),
        Refused::Exchange(TokenError::Refused(ErrorResponse::parse("invalid_grant", None))),
        Refused::Exchange(TokenError::Passing),
        Refused::Exchange(TokenError::Unreadable),
    ];
    for code in [
        "access_denied",
        "unsupported_response_type",
        "unauthorized_client",
        "invalid_scope",
        "invalid_request",
        "server_error",
        "made_up",
    ] {
        all.push(server(code, None));
    }
    all
}

#[test]
fn every_refusal_has_words_of_its_own() {
    let mut seen = Vec::new();
    for refusal in all_refusals() {
        let words = refused(&refusal);
        assert!(words.text.ends_with('.') && words.text.len() > 40, "{words:?}");
        assert!(!seen.contains(&words.text), "{words:?}");
        seen.push(words.text);
    }
}

#[test]
fn p11_the_servers_words_are_quoted_apart() {
    let words = refused(&server("access_denied", Some("<b>No</b>")));
    assert_eq!(words.quote.as_deref(), Some("<b>No</b>"));
    assert!(!words.text.contains("<b>"));
    assert_eq!(refused(&server("made_up", None)).quote.as_deref(), Some("made_up"));
}

#[test]
fn p12_an_unasked_error_says_that_nothing_was_changed() {
    let error = ErrorResponse {
        code: ErrorCode::AccessDenied,
        description: None,
    };
    assert!(
        refused(&Refused::Unasked(Some(error)))
            .text
            .contains("nothing was changed")
    );
    assert!(refused(&Refused::Unasked(None)).text.contains("nothing was changed"));
}

#[test]
fn h_every_failed_call_says_something_of_its_own() {
    let errors = [
        ApiError::Unauthorized,
        ApiError::MissingScope,
        ApiError::NotRegistered,
        ApiError::OwnerNeedsPremium,
        ApiError::Forbidden,
        ApiError::TooMany { after_s: None },
        ApiError::Server(500),
        ApiError::TimedOut,
        ApiError::Network,
        ApiError::Unreadable,
        ApiError::Status(404),
        ApiError::Status(418),
        ApiError::ForeignOrigin,
    ];
    let mut texts: Vec<_> = errors.iter().map(|error| api(error).text).collect();
    let count = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), count);
}

#[test]
fn e6_every_end_says_why() {
    for reason in [Ended::Expired, Ended::Rejected, Ended::Reconfigured] {
        assert!(ended(reason).starts_with("Your session has ended"));
    }
    assert!(ended(Ended::LoggedOut).contains("logged out"));
    assert!(ended(Ended::LoggedOutElsewhere).contains("another tab"));
}

#[test]
fn s7_a_log_in_that_can_t_begin_says_what_to_do() {
    assert!(log_in_error(LogInError::Framed).contains("tab of its own"));
    assert!(log_in_error(StorageRefused.into()).contains("site data"));
    assert!(log_in_error(NoRandomness.into()).contains("another browser"));
}

#[test]
fn missing_and_broken_settings_are_told_apart() {
    let texts = [
        ConfigError::Unreachable,
        ConfigError::Status(404),
        ConfigError::Status(500),
        ConfigError::NotAnObject,
        ConfigError::Problems(vec![]),
    ]
    .map(|error| config(&error).text);
    for (index, text) in texts.iter().enumerate() {
        assert!(!texts[..index].contains(text), "{text}");
    }
}
