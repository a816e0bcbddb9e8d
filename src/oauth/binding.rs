//! What a log-in is bound to: the client, the servers and the flow. A response is believed only while the app is still
//! configured as it was when the log-in began (RFC 9700 section 4.4, mix-up).

use serde::{Deserialize, Serialize};

/// How a log-in gets its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// Implicit grant, `response_type=token` (RFC 6749 section 4.2).
    Implicit,
    /// Authorization code with PKCE, `response_type=code` (RFC 6749 section 4.1, RFC 7636).
    Pkce,
}

impl Flow {
    /// The name used in `config.json` and in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Pkce => "pkce",
        }
    }
}

/// Client, servers and flow of a log-in. URLs are stored as configured and compared character by character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// How the token is got.
    pub flow: Flow,
    /// The public client ID.
    pub client_id: String,
    /// Where the response is sent, exactly as registered.
    pub redirect_uri: String,
    /// What `iss` must equal, when the deployment says so (RFC 9207).
    pub issuer: Option<String>,
    /// The authorization endpoint.
    pub authorize_url: String,
    /// The token endpoint.
    pub token_url: String,
    /// The Web API's root, without a trailing slash.
    pub api_url: String,
}
