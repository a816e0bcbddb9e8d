//! The one function that calls an API (RFC 6750 section 2.1). The token is sent as a header, to the API's own origin,
//! and nowhere else.

use super::{ApiError, FailedResponse};
use crate::browser::abort::Abort;
use crate::browser::{http, location};
use crate::oauth::AccessToken;

/// How long a call may take, its body included, in milliseconds.
pub const TIMEOUT_MS: u64 = 10_000;

/// Gets `path` (with its leading slash) below `api_url`, and returns the body. `abort` ends the call.
///
/// # Errors
/// [`ApiError`].
pub async fn get(api_url: &str, path: &str, token: &AccessToken, abort: &Abort) -> Result<String, ApiError> {
    let url = format!("{api_url}{path}");
    if !location::same_origin(&url, api_url) {
        return Err(ApiError::ForeignOrigin);
    }
    let authorization = format!("Bearer {}", token.expose_secret());
    let response = http::get(&url, &authorization, abort)
        .await
        .map_err(ApiError::of_request)?;
    match (response.status, response.body) {
        (200, Some(body)) => Ok(body),
        (200, None) => Err(ApiError::Network),
        (status, body) => {
            let failed = FailedResponse {
                status,
                retry_after_s: response.retry_after_s,
                www_authenticate: response.www_authenticate.as_deref(),
                body: &body.unwrap_or_default(),
            };
            Err(failed.error())
        }
    }
}
