//! Gets `config.json` from beside `index.html`, never from a stale cache.

use gloo_net::http::Request;
use web_sys::{RequestCache, RequestCredentials};

use super::{Config, ConfigError};
use crate::browser::abort::Abort;
use crate::json;

/// How long the file may take, in milliseconds.
const TIME_LIMIT_MS: u64 = 10_000;

/// Fetches and checks the configuration of the app at `base_url`.
///
/// # Errors
/// [`ConfigError`].
pub async fn fetch(base_url: &str) -> Result<Config, ConfigError> {
    let abort = Abort::after(TIME_LIMIT_MS);
    let signal = abort.as_ref().map(Abort::signal);
    let response = Request::get(&format!("{base_url}config.json"))
        .cache(RequestCache::NoCache)
        .credentials(RequestCredentials::SameOrigin)
        .abort_signal(signal.as_ref())
        .send()
        .await
        .map_err(|_| ConfigError::Unreachable)?;
    if !response.ok() {
        return Err(ConfigError::Status(response.status()));
    }
    let text = response.text().await.map_err(|_| ConfigError::Unreachable)?;
    let file = json::parse(&text).map_err(|_| ConfigError::NotAnObject)?;
    Config::read(file, base_url)
}
