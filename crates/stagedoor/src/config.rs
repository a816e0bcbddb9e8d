//! What a session has to know of an app: its client, what its logins ask for, and where the tokens are kept.

use crate::oauth::{Client, Flow, FurtherParameters, Scopes, TokenStorage};
use crate::url::{UrlError, check_url};

/// The names of the parameters that the protocol itself uses, and of those that would replace them (RFC 6749, RFC 7636, RFC 9101,
/// OAuth 2.0 Multiple Response Type Encoding Practices). No further parameter has one of them.
const RESERVED_PARAMETERS: [&str; 10] = [
    "client_id",
    "response_type",
    "response_mode",
    "redirect_uri",
    "state",
    "scope",
    "code_challenge",
    "code_challenge_method",
    "request",
    "request_uri",
];

/// The configuration of a session, made step by step.
///
/// ```
/// use stagedoor::{AuthConfig, Flow};
///
/// let config = AuthConfig::new("my-app", "https://auth.example/authorize", "https://auth.example/token")
///     .with_scopes(["openid", "email"])
///     .with_redirect_uri("https://app.example/")
///     .with_api("https://api.example/v1")
///     .with_parameter_after_log_out("prompt", "login");
/// assert_eq!(config.check(), Ok(()));
/// assert!(config.with_flow(Flow::Implicit).with_scopes(["two words"]).check().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthConfig {
    pub(crate) client: Client,
    pub(crate) scopes: Scopes,
    pub(crate) further: FurtherParameters,
    pub(crate) token_storage: TokenStorage,
    pub(crate) refuses_localhost: bool,
    pub(crate) name: Option<String>,
}

/// Why no login can be made with a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// There is no client ID.
    #[error("there is no client ID")]
    NoClientId,
    /// The client ID has characters that none can have (RFC 6749 appendix A.1).
    #[error("the client ID has characters that none can have")]
    ClientId,
    /// The URL of the authorization endpoint is refused.
    #[error("the authorize URL {0}")]
    AuthorizeUrl(UrlError),
    /// The URL of the token endpoint is refused.
    #[error("the token URL {0}")]
    TokenUrl(UrlError),
    /// The base URL of the API is refused.
    #[error("the URL of the API {0}")]
    ApiUrl(UrlError),
    /// The redirect URI is refused.
    #[error("the redirect URI {0}")]
    RedirectUri(UrlError),
    /// A scope has characters that none can have (RFC 6749 section 3.3).
    #[error("{0:?} is not a scope")]
    Scope(String),
    /// A further parameter has the name of one that the protocol uses.
    #[error("the protocol uses the parameter {0} itself")]
    Parameter(String),
}

impl AuthConfig {
    /// A client with this ID, of a server with these endpoints. It logs in by the authorization code with PKCE, comes back to the base URL of
    /// the app, asks for no scopes, and keeps its tokens for the tab.
    pub fn new(client_id: impl Into<String>, authorize_url: impl Into<String>, token_url: impl Into<String>) -> Self {
        for_client(Client {
            flow: Flow::Pkce,
            client_id: client_id.into(),
            redirect_uri: String::new(),
            issuer: None,
            authorize_url: authorize_url.into(),
            token_url: token_url.into(),
            api_url: String::new(),
        })
    }

    /// A client with this ID, of Spotify. After a log-out people can choose an account.
    #[cfg(feature = "spotify")]
    pub fn spotify(client_id: impl Into<String>) -> Self {
        let server = "https://accounts.spotify.com";
        Self::new(client_id, format!("{server}/authorize"), format!("{server}/api/token"))
            .with_api("https://api.spotify.com/v1")
            .with_parameter_after_log_out("show_dialog", "true")
            .without_localhost()
    }

    /// How a login obtains its token.
    pub fn with_flow(mut self, flow: Flow) -> Self {
        self.client.flow = flow;
        self
    }

    /// The scopes that a login requests unless others are named.
    pub fn with_scopes<'a>(mut self, scopes: impl IntoIterator<Item = &'a str>) -> Self {
        self.scopes = scopes.into_iter().collect();
        self
    }

    /// Where the server sends the response, exactly as it is registered there: a page of this app, on this origin.
    pub fn with_redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.client.redirect_uri = uri.into();
        self
    }

    /// What the `iss` of each response has to equal (RFC 9207). Without it no response needs one.
    pub fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.client.issuer = Some(issuer.into());
        self
    }

    /// The base URL of the API. The access token is sent to its origin, and to no other. A slash at its end makes no difference.
    pub fn with_api(mut self, base_url: impl Into<String>) -> Self {
        let mut url = base_url.into();
        url.truncate(url.trim_end_matches('/').len());
        self.client.api_url = url;
        self
    }

    /// A further parameter of each authorization request, such as an `audience`.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.further.always.push((name.into(), value.into()));
        self
    }

    /// A further parameter of the first authorization request after a log-out in this browser, and after a scope that was asked for did not
    /// come: one that makes the server ask for an account or for consent, such as `prompt`.
    pub fn with_parameter_after_log_out(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.further.for_consent.push((name.into(), value.into()));
        self
    }

    /// Where the session keeps its tokens.
    pub fn with_token_storage(mut self, token_storage: TokenStorage) -> Self {
        self.token_storage = token_storage;
        self
    }

    /// A name that keeps what this app stores apart from other apps on its origin: for those that have the same base path, as all have
    /// whose page has no `<base href>`. It holds for the life of the page: [`configure`](crate::Auth::configure) does not change it.
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// For a server that refuses `localhost` in a redirect URI, as Spotify does: no login starts there, and the error names the same page at
    /// 127.0.0.1.
    pub fn without_localhost(mut self) -> Self {
        self.refuses_localhost = true;
        self
    }

    /// The scopes that a login requests unless others are named.
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// Checks that a login can be made with this configuration: each URL is https, or http on a loopback address, or on `localhost` where the
    /// server takes that.
    ///
    /// # Errors
    /// The first [`ConfigError`].
    pub fn check(&self) -> Result<(), ConfigError> {
        let client = &self.client;
        if client.client_id.is_empty() {
            return Err(ConfigError::NoClientId);
        }
        if !client.client_id.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(ConfigError::ClientId);
        }
        self.check_url(&client.authorize_url)
            .map_err(ConfigError::AuthorizeUrl)?;
        if client.flow == Flow::Pkce {
            self.check_url(&client.token_url).map_err(ConfigError::TokenUrl)?;
        }
        if !client.api_url.is_empty() {
            self.check_url(&client.api_url).map_err(ConfigError::ApiUrl)?;
        }
        if !client.redirect_uri.is_empty() {
            self.check_url(&client.redirect_uri).map_err(ConfigError::RedirectUri)?;
        }
        if let Some(bad) = self.scopes.iter().find(|scope| !Scopes::is_token(scope)) {
            return Err(ConfigError::Scope(bad.to_owned()));
        }
        let mut further = self.further.always.iter().chain(&self.further.for_consent);
        match further.find(|(name, _)| RESERVED_PARAMETERS.contains(&name.as_str())) {
            Some((reserved, _)) => Err(ConfigError::Parameter(reserved.clone())),
            None => Ok(()),
        }
    }

    fn check_url(&self, url: &str) -> Result<(), UrlError> {
        match check_url(url) {
            Err(UrlError::Localhost) if !self.refuses_localhost => Ok(()),
            result => result,
        }
    }
}

/// The configuration for `client`, without scopes and further parameters, with tokens that are kept for the tab.
pub fn for_client(client: Client) -> AuthConfig {
    AuthConfig {
        client,
        scopes: Scopes::default(),
        further: FurtherParameters::default(),
        token_storage: TokenStorage::Session,
        refuses_localhost: false,
        name: None,
    }
}

#[cfg(test)]
mod tests;
