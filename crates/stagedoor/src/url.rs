//! Which URLs may be named as those of servers and as redirect URIs. Stricter than a browser's parser, so that no two parsers can disagree on what a
//! URL means: no user name, no unusual spelling of a host, https or http on a loopback literal.

/// Why a URL is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Neither https nor http.
    #[error("must begin with https:// (or http:// on 127.0.0.1 or [::1])")]
    Scheme,
    /// http on a host that is not loopback.
    #[error("must use https: plain http is accepted on 127.0.0.1 and [::1] only")]
    Insecure,
    /// http on `localhost`.
    #[error("must use 127.0.0.1 or [::1] instead of localhost")]
    Localhost,
    /// The host or the port is malformed, or there is a user name.
    #[error("has a host or port that is not plainly written")]
    Host,
    /// Characters that are not allowed in a URL.
    #[error("has characters that a URL can't have; percent-encode them")]
    Characters,
    /// A fragment.
    #[error("must not have a fragment (#…)")]
    Fragment,
    /// A query where none is allowed.
    #[error("must not have a query (?…)")]
    Query,
}

/// Checks a URL to be https, or http on a loopback IP literal.
///
/// # Errors
/// The first [`UrlError`] found.
pub fn check_url(url: &str) -> Result<(), UrlError> {
    let (secure, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Err(UrlError::Scheme),
    };
    if rest.contains('#') {
        return Err(UrlError::Fragment);
    }
    let fits = |byte: u8| byte.is_ascii_graphic() && !b"\\\"<>^`{|}".contains(&byte);
    if !rest.bytes().all(fits) {
        return Err(UrlError::Characters);
    }
    let host = host(authority(rest)).ok_or(UrlError::Host)?;
    match host {
        _ if secure || is_loopback(host) => Ok(()),
        _ if host.eq_ignore_ascii_case("localhost") => Err(UrlError::Localhost),
        _ => Err(UrlError::Insecure),
    }
}

/// Whether two URLs that [`check_url`] accepts have the same origin: in any case, and with the scheme's own port or without one.
pub fn is_same_origin(one: &str, other: &str) -> bool {
    let parts = |url| {
        let origin = origin(url)?;
        let port = if origin.starts_with("https:") { ":443" } else { ":80" };
        Some(origin.strip_suffix(port).unwrap_or(origin))
    };
    matches!((parts(one), parts(other)), (Some(one), Some(other)) if one.eq_ignore_ascii_case(other))
}

/// Scheme, host and port of a URL that [`check_url`] accepts, as written.
pub fn origin(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    url.get(..url.len() - rest.len() + authority(rest).len())
}

/// The segments of the path of a URL that [`check_url`] accepts. Slashes that are doubled or at the end don't count, and neither does
/// the name of an index file, which is the page of its folder.
pub fn path_segments(url: &str) -> impl Iterator<Item = &str> {
    let path = url.get(origin(url).map_or(0, str::len)..).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    path.strip_suffix("/index.html")
        .unwrap_or(path)
        .split('/')
        .filter(|segment| !segment.is_empty())
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?']).next().unwrap_or_default()
}

/// The host of an authority without user name; `None` when host or port are malformed.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (inside, port) = rest.split_once(']')?;
            let plain = |byte: u8| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.';
            inside
                .bytes()
                .all(plain)
                .then_some((authority.get(..inside.len() + 2)?, port))?
        }
        None => {
            let host = authority.split(':').next().unwrap_or_default();
            let label = |label: &str| {
                !label.is_empty()
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            };
            // A closing dot says that the name is complete (RFC 1034 section 3.1).
            host.strip_suffix('.')
                .unwrap_or(host)
                .split('.')
                .all(label)
                .then_some((host, authority.strip_prefix(host)?))?
        }
    };
    let port_fits = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok_and(|port| port > 0);
    (port_fits && !port.contains('+')).then_some(host)
}

/// Whether `host` is `[::1]` or in 127.0.0.0/8, written as an IP literal.
fn is_loopback(host: &str) -> bool {
    let number = |part: &str| {
        let plain = part.len() == 1 || !part.starts_with('0');
        plain && part.parse::<u8>().is_ok()
    };
    let ipv4 = |rest: &str| rest.split('.').count() == 3 && rest.split('.').all(number);
    host == "[::1]" || host.strip_prefix("127.").is_some_and(ipv4)
}

#[cfg(test)]
mod tests {
    use super::{UrlError, check_url, is_same_origin, origin, path_segments};

    #[test]
    fn t3_accepts_https_and_http_on_a_loopback_literal() {
        for good in [
            "https://accounts.spotify.com/authorize",
            "https://a-b.example:8443/x?y=z",
            "http://127.0.0.1:8888/callback",
            "http://127.1.2.3/",
            "http://[::1]:8888/v1",
            "https://[2001:db8::1]/",
            "https://example",
            "https://my_app.example.org/",
            "https://music.example./callback",
            "https://music.example:443/callback",
        ] {
            assert_eq!(check_url(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn t3_refuses_other_urls_with_the_reason() {
        for (bad, error) in [
            ("", UrlError::Scheme),
            ("ftp://x", UrlError::Scheme),
            ("javascript:alert(1)", UrlError::Scheme),
            ("//x.example", UrlError::Scheme),
            (" https://x.example", UrlError::Scheme),
            ("http://x.example", UrlError::Insecure),
            ("http://127.0.0.1.evil.example", UrlError::Insecure),
            ("http://127.1/", UrlError::Insecure),
            ("http://127.0.0.256/", UrlError::Insecure),
            ("http://127.0.0.01/", UrlError::Insecure),
            ("http://127.0.0.0.1/", UrlError::Insecure),
            ("http://0x7f000001/", UrlError::Insecure),
            ("http://[::2]/", UrlError::Insecure),
            ("http://localhost:8888/", UrlError::Localhost),
            ("http://127.0.0.1@evil.example/", UrlError::Host),
            ("https://user@x.example/", UrlError::Host),
            ("https:///x", UrlError::Host),
            ("https://x.example:99999", UrlError::Host),
            ("https://x.example:+80", UrlError::Host),
            ("https://x.example:", UrlError::Host),
            ("https://x..example", UrlError::Host),
            ("https://x.example../", UrlError::Host),
            ("https://./", UrlError::Host),
            ("https://[::1", UrlError::Host),
            ("https://[x]", UrlError::Host),
            ("https://[::1]x", UrlError::Host),
            ("https://%65vil.example", UrlError::Host),
            ("https://x.example\\@evil.example", UrlError::Characters),
            ("https://x.example/a b", UrlError::Characters),
            ("https://bücher.example", UrlError::Characters),
            ("https://x.example/#a", UrlError::Fragment),
        ] {
            assert_eq!(check_url(bad), Err(error), "{bad}");
        }
    }

    #[test]
    fn origins_are_compared_with_their_default_ports() {
        for (one, other) in [
            ("https://music.example/", "https://music.example:443/callback"),
            ("https://MUSIC.example/", "https://music.example/callback"),
            ("http://127.0.0.1:80/", "http://127.0.0.1/callback"),
            ("https://music.example./", "https://music.example./callback"),
        ] {
            assert!(is_same_origin(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("https://music.example/", "https://music.example:80/"),
            ("https://music.example/", "http://music.example/"),
            ("https://music.example:8443/", "https://music.example/"),
            ("nonsense", "nonsense"),
        ] {
            assert!(!is_same_origin(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_path_is_compared_by_its_segments() {
        let segments = |url| path_segments(url).collect::<Vec<_>>();
        for url in [
            "https://a.example/music/callback",
            "https://a.example//music//callback/",
            "https://a.example/music/callback/index.html?x=/y",
        ] {
            assert_eq!(segments(url), ["music", "callback"], "{url}");
        }
        assert_eq!(segments("https://a.example?x"), [""; 0]);
    }

    #[test]
    fn t3_the_origin_ends_before_path_and_query() {
        assert_eq!(origin("https://a.example:1/b?c"), Some("https://a.example:1"));
        assert_eq!(origin("http://[::1]?x"), Some("http://[::1]"));
        assert_eq!(origin("nonsense"), None);
    }
}
