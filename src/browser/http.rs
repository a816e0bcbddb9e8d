//! The one way out to other servers: no cookies, no cache, no referrer, and no following of a redirect, which could carry a
//! secret to another origin.

use gloo_net::http::{Method, RequestBuilder, Response};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::abort::Abort;

/// An answer, whatever its status.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`, as sent.
    pub retry_after: Option<String>,
    /// The body; `None` when it broke off.
    pub body: Option<String>,
}

/// There is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The time was up.
    #[error("no answer in time")]
    TimedOut,
    /// No connection, a redirect, or an answer that the browser keeps from us (CORS).
    #[error("no answer")]
    Lost,
}

/// Gets `url` with that `Authorization` header.
///
/// # Errors
/// [`NoAnswer`].
pub async fn get(url: &str, authorization: &str, abort: &Abort) -> Result<Answer, NoAnswer> {
    let request = strict(url, Method::GET, abort).header("Authorization", authorization);
    answer(request.send().await, abort).await
}

/// Gets `url` of this app's own host, never from a stale cache.
///
/// # Errors
/// [`NoAnswer`].
pub async fn get_own(url: &str, abort: &Abort) -> Result<Answer, NoAnswer> {
    let request = RequestBuilder::new(url)
        .cache(RequestCache::NoCache)
        .abort_signal(Some(&abort.signal()));
    answer(request.send().await, abort).await
}

/// Posts a form-encoded body to `url`.
///
/// # Errors
/// [`NoAnswer`].
pub async fn post_form(url: &str, form: String, abort: &Abort) -> Result<Answer, NoAnswer> {
    let request = strict(url, Method::POST, abort)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form)
        .map_err(|_| NoAnswer::Lost)?;
    answer(request.send().await, abort).await
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

async fn answer(sent: Result<Response, gloo_net::Error>, abort: &Abort) -> Result<Answer, NoAnswer> {
    let lost = || {
        if abort.timed_out() {
            NoAnswer::TimedOut
        } else {
            NoAnswer::Lost
        }
    };
    let answer = read(sent.map_err(|_| lost())?).await;
    if answer.body.is_none() && abort.timed_out() {
        return Err(NoAnswer::TimedOut);
    }
    Ok(answer)
}

async fn read(response: Response) -> Answer {
    Answer {
        status: response.status(),
        retry_after: response.headers().get("Retry-After"),
        body: response.text().await.ok(),
    }
}
