//! What a log-in is bound to: the client, the servers and the flow. A response is believed only while the app is still
//! configured as it was when the log-in began (RFC 9700 section 4.4, mix-up).

use serde::Deserialize;

use super::{Record, encode};

/// How a log-in gets its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// Implicit grant, `response_type=token` (RFC 6749 section 4.2).
    Implicit,
    /// Authorization code with PKCE, `response_type=code` (RFC 6749 section 4.1, RFC 7636).
    Pkce,
}

impl Flow {
    /// The name used in `config.json` and in stored records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Pkce => "pkce",
        }
    }

    /// The flow of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Implicit, Self::Pkce]
            .into_iter()
            .find(|flow| flow.name() == name)
    }
}

/// Client, servers and flow of a log-in. URLs are stored as configured and compared character by character.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Binding {
    /// The text form, to compare with.
    pub fn to_text(&self) -> String {
        encode(self.fields())
    }

    /// The names and values of a stored record.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        [
            ("flow", self.flow.name()),
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("authorize_url", self.authorize_url.as_str()),
            ("token_url", self.token_url.as_str()),
            ("api_url", self.api_url.as_str()),
        ]
        .into_iter()
        .chain(self.issuer.as_deref().map(|issuer| ("issuer", issuer)))
    }

    /// Reads the fields back; takes them out of `record`.
    pub(crate) fn from_record(record: &mut Record) -> Option<Self> {
        Some(Self {
            flow: Flow::parse(&record.take("flow")?)?,
            client_id: record.take("client_id")?,
            redirect_uri: record.take("redirect_uri")?,
            issuer: record.take("issuer"),
            authorize_url: record.take("authorize_url")?,
            token_url: record.take("token_url")?,
            api_url: record.take("api_url")?,
        })
    }
}
