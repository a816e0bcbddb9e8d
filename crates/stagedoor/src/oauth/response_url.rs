//! The part of a URL that an authorization response comes in: query and fragment.

use serde::Deserialize;

use super::newtype::{parsed_from_string, redacted, secret};
use super::pairs;

/// The parameters of a response (RFC 6749 sections 4.1.2 and 4.2.2, OpenID Connect, RFC 9207).
const PARAMETERS: [&str; 12] = [
    "access_token",
    "code",
    "error",
    "error_description",
    "error_uri",
    "expires_in",
    "id_token",
    "iss",
    "refresh_token",
    "scope",
    "state",
    "token_type",
];

/// Query and fragment of a URL, one of them at least. Holds a code or a token.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ResponseUrl(String);

redacted!(ResponseUrl);
parsed_from_string!(ResponseUrl);
secret!(ResponseUrl);

impl ResponseUrl {
    /// Query and fragment together, with `?` and `#`. Anything else could lead to another page.
    pub fn parse(text: &str) -> Option<Self> {
        text.starts_with(['?', '#']).then(|| Self(text.to_owned()))
    }

    /// Takes a response out of query and fragment of a page that can be opened without one, with their `?` and `#`: a token, or a code or
    /// an error together with a state. Returns it with what is left, in which every other parameter is as it was.
    pub fn take_from(search: &str, hash: &str) -> Option<(Self, String)> {
        let has = |name: &str| {
            let all = pairs(search).chain(pairs(hash));
            all.map(|(own, _)| own).any(|own| own.as_deref() == Ok(name))
        };
        if !has("access_token") && !(has("state") && (has("code") || has("error"))) {
            return None;
        }
        let (query, query_left) = split(search);
        let (fragment, fragment_left) = split(hash);
        Some((Self::parse(&(query + &fragment))?, query_left + &fragment_left))
    }

    /// The query, with its `?`, or nothing.
    pub fn query(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(query, _)| query)
    }

    /// The fragment, without its `#`, or nothing.
    pub fn fragment(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, fragment)| fragment)
    }

    /// The whole URL, as the authorization server redirects to it.
    pub fn at(&self, redirect_uri: &str) -> String {
        format!("{redirect_uri}{}", self.0)
    }
}

/// The parameters of a response in a query or a fragment, and the others.
fn split(part: &str) -> (String, String) {
    let (mark, pieces) = part.split_at_checked(1).unwrap_or_default();
    let is_parameter = |piece: &&str| {
        let name = pairs(piece).next().map(|(name, _)| name);
        name.is_some_and(|name| name.is_ok_and(|name| PARAMETERS.contains(&name.as_str())))
    };
    let (own, others): (Vec<_>, Vec<_>) = pieces.split('&').partition(is_parameter);
    let join = |pieces: Vec<&str>| match pieces.join("&") {
        text if text.is_empty() => text,
        text => format!("{mark}{text}"),
    };
    (join(own), join(others))
}

#[cfg(test)]
mod tests {
    use super::ResponseUrl;

    #[test]
    fn s4_a_response_is_query_and_fragment() {
        for (text, query, fragment) in [
            ("?code=c&state=s", "?code=c&state=s", ""),
            ("#access_token=t", "", "access_token=t"),
            ("?a=1#b=2#c", "?a=1", "b=2#c"),
        ] {
            let url = ResponseUrl::parse(text).expect(text);
            assert_eq!((url.query(), url.fragment()), (query, fragment));
            assert_eq!(
                url.at("https://a.example/callback"),
                format!("https://a.example/callback{text}")
            );
        }
    }

    #[test]
    fn s4_what_could_lead_to_another_page_is_no_response() {
        for text in ["", ".evil.example", "/x", "@evil.example", " ?code=c"] {
            assert_eq!(ResponseUrl::parse(text), None, "{text}");
        }
    }

    #[test]
    fn t1_a_response_is_taken_out_of_a_page_that_has_parameters_of_its_own() {
        for (search, hash, response, left) in [
            ("?code=c&state=s", "", "?code=c&state=s", ""),
            (
                "?show=x&code=c&state=s&iss=i&y",
                "#top",
                "?code=c&state=s&iss=i",
                "?show=x&y#top",
            ),
            (
                "?show=x",
                "#access_token=t&state=s",
                "#access_token=t&state=s",
                "?show=x",
            ),
            (
                "",
                "#error=e&state=s&error_description=d",
                "#error=e&state=s&error_description=d",
                "",
            ),
            ("?c%6Fde=c&state=s", "", "?c%6Fde=c&state=s", ""),
            (
                "?code=a&code=b&state=s",
                "#state=s",
                "?code=a&code=b&state=s#state=s",
                "",
            ),
        ] {
            let (url, rest) = ResponseUrl::take_from(search, hash).expect("a response");
            assert_eq!(
                (url.at(""), rest.as_str()),
                (response.to_owned(), left),
                "{search}{hash}"
            );
        }
        for (search, hash) in [
            ("", ""),
            ("?code=c", ""),
            ("?error=e", "#x"),
            ("?state=s", "#top"),
            ("?show=access_token", "#/code=c"),
            ("?äö", "#%"),
        ] {
            assert_eq!(ResponseUrl::take_from(search, hash), None, "{search}{hash}");
        }
    }

    #[test]
    fn t2_debug_of_a_response_is_redacted() {
        let url = ResponseUrl::parse("?code=c").expect("a response");
        assert_eq!(format!("{url:?}"), "ResponseUrl(…)");
    }
}
