use super::{Config, ConfigError, Problem, Reason, UrlFault};
use crate::json;
use crate::oauth::{Flow, Scopes, TokenStorage};

const BASE: &str = "http://127.0.0.1:8888/";

fn read(text: &str) -> Result<Config, ConfigError> {
    Config::read(json::parse(text).expect("JSON"), BASE)
}

/// A configuration for tests.
pub(crate) fn config(text: &str) -> Config {
    read(text).expect("valid")
}

fn problem(text: &str) -> (String, Reason) {
    match read(text) {
        Err(ConfigError::Problems(mut problems)) if problems.len() == 1 => {
            let Problem { key, reason } = problems.remove(0);
            (key, reason)
        }
        other => panic!("expected one problem, got {other:?}"),
    }
}

#[test]
fn an_empty_file_means_the_documented_defaults() {
    let config = read("{}").expect("valid");
    assert_eq!(config.binding.client_id, "");
    assert_eq!(config.binding.flow, Flow::Implicit);
    assert_eq!(config.binding.authorize_url, "https://accounts.spotify.com/authorize");
    assert_eq!(config.binding.token_url, "https://accounts.spotify.com/api/token");
    assert_eq!(config.binding.api_url, "https://api.spotify.com/v1");
    assert_eq!(config.binding.redirect_uri, "http://127.0.0.1:8888/callback");
    assert_eq!(config.binding.issuer, None);
    assert_eq!(config.scopes, Scopes::parse("user-read-private user-read-email"));
    assert!(!config.show_dialog);
    assert_eq!(config.token_storage, TokenStorage::Session);
}

#[test]
fn every_key_is_read() {
    let config = read(
        r#"{"client_id":"abc","flow":"pkce","authorize_url":"https://a.example/auth","token_url":"https://a.example/token",
            "api_url":"http://127.0.0.1:9/v1/","redirect_uri":"https://b.example/callback","scopes":["x","y","x"],
            "show_dialog":true,"issuer":"https://a.example","token_storage":"memory"}"#,
    )
    .expect("valid");
    assert_eq!(config.binding.client_id, "abc");
    assert_eq!(config.binding.flow, Flow::Pkce);
    assert_eq!(config.binding.authorize_url, "https://a.example/auth");
    assert_eq!(config.binding.token_url, "https://a.example/token");
    assert_eq!(
        config.binding.api_url, "http://127.0.0.1:9/v1",
        "the slash makes no difference"
    );
    assert_eq!(config.binding.redirect_uri, "https://b.example/callback");
    assert_eq!(config.binding.issuer.as_deref(), Some("https://a.example"));
    assert_eq!(config.scopes, Scopes::parse("x y"));
    assert!(config.show_dialog);
    assert_eq!(config.token_storage, TokenStorage::Memory);
}

#[test]
fn null_means_the_default_where_the_default_is_null() {
    let config = read(r#"{"redirect_uri":null,"issuer":null,"scopes":[]}"#).expect("valid");
    assert_eq!(config.binding.redirect_uri, "http://127.0.0.1:8888/callback");
    assert!(config.scopes.is_empty());
}

#[test]
fn every_problem_is_named_by_its_key_at_once() {
    let Err(ConfigError::Problems(problems)) = read(r#"{"client_secret":"x","flow":"password","show_dialog":"yes"}"#)
    else {
        panic!("expected problems");
    };
    let keys: Vec<_> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["client_secret", "flow", "show_dialog"]);
    assert_eq!(problems[0].reason, Reason::UnknownKey);
}

#[test]
fn wrong_types_and_refused_values_have_reasons() {
    assert_eq!(problem(r#"{"client_id":5}"#).1, Reason::WrongType("a text in quotes"));
    assert_eq!(
        problem(r#"{"client_id":null}"#).1,
        Reason::WrongType("a text in quotes")
    );
    assert_eq!(problem(r#"{"client_id":" abc"}"#).1, Reason::ClientId);
    assert_eq!(problem(r#"{"show_dialog":1}"#).1, Reason::WrongType("true or false"));
    assert_eq!(problem(r#"{"scopes":"a b"}"#).1, Reason::WrongType("a list of texts"));
    assert_eq!(problem(r#"{"scopes":[1]}"#).1, Reason::WrongType("a list of texts"));
    assert_eq!(problem(r#"{"scopes":["a b"]}"#).1, Reason::Scope("a b".into()));
    assert_eq!(
        problem(r#"{"token_storage":"local"}"#).1,
        Reason::NotOneOf("\"session\" or \"memory\"")
    );
    assert_eq!(
        problem(r#"{"Client_Id":"x"}"#),
        ("Client_Id".into(), Reason::UnknownKey)
    );
}

#[test]
fn t3_every_url_must_be_https_or_loopback() {
    for key in ["authorize_url", "token_url", "api_url", "redirect_uri"] {
        let (named, reason) = problem(&format!(r#"{{"{key}":"http://music.example/x"}}"#));
        assert_eq!((named.as_str(), reason), (key, Reason::Url(UrlFault::Insecure)));
    }
    assert_eq!(
        problem(r#"{"api_url":"https://a.example/v1?x=1"}"#).1,
        Reason::Url(UrlFault::Query)
    );
}

#[test]
fn what_is_no_object_is_told_apart() {
    for text in ["[]", "null", "\"x\"", "3"] {
        assert_eq!(read(text), Err(ConfigError::NotAnObject), "{text}");
    }
}
