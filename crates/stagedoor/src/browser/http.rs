//! HTTP through gloo-net, with the options that a request with a secret needs: no cookies, no cache, no referrer, and no
//! redirect, which could carry the secret to another origin.

use gloo_net::http::{Method, RequestBuilder, Response};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::abort::Abort;
use super::{clock, page};

/// A response, whatever its status.
#[derive(Debug)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`, in seconds.
    pub retry_after_s: Option<u64>,
    /// The header `WWW-Authenticate`, where the server lets the page read it.
    pub www_authenticate: Option<String>,
    /// The body; `None` when the connection broke before its end.
    pub body: Option<String>,
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The time limit was reached.
    #[error("no response within the time limit")]
    TimedOut,
    /// The browser knows that there is no network.
    #[error("no network")]
    Offline,
    /// No connection, a redirect, or a response that the browser withholds (CORS).
    #[error("no response")]
    Failed,
}

impl HttpResponse {
    pub(super) async fn read(response: Response) -> Self {
        Self {
            status: response.status(),
            retry_after_s: response
                .headers()
                .get("Retry-After")
                .and_then(|text| parse_retry_after(&text, clock::now_ms())),
            www_authenticate: response.headers().get("WWW-Authenticate"),
            body: response.text().await.ok(),
        }
    }
}

/// The seconds of a `Retry-After` in both forms (RFC 9110 section 10.2.3), at `now` in milliseconds since the Unix epoch: 0 for a time that
/// has passed, the greatest number for one that is too great, `None` for anything else. Dates are read by the browser: it has to know the
/// form that servers send (ECMA-262, `Date.parse`), and knows the two obsolete ones, of which one leaves the time zone out.
pub fn parse_retry_after(text: &str, now: u64) -> Option<u64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return (!text.is_empty()).then(|| text.parse().unwrap_or(u64::MAX));
    }
    if !text.as_bytes().contains(&b':') {
        return None;
    }
    let at = clock::parse(&format!("{} GMT", text.strip_suffix(" GMT").unwrap_or(text)))?;
    Some(at.saturating_sub(now) / 1000)
}

/// Gets `url` with that `Authorization` header.
///
/// # Errors
/// [`RequestError`].
pub async fn get(url: &str, authorization: &str, abort: &Abort) -> Result<HttpResponse, RequestError> {
    let request = strict(url, Method::GET, abort).header("Authorization", authorization);
    finish(request.send().await, abort).await
}

/// Posts a form-encoded body to `url`.
///
/// # Errors
/// [`RequestError`].
pub async fn post_form(url: &str, form: String, abort: &Abort) -> Result<HttpResponse, RequestError> {
    let request = strict(url, Method::POST, abort)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form)
        .map_err(|_| RequestError::Failed)?;
    finish(request.send().await, abort).await
}

fn strict(url: &str, method: Method, abort: &Abort) -> RequestBuilder {
    RequestBuilder::new(url)
        .method(method)
        .redirect(RequestRedirect::Error)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&abort.signal()))
}

async fn finish(sent: Result<Response, gloo_net::Error>, abort: &Abort) -> Result<HttpResponse, RequestError> {
    let response = match sent {
        Ok(response) => Some(HttpResponse::read(response).await),
        Err(_) => None,
    };
    match response {
        Some(HttpResponse { body: None, .. }) | None if abort.timed_out() => Err(RequestError::TimedOut),
        Some(response) => Ok(response),
        None if page::is_online() => Err(RequestError::Failed),
        None => Err(RequestError::Offline),
    }
}
