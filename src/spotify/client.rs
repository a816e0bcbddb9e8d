//! The one call path to the Web API (RFC 6750 section 2.1): the token goes out as a header, to the API's own origin, and
//! nowhere else, not by a redirect either.

use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::ApiError;
use crate::browser::{abort::Abort, json, location};
use crate::oauth::AccessToken;

/// How long a call may take, its body included, in milliseconds.
pub const TIME_LIMIT_MS: u64 = 10_000;

/// Gets `path` (with its leading slash) below `api_url` as a `T`. The token is lent for this one call; `abort` ends it.
///
/// # Errors
/// [`ApiError`].
pub async fn get<T: DeserializeOwned>(
    api_url: &str,
    path: &str,
    token: &AccessToken,
    abort: &Abort,
) -> Result<T, ApiError> {
    let url = format!("{api_url}{path}");
    if !location::same_origin(&url, api_url) {
        return Err(ApiError::ForeignOrigin);
    }
    let lost = || {
        if abort.timed_out() {
            ApiError::TimedOut
        } else {
            ApiError::Network
        }
    };
    let response = Request::get(&url)
        .header("Authorization", &format!("Bearer {}", token.expose_secret()))
        .redirect(RequestRedirect::Error)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&abort.signal()))
        .send()
        .await
        .map_err(|_| lost())?;
    read(response).await.map_err(|error| match error {
        ApiError::Network => lost(),
        other => other,
    })
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    let status = response.status();
    let retry_after = response.headers().get("Retry-After");
    let body = response.text().await;
    if status == 200 {
        let body = body.map_err(|_| ApiError::Network)?;
        return json::from_str(&body).map_err(|_| ApiError::Unreadable);
    }
    Err(ApiError::from_answer(
        status,
        retry_after.as_deref(),
        &body.unwrap_or_default(),
    ))
}
