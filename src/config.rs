//! `config.json`: read key by key, checked, and explained. One static build serves every deployment, so nothing in it is
//! compiled in, and everything wrong with it is named by key, all at once.

use crate::json::Value;
use crate::oauth::{Binding, Flow, Scopes, TokenStorage};

mod fetch;
mod url;
pub use fetch::fetch;
pub use url::{UrlFault, check_url, origin};

/// A checked configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Client, servers and flow. An empty client ID means that the deployment is not set up yet.
    pub binding: Binding,
    /// What log-in asks for unless the person picks otherwise.
    pub scopes: Scopes,
    /// Whether to ask for consent every time.
    pub show_dialog: bool,
    /// Where the session is kept.
    pub token_storage: TokenStorage,
    /// Whether the client ID is one that somebody tries in this tab alone, since none is configured.
    pub is_trial: bool,
}

/// One thing wrong with `config.json`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct Problem {
    /// The key, as written in the file.
    pub key: String,
    /// What is wrong with its value.
    pub reason: Reason,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The key is none of ours.
    #[error("there is no such key")]
    UnknownKey,
    /// The value is of another JSON type.
    #[error("must be {0}")]
    WrongType(&'static str),
    /// The value is none of those allowed.
    #[error("must be {0}")]
    NotOneOf(&'static str),
    /// A URL that is not acceptable.
    #[error("{0}")]
    Url(#[from] UrlFault),
    /// A client ID with characters that none has.
    #[error("must be the client ID alone, without spaces")]
    ClientId,
    /// A scope with characters that none has.
    #[error("“{0}” is not a scope: it must be one word without spaces or quotes")]
    Scope(String),
}

/// Why there is no configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file did not arrive.
    #[error("config.json could not be fetched")]
    Unreachable,
    /// The server answered with another status than 200.
    #[error("config.json answered with status {0}")]
    Status(u16),
    /// The file is no JSON object.
    #[error("config.json is not a JSON object")]
    NotAnObject,
    /// Keys or values are wrong.
    #[error("config.json has {} problem(s)", .0.len())]
    Problems(Vec<Problem>),
}

impl Config {
    /// Checks `file`, the parsed `config.json`. `base_url` is the app's own base URL with its trailing slash, from which a
    /// redirect URI that is not configured is made.
    ///
    /// # Errors
    /// [`ConfigError::NotAnObject`], or [`ConfigError::Problems`] with every problem found.
    pub fn read(file: Value, base_url: &str) -> Result<Self, ConfigError> {
        let Value::Object(members) = file else {
            return Err(ConfigError::NotAnObject);
        };
        let mut config = Self::defaults(base_url);
        let problems: Vec<_> = members
            .into_iter()
            .filter_map(|(key, value)| config.set(&key, value).err().map(|reason| Problem { key, reason }))
            .collect();
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError::Problems(problems))
        }
    }

    fn defaults(base_url: &str) -> Self {
        Self {
            binding: Binding {
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

    fn set(&mut self, key: &str, value: Value) -> Result<(), Reason> {
        let binding = &mut self.binding;
        match key {
            "client_id" => binding.client_id = client_id(value)?,
            "flow" => {
                let name = text(value)?;
                binding.flow = Flow::parse(&name).ok_or(Reason::NotOneOf("\"implicit\" or \"pkce\""))?;
            }
            "authorize_url" => binding.authorize_url = url_text(value)?,
            "token_url" => binding.token_url = url_text(value)?,
            "api_url" => {
                let url = url_text(value)?;
                if url.contains('?') {
                    return Err(UrlFault::Query.into());
                }
                binding.api_url = url.trim_end_matches('/').to_owned();
            }
            "redirect_uri" if value == Value::Null => {}
            "redirect_uri" => binding.redirect_uri = url_text(value)?,
            "issuer" if value == Value::Null => {}
            "issuer" => binding.issuer = Some(text(value)?),
            "scopes" => self.scopes = scopes(value)?,
            "show_dialog" => match value {
                Value::Bool(show) => self.show_dialog = show,
                _ => return Err(Reason::WrongType("true or false")),
            },
            "token_storage" => {
                let name = text(value)?;
                self.token_storage = TokenStorage::parse(&name).ok_or(Reason::NotOneOf("\"session\" or \"memory\""))?;
            }
            _ => return Err(Reason::UnknownKey),
        }
        Ok(())
    }
}

fn text(value: Value) -> Result<String, Reason> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Reason::WrongType("a text in quotes")),
    }
}

fn client_id(value: Value) -> Result<String, Reason> {
    let id = text(value)?;
    if id.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(id)
    } else {
        Err(Reason::ClientId)
    }
}

fn url_text(value: Value) -> Result<String, Reason> {
    let url = text(value)?;
    check_url(&url)?;
    Ok(url)
}

fn scopes(value: Value) -> Result<Scopes, Reason> {
    let Value::Array(items) = value else {
        return Err(Reason::WrongType("a list of texts"));
    };
    let mut names = Vec::new();
    for item in items {
        let Value::String(name) = item else {
            return Err(Reason::WrongType("a list of texts"));
        };
        if !Scopes::is_token(&name) {
            return Err(Reason::Scope(name.chars().take(60).collect()));
        }
        names.push(name);
    }
    Ok(names.iter().map(String::as_str).collect())
}

#[cfg(test)]
pub(crate) mod tests;
