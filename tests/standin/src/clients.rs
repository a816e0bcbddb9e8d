//! Registered clients: the redirect URIs of each, and the web origins derived from them.

use std::fmt;

/// Why a redirect URI cannot be registered. Spotify has the same rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectUriError {
    /// Neither https nor http on a loopback address.
    Insecure(String),
    /// `localhost` is a name, not an address.
    Localhost(String),
    /// It has a fragment, which RFC 6749 section 3.1.2 forbids.
    Fragment(String),
    /// It has a space, a control character, a non-ASCII character, or a backslash.
    Character(String),
}

impl fmt::Display for RedirectUriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insecure(uri) => {
                write!(
                    f,
                    "{uri} must start with https://, or with http:// and a loopback address such as 127.0.0.1"
                )
            }
            Self::Localhost(uri) => write!(f, "{uri} must use 127.0.0.1 or [::1] in place of localhost"),
            Self::Fragment(uri) => write!(f, "{uri} must not have a # in it"),
            Self::Character(uri) => write!(f, "{uri:?} has a character that no redirect URI may have"),
        }
    }
}

impl std::error::Error for RedirectUriError {}

/// All registered pairs of client ID and redirect URI.
#[derive(Debug, Default)]
pub(crate) struct Clients(Vec<(String, String)>);

impl Clients {
    pub(crate) fn register(&mut self, client_id: &str, redirect_uri: &str) -> Result<(), RedirectUriError> {
        check(redirect_uri)?;
        self.0.push((client_id.to_owned(), redirect_uri.to_owned()));
        Ok(())
    }

    pub(crate) fn contains(&self, client_id: &str) -> bool {
        self.0.iter().any(|(known, _)| known == client_id)
    }

    /// Whether the redirect URI is registered for the client, compared as a string (RFC 9700 section 2.1).
    pub(crate) fn allows_redirect(&self, client_id: &str, redirect_uri: &str) -> bool {
        self.0
            .iter()
            .any(|(client, uri)| client == client_id && uri == redirect_uri)
    }

    /// Whether a page of this origin belongs to a registered client.
    pub(crate) fn has_origin(&self, origin: &str) -> bool {
        self.0.iter().any(|(_, uri)| origin_of(uri) == Some(origin))
    }
}

fn check(uri: &str) -> Result<(), RedirectUriError> {
    let owned = || uri.to_owned();
    if !uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(RedirectUriError::Character(owned()));
    }
    if uri.contains('#') {
        return Err(RedirectUriError::Fragment(owned()));
    }
    let (scheme, host) = scheme_and_host(uri).ok_or_else(|| RedirectUriError::Insecure(owned()))?;
    match (scheme, host) {
        (_, "localhost") => Err(RedirectUriError::Localhost(owned())),
        ("https", host) if !host.is_empty() => Ok(()),
        ("http", "127.0.0.1" | "[::1]") => Ok(()),
        _ => Err(RedirectUriError::Insecure(owned())),
    }
}

fn scheme_and_host(uri: &str) -> Option<(&str, &str)> {
    let (scheme, authority) = origin_of(uri)?.split_once("://")?;
    let port = authority.rfind(':').filter(|colon| !authority[*colon..].contains(']'));
    Some((scheme, &authority[..port.unwrap_or(authority.len())]))
}

fn origin_of(uri: &str) -> Option<&str> {
    let start = uri.find("://")? + "://".len();
    let end = uri[start..].find(['/', '?']).map_or(uri.len(), |length| start + length);
    Some(&uri[..end])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Clients, RedirectUriError, check};

    #[test]
    fn registers_https_and_loopback_addresses() {
        for uri in [
            "https://a.example/callback",
            "http://127.0.0.1:8888/callback",
            "http://[::1]:8888/c",
            "http://[::1]",
        ] {
            assert_eq!(check(uri), Ok(()), "{uri}");
        }
    }

    #[test]
    fn refuses_what_spotify_refuses() {
        use RedirectUriError::{Character, Fragment, Insecure, Localhost};
        type Error = fn(String) -> RedirectUriError;
        let cases: [(&str, Error); 7] = [
            ("http://a.example/callback", Insecure),
            ("http://127.0.0.1.a.example/", Insecure),
            ("callback", Insecure),
            ("https://", Insecure),
            ("http://localhost:8888/callback", Localhost),
            ("https://a.example/#c", Fragment),
            ("https://a.example/a b", Character),
        ];
        for (uri, error) in cases {
            assert_eq!(check(uri), Err(error(uri.to_owned())), "{uri}");
        }
    }

    #[test]
    fn compares_redirect_uris_as_strings() {
        let mut clients = Clients::default();
        clients.register("app", "http://127.0.0.1:8888/callback").unwrap();
        assert!(clients.allows_redirect("app", "http://127.0.0.1:8888/callback"));
        for wrong in [
            "http://127.0.0.1:8888/callback/",
            "http://127.0.0.1:8888/Callback",
            "http://127.0.0.1/callback",
        ] {
            assert!(!clients.allows_redirect("app", wrong), "{wrong}");
        }
        assert!(!clients.allows_redirect("other", "http://127.0.0.1:8888/callback"));
    }

    #[test]
    fn derives_origins_from_redirect_uris() {
        let mut clients = Clients::default();
        clients.register("app", "http://127.0.0.1:8888/callback").unwrap();
        assert!(clients.has_origin("http://127.0.0.1:8888"));
        for other in [
            "http://127.0.0.1:888",
            "http://127.0.0.1:8889",
            "https://127.0.0.1:8888",
            "null",
            "",
        ] {
            assert!(!clients.has_origin(other), "{other}");
        }
    }
}
