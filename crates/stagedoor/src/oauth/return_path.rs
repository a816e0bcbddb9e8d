//! The page to return to after a login. It is a path below the app's base, validated by parsing, so that no stored or received text can
//! redirect to another site (RFC 9700 section 4.11).

use serde::{Deserialize, Serialize};

use super::newtype::parsed_from_string;
use crate::url::{is_same_origin, path_segments};

/// A path of this app, such as `/profile`, relative to the base path that the app is served below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ReturnPath(String);

parsed_from_string!(ReturnPath);

impl ReturnPath {
    /// Accepts a path made of plain segments, with an optional query. Refused: anything that a browser could read as another
    /// origin (`//x`, `/\x`, `https:…`), control characters, escapes and dot segments in the path, and fragments.
    pub fn parse(text: &str) -> Option<Self> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        let segment = |part: &str| !part.is_empty() && part != "." && part != ".." && part.bytes().all(plain);
        let inner = path.strip_prefix('/')?;
        let path_fits = inner.is_empty() || inner.split('/').all(segment);
        let query_fits = query
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"#\\<>\"".contains(&byte));
        (path_fits && query_fits).then(|| Self(text.to_owned()))
    }

    /// This path in an app with the base URL `base_url`, and the start page in place of the page that takes the response at
    /// `redirect_uri`: nothing is there without one.
    pub(crate) fn unless_at(self, redirect_uri: &str, base_url: &str) -> Self {
        let here = format!("{}{}", base_url.trim_end_matches('/'), self.0);
        let is_there = is_same_origin(&here, redirect_uri) && path_segments(&here).eq(path_segments(redirect_uri));
        if is_there { Self::default() } else { self }
    }

    /// The path, with its leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The start page of the app, `/`.
impl Default for ReturnPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::ReturnPath;

    #[test]
    fn t5_accepts_a_path_of_this_app() {
        for good in ["/", "/profile", "/track?id=4uLU6hMCjMI75M1A2tKUQC", "/a/b-c_d.e~f"] {
            assert_eq!(ReturnPath::parse(good).map(|r| r.0), Some(good.to_owned()));
        }
    }

    #[test]
    fn t5_refuses_a_path_that_could_leave_the_app() {
        for bad in [
            "",
            "profile",
            "//x",
            "//x.example/",
            "/\\x",
            "\\\\x",
            "/\t/x",
            "/\n/x",
            "https://x.example",
            "https:x",
            "javascript:alert(1)",
            "data:text/html,x",
            "/callback/",
            "/./callback",
            "/a/../callback",
            "/%63allback",
            "/profile#x",
            "/profile?x=\\",
            "/a//b",
            "/ü",
            "/profile/",
            "/profile?a b",
            "/\u{0}",
            " /profile",
        ] {
            assert_eq!(ReturnPath::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn t5_a_login_does_not_lead_back_to_the_page_for_the_response() {
        let of = |path, redirect_uri, base_url| {
            let path = ReturnPath::parse(path).expect("a path");
            path.unless_at(redirect_uri, base_url).0
        };
        for (path, redirect_uri, base_url) in [
            ("/callback", "https://app.example/callback", "https://app.example/"),
            (
                "/callback?code=1",
                "https://app.example:443/callback",
                "https://app.example/",
            ),
            (
                "/callback",
                "https://app.example/music/callback/",
                "https://app.example/music/",
            ),
            ("/", "https://app.example/", "https://app.example/"),
            (
                "/?x=1",
                "https://app.example/music/index.html",
                "https://app.example/music/",
            ),
        ] {
            assert_eq!(of(path, redirect_uri, base_url), "/", "{path}");
        }
        for (path, redirect_uri, base_url) in [
            ("/profile", "https://app.example/callback", "https://app.example/"),
            ("/callback/x", "https://app.example/callback", "https://app.example/"),
            (
                "/callback",
                "https://app.example/callback",
                "https://app.example/music/",
            ),
            ("/callback", "https://app.example/", "https://app.example/"),
        ] {
            assert_eq!(of(path, redirect_uri, base_url), path);
        }
    }

    #[test]
    fn t5_a_stored_path_is_validated_again() {
        let read = |text| serde_json::from_str::<ReturnPath>(text).ok();
        assert_eq!(read("\"/track?id=1\""), ReturnPath::parse("/track?id=1"));
        assert_eq!(read("\"//evil.example\""), None);
        assert_eq!(read("null"), None);
    }
}
