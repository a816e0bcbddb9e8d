//! Gets `config.json` from beside `index.html`, never from a stale cache.

use super::{Config, ConfigError};
use crate::browser::abort::Abort;
use crate::browser::http::{self, Answer};
use crate::browser::loader;

/// How long the file may take, in milliseconds.
const TIME_LIMIT_MS: u64 = 10_000;

/// Fetches and checks the configuration of the app at `base_url`.
///
/// # Errors
/// [`ConfigError`].
pub async fn fetch(base_url: &str) -> Result<Config, ConfigError> {
    if let Some(answer) = loader::take_config().await {
        return read(&answer, base_url);
    }
    let abort = Abort::after(TIME_LIMIT_MS).ok_or(ConfigError::Unreachable)?;
    let answer = http::get_own(&format!("{base_url}config.json"), &abort).await;
    read(&answer.map_err(|_| ConfigError::Unreachable)?, base_url)
}

fn read(answer: &Answer, base_url: &str) -> Result<Config, ConfigError> {
    if !(200..300).contains(&answer.status) {
        return Err(ConfigError::Status(answer.status));
    }
    let text = answer.body.as_deref().ok_or(ConfigError::Unreachable)?;
    Config::parse(text, base_url)
}
