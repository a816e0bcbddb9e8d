//! The one call path to the Web API (RFC 6750 section 2.1): the token goes out as a header, to the API's own origin, and
//! nowhere else.

use super::ApiError;
use crate::browser::abort::Abort;
use crate::browser::{http, location};
use crate::oauth::AccessToken;

/// How long a call may take, its body included, in milliseconds.
pub const TIME_LIMIT_MS: u64 = 10_000;

/// Gets `path` (with its leading slash) below `api_url`, and returns the body. The token is lent for this one call; `abort`
/// ends it.
///
/// # Errors
/// [`ApiError`].
pub async fn get(api_url: &str, path: &str, token: &AccessToken, abort: &Abort) -> Result<String, ApiError> {
    let url = format!("{api_url}{path}");
    if !location::same_origin(&url, api_url) {
        return Err(ApiError::ForeignOrigin);
    }
    let authorization = format!("Bearer {}", token.expose_secret());
    let answer = http::get(&url, &authorization, abort).await?;
    match (answer.status, answer.body) {
        (200, Some(body)) => Ok(body),
        (200, None) => Err(ApiError::Network),
        (status, body) => {
            let retry_after = answer.retry_after.as_deref();
            Err(ApiError::from_answer(status, retry_after, &body.unwrap_or_default()))
        }
    }
}
