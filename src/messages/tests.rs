use std::collections::BTreeSet;

use stagedoor::error::{
    ErrorCode, ErrorResponse, MalformedReason, MalformedResponse, RandomUnavailable, ResponseError, StorageRefused,
    TokenError, UrlError,
};
use stagedoor::spotify::Restriction;
use stagedoor::{ApiError, CompletionError, EndReason, Scopes, StartError};

use super::{api, completion_error, config, ended, not_before, purpose, restriction, start_error};
use crate::config::ConfigError;

fn server(code: &str, description: Option<&str>) -> CompletionError {
    CompletionError::Response(ResponseError::Server(ErrorResponse::parse(code, description)))
}

fn all_refusals() -> Vec<CompletionError> {
    let mut all = vec![
        CompletionError::Malformed(MalformedResponse {
            state: None,
            reason: MalformedReason::TokenType,
        }),
        CompletionError::Unsolicited {
            login: None,
            code: None,
        },
        CompletionError::AlreadyUsed,
        CompletionError::TooLate,
        CompletionError::Response(ResponseError::IssuerMismatch),
        CompletionError::Response(ResponseError::UnexpectedResponseType),
        CompletionError::Response(ResponseError::AlreadyExpired),
        CompletionError::Token(TokenError::Refused(ErrorResponse::parse("invalid_grant", None))),
        CompletionError::Token(TokenError::Transient),
        CompletionError::Token(TokenError::Unreadable),
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
        let message = completion_error(&refusal);
        assert!(message.text.ends_with('.') && message.text.len() > 40, "{message:?}");
        assert!(!seen.contains(&message.text), "{message:?}");
        seen.push(message.text);
    }
}

#[test]
fn p11_the_servers_words_are_quoted_apart() {
    let message = completion_error(&server("access_denied", Some("<b>No</b>")));
    assert_eq!(message.quote.as_deref(), Some("<b>No</b>"));
    assert!(!message.text.contains("<b>"));
    assert_eq!(
        completion_error(&server("made_up", None)).quote.as_deref(),
        Some("made_up")
    );
}

#[test]
fn p11_nothing_of_an_unsolicited_response_is_quoted() {
    let codes = [
        None,
        Some(ErrorCode::ServerError),
        Some(ErrorCode::Other("call 555".into())),
    ];
    for message in codes.map(|code| completion_error(&CompletionError::Unsolicited { login: None, code })) {
        assert!(message.text.contains("nothing was changed"), "{message:?}");
        assert_eq!(
            (message.title, message.quote),
            ("This log-in was not started here", None)
        );
    }
}

#[test]
fn h_every_failed_call_says_something_of_its_own() {
    let errors = [
        ApiError::Unauthorized,
        ApiError::MissingScope(Scopes::default()),
        ApiError::MissingScope(Scopes::parse("user-read-email x")),
        ApiError::Forbidden("User not registered".to_owned()),
        ApiError::Forbidden("Active premium subscription required".to_owned()),
        ApiError::Forbidden(String::new()),
        ApiError::Forbidden("Spotify is unavailable in this country".to_owned()),
        ApiError::Offline,
        ApiError::RateLimited { retry_after_s: None },
        ApiError::Server(500),
        ApiError::TimedOut,
        ApiError::Network,
        ApiError::Unreadable,
        ApiError::NotFound,
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
    for reason in [
        EndReason::Expired,
        EndReason::Rejected,
        EndReason::ClientRefused,
        EndReason::Reconfigured,
    ] {
        assert!(ended(reason).starts_with("Your session has ended"));
    }
    assert!(ended(EndReason::LoggedOut).contains("logged out"));
    assert!(ended(EndReason::LoggedOutElsewhere).contains("another tab"));
}

#[test]
fn s10_a_log_in_that_can_t_begin_says_what_to_do() {
    assert!(start_error(&StartError::Framed).contains("tab of its own"));
    assert!(start_error(&StorageRefused.into()).contains("site data"));
    assert!(start_error(&RandomUnavailable.into()).contains("another browser"));
    assert!(start_error(&stagedoor::ConfigError::NoClientId.into()).contains("no client ID"));
    assert!(start_error(&stagedoor::ConfigError::RedirectUri(UrlError::Insecure).into()).contains("over https"));
    assert!(start_error(&stagedoor::ConfigError::TokenUrl(UrlError::Insecure).into()).contains("correct them"));
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

#[test]
fn h2_a_missing_scope_is_named_where_the_server_names_it() {
    let text = api(&ApiError::MissingScope(Scopes::parse("user-read-email x"))).text;
    assert!(
        text.contains("see your e-mail address, and to use the permission x"),
        "{text}"
    );
}

#[test]
fn h3_a_long_wait_is_told_with_its_time_and_an_endless_one_without() {
    let time = |at: u64, now: u64| format!("{at} seen from {now}");
    assert_eq!(not_before(48_925_000, 1, time), "Try again at 48925000 seen from 1.");
    for endless in [u64::MAX, 366 * 24 * 3_600_000] {
        assert!(not_before(endless, 0, time).contains("more than a year"), "{endless}");
    }
}

#[test]
fn every_permission_that_a_page_uses_has_its_reason() {
    let other = purpose("made-up");
    for scope in [
        "user-read-private",
        "user-read-email",
        "user-top-read",
        "user-read-recently-played",
        "playlist-read-private",
        "playlist-read-collaborative",
    ] {
        assert_ne!(purpose(scope), other, "{scope}");
    }
}

#[test]
fn each_restriction_of_a_track_has_its_words() {
    let all = [
        Restriction::Market,
        Restriction::Product,
        Restriction::Explicit,
        Restriction::Unknown,
    ];
    let words: BTreeSet<_> = all.map(restriction).into_iter().collect();
    assert_eq!(words.len(), all.len());
}
