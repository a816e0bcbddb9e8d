use super::{AuthConfig, ConfigError};
use crate::oauth::Flow;
use crate::url::UrlError;

fn good() -> AuthConfig {
    AuthConfig::new("a", "https://auth.example/authorize", "https://auth.example/token")
}

#[test]
fn what_is_not_named_is_the_safer_choice() {
    let config = good();
    assert_eq!(config.check(), Ok(()));
    assert_eq!(config.client.flow, Flow::Pkce);
    assert!(config.scopes().is_empty() && config.client.redirect_uri.is_empty());
}

#[test]
fn t3_urls_are_https_or_loopback() {
    let refused = |config: AuthConfig| config.check().expect_err("refused");
    let plain = "http://auth.example/x";
    let at = |authorize_url, token_url| AuthConfig::new("a", authorize_url, token_url);
    let https = "https://auth.example/x";
    assert_eq!(refused(at(plain, https)), ConfigError::AuthorizeUrl(UrlError::Insecure));
    assert_eq!(refused(at(https, plain)), ConfigError::TokenUrl(UrlError::Insecure));
    assert_eq!(
        at(https, "").with_flow(Flow::Implicit).check(),
        Ok(()),
        "no token endpoint"
    );
    assert_eq!(refused(good().with_api(plain)), ConfigError::ApiUrl(UrlError::Insecure));
    assert_eq!(
        refused(good().with_redirect_uri(plain)),
        ConfigError::RedirectUri(UrlError::Insecure)
    );
    for loopback in ["http://127.0.0.1:8080/x", "http://[::1]/x", "http://localhost:8080/x"] {
        let config = at(loopback, loopback).with_api(loopback).with_redirect_uri(loopback);
        assert_eq!(config.check(), Ok(()), "{loopback}");
    }
}

#[cfg(feature = "spotify")]
#[test]
fn s10_spotify_takes_no_localhost() {
    let spotify = AuthConfig::spotify("a");
    assert_eq!(spotify.check(), Ok(()));
    let at = |uri: &str| spotify.clone().with_redirect_uri(uri).check();
    assert_eq!(at("http://127.0.0.1:8888/"), Ok(()));
    assert_eq!(
        at("http://localhost:8888/"),
        Err(ConfigError::RedirectUri(UrlError::Localhost))
    );
}

#[test]
fn a_client_id_is_printable_and_a_scope_is_one_word() {
    let with_id = |id: &str| AuthConfig::new(id, "https://auth.example/", "https://auth.example/").check();
    assert_eq!(with_id(""), Err(ConfigError::NoClientId));
    assert_eq!(with_id("my app"), Ok(()));
    for bad in ["a\n", "ä"] {
        assert_eq!(with_id(bad), Err(ConfigError::ClientId), "{bad:?}");
    }
    let bad = good().with_scopes(["a", "b c"]).check();
    assert_eq!(bad, Err(ConfigError::Scope("b c".to_owned())));
}

#[test]
fn further_parameters_have_names_of_their_own() {
    let good = good()
        .with_parameter("audience", "x")
        .with_parameter_after_log_out("prompt", "login");
    assert_eq!(good.check(), Ok(()));
    for name in ["state", "redirect_uri", "response_mode", "request"] {
        let reserved = Err(ConfigError::Parameter(name.to_owned()));
        assert_eq!(good.clone().with_parameter(name, "x").check(), reserved);
        assert_eq!(good.clone().with_parameter_after_log_out(name, "x").check(), reserved);
    }
}

#[test]
fn a_slash_at_the_end_of_the_api_makes_no_difference() {
    assert_eq!(
        good().with_api("https://api.example/v1/"),
        good().with_api("https://api.example/v1")
    );
}
