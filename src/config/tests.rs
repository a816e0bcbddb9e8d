use stagedoor::error::UrlError;
use stagedoor::{Flow, Scopes, TokenStorage};

use super::{Config, ConfigError, Problem, Reason};

const BASE: &str = "http://127.0.0.1:8888/";

fn read(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, BASE)
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
    let config = config("{}");
    assert_eq!(config.client.client_id, "");
    assert_eq!(config.client.flow, Flow::Implicit);
    assert_eq!(config.client.authorize_url, "https://accounts.spotify.com/authorize");
    assert_eq!(config.client.token_url, "https://accounts.spotify.com/api/token");
    assert_eq!(config.client.api_url, "https://api.spotify.com/v1");
    assert_eq!(config.client.redirect_uri, "http://127.0.0.1:8888/callback");
    assert_eq!(config.client.issuer, None);
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
    assert_eq!(config.client.client_id, "abc");
    assert_eq!(config.client.flow, Flow::Pkce);
    assert_eq!(config.client.authorize_url, "https://a.example/auth");
    assert_eq!(config.client.token_url, "https://a.example/token");
    assert_eq!(
        config.client.api_url, "http://127.0.0.1:9/v1",
        "the slash makes no difference"
    );
    assert_eq!(config.client.redirect_uri, "https://b.example/callback");
    assert_eq!(config.client.issuer.as_deref(), Some("https://a.example"));
    assert_eq!(config.scopes, Scopes::parse("x y"));
    assert!(config.show_dialog);
    assert_eq!(config.token_storage, TokenStorage::Memory);
}

#[test]
fn null_means_the_default_where_the_default_is_null() {
    let config = read(r#"{"redirect_uri":null,"issuer":null,"scopes":[]}"#).expect("valid");
    assert_eq!(config.client.redirect_uri, "http://127.0.0.1:8888/callback");
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
        assert_eq!((named.as_str(), reason), (key, Reason::Url(UrlError::Insecure)));
    }
    assert_eq!(
        problem(r#"{"api_url":"https://a.example/v1?x=1"}"#).1,
        Reason::Url(UrlError::Query)
    );
}

#[test]
fn a_redirect_uri_of_this_origin_is_the_callback_page_of_this_app() {
    for good in [
        "http://127.0.0.1:8888/callback",
        "http://127.0.0.1:8888//callback",
        "http://127.0.0.1:8888/callback/",
        "http://127.0.0.1:8888/callback?from=spotify",
        "https://127.0.0.1:8888/elsewhere",
        "https://music.example/",
    ] {
        let config = config(&format!(r#"{{"redirect_uri":"{good}"}}"#));
        assert_eq!(config.client.redirect_uri, good);
    }
    for bad in [
        "",
        "/",
        "/login",
        "/callback.html",
        "/music/callback",
        "/Callback",
        "/?x=/callback",
    ] {
        let (key, reason) = problem(&format!(r#"{{"redirect_uri":"http://127.0.0.1:8888{bad}"}}"#));
        assert_eq!(key, "redirect_uri");
        assert_eq!(reason, Reason::NotTheCallback(format!("{BASE}callback")), "{bad}");
    }
    let below = Config::parse(
        r#"{"redirect_uri":"https://a.example/callback"}"#,
        "https://a.example/music/",
    );
    assert!(below.is_err(), "the callback page of another app");
}

#[test]
fn a_file_that_is_not_an_object_is_refused() {
    for text in [
        "",
        "[]",
        "null",
        "\"x\"",
        "3",
        "<html>",
        "{",
        "{}{}",
        "{\"flow\":}",
        "{\"flow\":\"pkce\",}",
        "{'flow':1}",
    ] {
        assert_eq!(read(text), Err(ConfigError::NotAnObject), "{text}");
    }
}

#[test]
fn a_byte_order_mark_is_ignored_once() {
    let expected = read(r#"{"client_id":"abc"}"#);
    assert!(expected.is_ok());
    assert_eq!(read("\u{feff}{\"client_id\":\"abc\"}"), expected);
    assert_eq!(read("\u{feff}\u{feff}{}"), Err(ConfigError::NotAnObject));
    assert_eq!(read("\u{feff}"), Err(ConfigError::NotAnObject));
}

#[test]
fn null_is_refused_where_the_default_is_not_null() {
    for key in [
        "client_id",
        "flow",
        "authorize_url",
        "token_url",
        "api_url",
        "scopes",
        "show_dialog",
        "token_storage",
    ] {
        let (named, reason) = problem(&format!(r#"{{"{key}":null}}"#));
        assert_eq!(named, key);
        assert!(matches!(reason, Reason::WrongType(_)), "{key}: {reason}");
    }
}

#[test]
fn a_key_that_is_given_twice_is_refused_by_its_name() {
    for text in [
        r#"{"client_id":"a","client_id":"b"}"#,
        r#"{"client_id":"a","flow":"pkce","client_id":"a"}"#,
        r#"{"client_id":"a","client\u005fid":5}"#,
    ] {
        assert_eq!(problem(text), ("client_id".into(), Reason::Duplicate), "{text}");
    }
    let problem = Problem {
        key: "client_id".into(),
        reason: Reason::Duplicate,
    };
    assert_eq!(problem.to_string(), "client_id: is given twice");
}

#[test]
fn problems_are_named_in_the_order_of_the_file() {
    let text = r#"{"zeta":1,"scopes":"x","alpha":{"a":[1]},"scopes":[],"flow":null,"issuer":5}"#;
    let Err(ConfigError::Problems(problems)) = read(text) else {
        panic!("expected problems");
    };
    let named: Vec<_> = problems
        .into_iter()
        .map(|problem| (problem.key, problem.reason))
        .collect();
    let expected = [
        ("zeta", Reason::UnknownKey),
        ("scopes", Reason::WrongType("a list of texts")),
        ("alpha", Reason::UnknownKey),
        ("scopes", Reason::Duplicate),
        ("flow", Reason::WrongType("a text in quotes")),
        ("issuer", Reason::WrongType("a text in quotes")),
    ];
    assert_eq!(named, expected.map(|(key, reason)| (key.to_owned(), reason)));
}

#[test]
fn a_login_calls_the_web_api_and_with_pkce_the_token_endpoint_first() {
    let origins = |json: &str| config(json).called_origins().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(origins("{}"), ["https://api.spotify.com"]);
    let pkce = r#"{"flow":"pkce"}"#;
    assert_eq!(
        origins(pkce),
        ["https://accounts.spotify.com", "https://api.spotify.com"]
    );
    let one = r#"{"flow":"pkce","token_url":"https://id.example/token","api_url":"https://id.example/v1"}"#;
    assert_eq!(origins(one), ["https://id.example"]);
}
