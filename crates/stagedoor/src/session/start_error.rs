//! Why a login could not start, and what of that is known before it is tried. Pure.

use crate::browser::random::RandomUnavailable;
use crate::oauth::Client;
use crate::store::StorageRefused;
use crate::url::{check_url, is_same_origin, origin};

/// Why a login could not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The configuration is not there.
    #[error("there is no configuration")]
    NotConfigured,
    /// The configuration names no client ID.
    #[error("there is no client ID")]
    NoClientId,
    /// The page was opened at `localhost`, which Spotify refuses in a redirect URI; the URL of the same page at 127.0.0.1.
    #[error("the page was opened at localhost; {0} is the same page")]
    Localhost(String),
    /// The redirect URI leads to another origin, where this login would not be known; the URL of the app there.
    #[error("a login has to start at {0}")]
    Elsewhere(String),
    /// The redirect URI is neither https nor loopback.
    #[error("the redirect URI is neither https nor loopback")]
    Insecure,
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

/// Checks that a login of `client` that starts on the page `page_url` can come back to it.
///
/// # Errors
/// [`StartError`]: the first reason why it can't.
pub(super) fn check_start(page_url: &str, client: &Client) -> Result<(), StartError> {
    if client.client_id.is_empty() {
        return Err(StartError::NoClientId);
    }
    if let Some(url) = without_localhost(page_url) {
        return Err(StartError::Localhost(url));
    }
    let redirect_uri = &client.redirect_uri;
    if check_url(redirect_uri).is_err() {
        return Err(StartError::Insecure);
    }
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
    use crate::oauth::{Client, samples};

    /// Checks a login of a client with this redirect URI.
    fn check(page_url: &str, redirect_uri: &str) -> Result<(), StartError> {
        let client = Client {
            redirect_uri: redirect_uri.into(),
            ..samples::client()
        };
        check_start(page_url, &client)
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
        assert_eq!(check_start(&client.redirect_uri, &client), Err(StartError::NoClientId));
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
        assert_eq!(insecure, Err(StartError::Insecure));
    }
}
