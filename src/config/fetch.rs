//! Gets `config.json` from beside `index.html`, never from a stale cache.

use super::{Config, ConfigError};
use crate::browser::abort::Abort;
use crate::browser::http::{self, Answer};
use crate::json;

/// How long the file may take, in milliseconds.
const TIME_LIMIT_MS: u64 = 10_000;
/// Where `start.js` leaves its request for the file.
const BEGUN_EARLY: &str = "settings";

/// Checks the file that the page asked for before the app was there; `None` when it was taken already, or did not come.
pub async fn begun(base_url: &str) -> Option<Result<Config, ConfigError>> {
    let answer = http::begun_early(BEGUN_EARLY).await?;
    Some(read(&answer, base_url))
}

/// Fetches and checks the configuration of the app at `base_url`.
///
/// # Errors
/// [`ConfigError`].
pub async fn fetch(base_url: &str) -> Result<Config, ConfigError> {
    if let Some(begun) = begun(base_url).await {
        return begun;
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
    let file = json::parse(text).map_err(|_| ConfigError::NotAnObject)?;
    Config::read(file, base_url)
}
