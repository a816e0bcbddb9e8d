//! `config.json`: parsed with serde, then validated key by key. One static build serves every deployment, so no setting is
//! compiled in. Every problem is named by its key, all at once.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use stagedoor::error::UrlError;
use stagedoor::internals::for_client;
use stagedoor::internals::oauth::Client;
use stagedoor::internals::url::{check_url, is_same_origin, origin, path_segments};
use stagedoor::{AuthConfig, Flow, Scopes, TokenStorage};

mod entries;

use entries::Entries;

/// A valid configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The OAuth client. An empty client ID means that the deployment is not set up yet.
    pub client: Client,
    /// The scopes that a login requests unless the user chooses others.
    pub scopes: Scopes,
    /// Whether the authorization server asks for consent every time.
    pub show_dialog: bool,
    /// Where the session keeps its token.
    pub token_storage: TokenStorage,
    /// Whether the client ID was entered for a trial in this tab, since none is configured.
    pub is_trial: bool,
}

/// One problem in `config.json`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct Problem {
    /// The key, as written in the file.
    pub key: String,
    /// What is wrong with the key or its value.
    pub reason: Reason,
}

/// What can be wrong with a key or its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The key is unknown.
    #[error("there is no such key")]
    UnknownKey,
    /// The key was there before.
    #[error("is given twice")]
    Duplicate,
    /// The value is of another JSON type.
    #[error("must be {0}")]
    WrongType(&'static str),
    /// The value is none of those allowed.
    #[error("must be {0}")]
    NotOneOf(&'static str),
    /// The URL is not allowed.
    #[error("{0}")]
    Url(#[from] UrlError),
    /// The redirect URI leads to this origin, but not to the page that takes the response.
    #[error("is not the page of this app that takes the answer: use {0}, or leave the key out")]
    NotTheCallback(String),
    /// The client ID has characters that are not allowed in one.
    #[error("must be the client ID alone, without spaces")]
    ClientId,
    /// A scope has characters that are not allowed in one.
    #[error("“{0}” is not a scope: it must be one word without spaces or quotes")]
    Scope(String),
}

/// Why there is no configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be fetched.
    #[error("config.json could not be fetched")]
    Unreachable,
    /// The server answered with another status than 200.
    #[error("config.json answered with status {0}")]
    Status(u16),
    /// The file is not a JSON object.
    #[error("config.json is not a JSON object")]
    NotAnObject,
    /// Keys or values are wrong.
    #[error("config.json has {} problem(s)", .0.len())]
    Problems(Vec<Problem>),
}

const TEXT: &str = "a text in quotes";

impl Config {
    /// Parses and validates the text of `config.json`, with or without a byte order mark. `base_url` is the app's own base
    /// URL with its trailing slash; a redirect URI that is not configured is derived from it.
    ///
    /// # Errors
    /// [`ConfigError::NotAnObject`], or [`ConfigError::Problems`] with every problem, in the order of the file.
    pub fn parse(text: &str, base_url: &str) -> Result<Self, ConfigError> {
        let json = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Entries(entries) = serde_json::from_str(json).map_err(|_| ConfigError::NotAnObject)?;
        let mut config = Self::defaults(base_url);
        let mut problems = Vec::new();
        for (index, (key, value)) in entries.iter().enumerate() {
            let is_duplicate = entries[..index].iter().any(|(earlier, _)| earlier == key);
            let result = if is_duplicate {
                Err(Reason::Duplicate)
            } else {
                config.set(key, value)
            };
            if let Err(reason) = result {
                problems.push(Problem {
                    key: key.clone(),
                    reason,
                });
            }
        }
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError::Problems(problems))
        }
    }

    /// What the session has to know of it. Spotify shows its consent page, and so lets people choose an account, where `show_dialog` is
    /// sent.
    pub fn auth(&self) -> AuthConfig {
        let auth = for_client(self.client.clone())
            .with_parameter_after_log_out("show_dialog", "true")
            .with_token_storage(self.token_storage)
            .without_localhost();
        if self.show_dialog {
            auth.with_parameter("show_dialog", "true")
        } else {
            auth
        }
    }

    /// The origins of the servers that a login, and the page after it, call without credentials.
    pub fn called_origins(&self) -> impl Iterator<Item = &str> {
        let client = &self.client;
        let token_url = (client.flow == Flow::Pkce).then_some(&client.token_url);
        let token_origin = token_url.and_then(|url| origin(url));
        let api_origin = origin(&client.api_url).filter(|api| Some(*api) != token_origin);
        token_origin.into_iter().chain(api_origin)
    }

    fn defaults(base_url: &str) -> Self {
        Self {
            client: Client {
                flow: Flow::Implicit,
                client_id: String::new(),
                redirect_uri: format!("{base_url}callback"),
                issuer: None,
                authorize_url: "https://accounts.spotify.com/authorize".to_owned(),
                token_url: "https://accounts.spotify.com/api/token".to_owned(),
                api_url: "https://api.spotify.com/v1".to_owned(),
            },
            scopes: ["user-read-private", "user-read-email"].into_iter().collect(),
            show_dialog: false,
            token_storage: TokenStorage::Session,
            is_trial: false,
        }
    }

    fn set(&mut self, key: &str, value: &RawValue) -> Result<(), Reason> {
        let client = &mut self.client;
        match key {
            "client_id" => client.client_id = client_id(value)?,
            "flow" => client.flow = one_of(value, "\"implicit\" or \"pkce\"")?,
            "authorize_url" => client.authorize_url = url(value)?,
            "token_url" => client.token_url = url(value)?,
            "api_url" => client.api_url = api_url(value)?,
            "redirect_uri" if is_null(value) => {}
            "redirect_uri" => client.redirect_uri = redirect_uri(value, &client.redirect_uri)?,
            "issuer" => client.issuer = read(value, TEXT)?,
            "scopes" => self.scopes = scopes(value)?,
            "show_dialog" => self.show_dialog = read(value, "true or false")?,
            "token_storage" => self.token_storage = one_of(value, "\"session\" or \"memory\"")?,
            _ => return Err(Reason::UnknownKey),
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(value: &RawValue, expected: &'static str) -> Result<T, Reason> {
    serde_json::from_str(value.get()).map_err(|_| Reason::WrongType(expected))
}

fn is_null(value: &RawValue) -> bool {
    value.get() == "null"
}

fn one_of<T: DeserializeOwned>(value: &RawValue, allowed: &'static str) -> Result<T, Reason> {
    read::<String>(value, TEXT)?;
    read(value, allowed).map_err(|_| Reason::NotOneOf(allowed))
}

fn client_id(value: &RawValue) -> Result<String, Reason> {
    let id: String = read(value, TEXT)?;
    if id.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(id)
    } else {
        Err(Reason::ClientId)
    }
}

fn url(value: &RawValue) -> Result<String, Reason> {
    let url: String = read(value, TEXT)?;
    check_url(&url)?;
    Ok(url)
}

/// A redirect URI on the origin of `own`, the one derived from the base URL, has to lead to the same page.
fn redirect_uri(value: &RawValue, own: &str) -> Result<String, Reason> {
    let uri = url(value)?;
    if !is_same_origin(&uri, own) || path_segments(&uri).eq(path_segments(own)) {
        Ok(uri)
    } else {
        Err(Reason::NotTheCallback(own.to_owned()))
    }
}

fn api_url(value: &RawValue) -> Result<String, Reason> {
    let url = url(value)?;
    if url.contains('?') {
        return Err(UrlError::Query.into());
    }
    Ok(url.trim_end_matches('/').to_owned())
}

fn scopes(value: &RawValue) -> Result<Scopes, Reason> {
    let names: Vec<String> = read(value, "a list of texts")?;
    match names.iter().find(|name| !Scopes::is_token(name)) {
        Some(bad) => Err(Reason::Scope(bad.chars().take(60).collect())),
        None => Ok(names.iter().map(String::as_str).collect()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
