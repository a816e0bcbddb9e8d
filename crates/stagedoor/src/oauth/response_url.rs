//! The part of a URL that an authorization response comes in: query and fragment.

use serde::Deserialize;

use super::newtype::{parsed_from_string, redacted, secret};

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
    fn t2_debug_of_a_response_is_redacted() {
        let url = ResponseUrl::parse("?code=c").expect("a response");
        assert_eq!(format!("{url:?}"), "ResponseUrl(…)");
    }
}
