//! The rules that a browser is to enforce: the Content-Security-Policy (CSP Level 3) and the other headers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use stagedoor::internals::url::origin;
use stagedoor_app::config::Config;

use crate::page::Inline;

/// One year, in seconds.
const YEAR_S: u32 = 365 * 24 * 3600;
/// Cache-Control of files whose names are hashes of their content.
pub const HASHED: &str = "public, max-age=31536000, immutable";
/// Cache-Control of all other files.
pub const FRESH: &str = "no-cache";

/// A header and its value.
pub type Header = (&'static str, String);

/// The Content-Security-Policy of every page, without what only a header can say.
pub struct Policy(String);

impl Policy {
    /// The policy of pages with this inline script and this style, for an app that is configured like this.
    pub fn new(inline: &Inline, config: &Config) -> Self {
        let hash = |text: &String| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        // Both, whatever the flow: PKCE is offered where a server refuses the implicit grant.
        let calls = [&config.client.token_url, &config.client.api_url];
        let mut called: Vec<_> = calls.into_iter().filter_map(|url| origin(url)).collect();
        called.dedup();
        // Where a server runs on the reader's own machine, its port may be another one next time.
        let loopback = if names_loopback(config) {
            called.push("http://127.0.0.1:*");
            " http://127.0.0.1:*"
        } else {
            ""
        };
        Self(
            [
                "default-src 'none'".to_owned(),
                format!("script-src 'self' 'wasm-unsafe-eval'{}", hash(&inline.script)),
                format!("style-src{}", hash(&inline.style)),
                // Pictures of people come from whatever hosts the Web API names.
                format!("img-src 'self' https:{loopback}"),
                format!("connect-src 'self' {}", called.join(" ")),
                "manifest-src 'self'".to_owned(),
                "base-uri 'self'".to_owned(),
                "form-action 'self'".to_owned(),
            ]
            .join("; "),
        )
    }

    /// The policy as a page says it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every header but Cache-Control, for all answers.
    pub fn headers(&self) -> Vec<Header> {
        vec![
            // A meta can't say who may frame the page, a header can.
            ("Content-Security-Policy", format!("{}; frame-ancestors 'none'", self.0)),
            ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
            (
                "Permissions-Policy",
                "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()"
                    .to_owned(),
            ),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Strict-Transport-Security", format!("max-age={YEAR_S}")),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("X-Frame-Options", "DENY".to_owned()),
        ]
    }
}

/// Whether a server of `config` runs on the reader's own machine. Only there a configuration may name plain http.
fn names_loopback(config: &Config) -> bool {
    let client = &config.client;
    let urls = [&client.authorize_url, &client.token_url, &client.api_url];
    urls.iter().any(|url| url.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use stagedoor_app::config::Config;

    use super::Policy;
    use crate::page::Inline;

    fn policy(config: &str) -> Policy {
        let inline = Inline {
            script: "one".to_owned(),
            style: String::new(),
        };
        Policy::new(&inline, &Config::parse(config, "https://app.example/").unwrap())
    }

    #[test]
    fn d1_inline_parts_are_allowed_by_their_hashes() {
        let policy = policy("{}");
        // sha256 of "one" and of nothing.
        let script = "script-src 'self' 'wasm-unsafe-eval' 'sha256-dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0=';";
        let style = "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';";
        assert!(policy.as_str().contains(script), "{}", policy.as_str());
        assert!(policy.as_str().contains(style), "{}", policy.as_str());
    }

    #[test]
    fn d1_the_hosts_of_the_configuration_may_be_called_and_no_other() {
        let part = |config: &str, name: &str| {
            let policy = policy(config);
            let parts = policy.as_str().split("; ").map(str::to_owned);
            parts.filter(|part| part.starts_with(name)).collect::<Vec<_>>()
        };
        let connect = |config: &str| part(config, "connect-src");
        let standard = "connect-src 'self' https://accounts.spotify.com https://api.spotify.com";
        assert_eq!(connect("{}"), [standard]);
        let own = r#"{"api_url":"https://id.example:8443/v1","token_url":"https://id.example:8443/token"}"#;
        assert_eq!(connect(own), ["connect-src 'self' https://id.example:8443"]);
        for key in ["authorize_url", "token_url", "api_url"] {
            let [policy] = &connect(&format!(r#"{{"{key}":"http://127.0.0.1:8889/x"}}"#))[..] else {
                panic!("no connect-src");
            };
            assert!(policy.ends_with(" http://127.0.0.1:*"), "{key}: {policy}");
        }
        assert_eq!(part("{}", "img-src"), ["img-src 'self' https:"]);
        let loopback = r#"{"api_url":"http://127.0.0.1:8889/v1"}"#;
        assert_eq!(part(loopback, "img-src"), ["img-src 'self' https: http://127.0.0.1:*"]);
    }

    #[test]
    fn d1_only_the_header_says_who_may_frame_the_page() {
        let policy = policy("{}");
        assert!(!policy.as_str().contains("frame-ancestors"));
        let (name, value) = policy.headers().into_iter().next().unwrap();
        assert_eq!(name, "Content-Security-Policy");
        assert_eq!(value, format!("{}; frame-ancestors 'none'", policy.as_str()));
    }
}
