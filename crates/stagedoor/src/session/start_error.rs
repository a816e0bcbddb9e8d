//! Why a login could not start, and what of that is known before it is tried. Pure.

use crate::browser::random::RandomUnavailable;
use crate::config::{AuthConfig, ConfigError};
use crate::store::StorageRefused;
use crate::url::{is_same_origin, origin};

/// Why a login could not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The configuration is not there.
    #[error("there is no configuration")]
    NotConfigured,
    /// No login can be made with the configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The page was opened at `localhost`, which the server refuses in a redirect URI; the URL of the same page at 127.0.0.1.
    #[error("the page was opened at localhost; {0} is the same page")]
    Localhost(String),
    /// The redirect URI leads to another origin, where this login would not be known; the URL of the app there.
    #[error("a login has to start at {0}")]
    Elsewhere(String),
    /// The app is inside a frame of another site, where clicks could be hijacked.
    #[error("the app is inside a frame")]
    Framed,
    /// No randomness, so no `state`.
    #[error(transparent)]
    RandomUnavailable(#[from] RandomUnavailable),
    /// The pending login can't be stored.
    #[error(transparent)]
    Storage(#[from] StorageRefused),
    /// The browser refused the redirect.
    #[error("the browser refused the redirect")]
    RedirectRefused,
}

/// Checks that a login that starts on the page `page_url` can come back to it.
///
/// # Errors
/// [`StartError`]: the first reason why it can't.
pub(super) fn check_start(page_url: &str, config: &AuthConfig) -> Result<(), StartError> {
    let elsewhere = without_localhost(page_url).filter(|_| config.refuses_localhost);
    match (config.check(), elsewhere) {
        (Err(ConfigError::NoClientId), _) => return Err(ConfigError::NoClientId.into()),
        (_, Some(url)) => return Err(StartError::Localhost(url)),
        (checked, None) => checked?,
    }
    let redirect_uri = &config.client.redirect_uri;
    if !is_same_origin(page_url, redirect_uri) {
        let origin = origin(redirect_uri).unwrap_or_default();
        let has_query = redirect_uri.contains('?');
        let base_url = redirect_uri
            .strip_suffix("/callback")
            .filter(|_| !has_query)
            .unwrap_or(origin);
        return Err(StartError::Elsewhere(format!("{base_url}/")));
    }
    Ok(())
}

/// The URL of the same page at 127.0.0.1, where `page_url` is at `localhost`.
fn without_localhost(page_url: &str) -> Option<String> {
    let origin = origin(page_url)?;
    let (scheme, authority) = origin.split_once("://")?;
    let port = authority.strip_prefix("localhost")?;
    let port = port.strip_prefix('.').unwrap_or(port);
    let rest = page_url.get(origin.len()..)?;
    (port.is_empty() || port.starts_with(':')).then(|| format!("{scheme}://127.0.0.1{port}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::{StartError, check_start};
    use crate::config::{AuthConfig, ConfigError, for_client};
    use crate::oauth::{Client, samples};
    use crate::url::UrlError;

    /// Checks a login of a client with this redirect URI.
    fn check(page_url: &str, redirect_uri: &str) -> Result<(), StartError> {
        check_start(page_url, &for_client(client(redirect_uri)).without_localhost())
    }

    fn client(redirect_uri: &str) -> Client {
        Client {
            redirect_uri: redirect_uri.into(),
            ..samples::client()
        }
    }

    #[test]
    fn s10_a_login_can_start_at_the_origin_of_its_redirect_uri() {
        for (page, redirect) in [
            ("http://127.0.0.1:8888/", "http://127.0.0.1:8888/callback"),
            (
                "https://music.example/app/track?id=1",
                "https://music.example/app/callback",
            ),
            ("http://[::1]:8888/", "http://[::1]:8888/callback"),
            ("https://music.example/", "https://music.example:443/callback"),
            ("https://my_app.example.org/", "https://my_app.example.org/callback"),
            ("https://music.example./", "https://music.example./callback"),
            ("https://localhost.example/", "https://localhost.example/callback"),
        ] {
            assert_eq!(check(page, redirect), Ok(()), "{page}");
        }
    }

    #[test]
    fn s10_without_a_client_id_no_login_can_start() {
        let client = Client {
            client_id: String::new(),
            ..samples::client()
        };
        for page in [client.redirect_uri.clone().as_str(), "http://localhost:8888/"] {
            let result = check_start(page, &for_client(client.clone()).without_localhost());
            assert_eq!(result, Err(ConfigError::NoClientId.into()));
        }
    }

    #[test]
    fn s10_localhost_is_a_page_like_others_where_the_server_takes_it() {
        let config = AuthConfig::new("a", "https://auth.example/", "https://auth.example/");
        let config = config.with_redirect_uri("http://localhost:8080/");
        assert_eq!(check_start("http://localhost:8080/x", &config), Ok(()));
        let elsewhere = check_start("http://127.0.0.1:8080/x", &config);
        assert_eq!(elsewhere, Err(StartError::Elsewhere("http://localhost:8080/".into())));
    }

    #[test]
    fn s10_localhost_leads_to_the_same_page_at_its_number() {
        for (page, expected) in [
            ("http://localhost:8888/app/", "http://127.0.0.1:8888/app/"),
            (
                "http://localhost:8888/track?id=1&x=y",
                "http://127.0.0.1:8888/track?id=1&x=y",
            ),
            ("https://localhost/callback", "https://127.0.0.1/callback"),
            ("http://localhost.:80/", "http://127.0.0.1:80/"),
        ] {
            for redirect in [
                "http://localhost:8888/callback",
                "http://127.0.0.1:8888/callback",
                "https://music.example/callback",
            ] {
                assert_eq!(
                    check(page, redirect),
                    Err(StartError::Localhost(expected.into())),
                    "{page}"
                );
            }
        }
    }

    #[test]
    fn s10_another_origin_leads_to_the_app_there() {
        for (redirect, expected) in [
            ("https://music.example/callback", "https://music.example/"),
            ("https://music.example/app/callback", "https://music.example/app/"),
            ("https://music.example/done?x=/callback", "https://music.example/"),
            ("http://127.0.0.1:8888/callback", "http://127.0.0.1:8888/"),
        ] {
            let elsewhere = check("https://preview.example/music?show=recent", redirect);
            assert_eq!(elsewhere, Err(StartError::Elsewhere(expected.into())));
        }
    }

    #[test]
    fn s10_plain_http_is_refused() {
        let insecure = check("http://192.168.1.5:8888/", "http://192.168.1.5:8888/callback");
        assert_eq!(insecure, Err(ConfigError::RedirectUri(UrlError::Insecure).into()));
    }
}
