//! Gets `config.json` from beside `index.html`, never from a stale cache.

use super::{Config, ConfigError};
use crate::browser::abort::Abort;
use crate::browser::http;
use crate::json;

/// How long the file may take, in milliseconds.
const TIME_LIMIT_MS: u64 = 10_000;
/// Where `start.js` leaves its request for the file.
const BEGUN_EARLY: &str = "settings";

/// Fetches and checks the configuration of the app at `base_url`.
///
/// # Errors
/// [`ConfigError`].
pub async fn fetch(base_url: &str) -> Result<Config, ConfigError> {
    let answer = match http::begun_early(BEGUN_EARLY).await {
        Some(answer) => answer,
        None => {
            let abort = Abort::after(TIME_LIMIT_MS).ok_or(ConfigError::Unreachable)?;
            let answer = http::get_own(&format!("{base_url}config.json"), &abort).await;
            answer.map_err(|_| ConfigError::Unreachable)?
        }
    };
    if !(200..300).contains(&answer.status) {
        return Err(ConfigError::Status(answer.status));
    }
    let text = answer.body.ok_or(ConfigError::Unreachable)?;
    let file = json::parse(&text).map_err(|_| ConfigError::NotAnObject)?;
    Config::read(file, base_url)
}
