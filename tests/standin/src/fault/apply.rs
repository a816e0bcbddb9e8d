//! Applies a fault to one request.

use super::Fault;
use crate::{connection::AbortHandle, shared::Hold};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_core::Stream;
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

/// What a fault can do with the exchange of one request and its response.
pub(crate) struct Exchange {
    /// Aborts the connection.
    pub(crate) abort: AbortHandle,
    /// Holds the response back.
    pub(crate) hold: Hold,
    /// Produces the normal response.
    pub(crate) next: Next,
}

impl Fault {
    /// Produces the response to a request.
    pub(crate) async fn apply(self, exchange: Exchange, mut request: Request) -> Response {
        let Exchange { abort, hold, next } = exchange;
        match self {
            Self::None | Self::NoCors(_) => next.run(request).await,
            Self::Response { status, headers, body } => response(status, &headers, body),
            Self::Redirect(location) => response(302, &[("location".to_owned(), location)], String::new()),
            Self::Delay(duration) => {
                tokio::time::sleep(duration).await;
                next.run(request).await
            }
            Self::Hang => {
                hold.released().await;
                next.run(request).await
            }
            Self::Drop => {
                abort.abort();
                StatusCode::NO_CONTENT.into_response()
            }
            Self::CutOff => cut_off(next.run(request).await).await,
            Self::Respond(_) if request.uri().path() != "/authorize" => {
                invalid_fault("Fault::Respond is for Endpoint::Authorize")
            }
            Self::Respond(_) => {
                request.extensions_mut().insert(self);
                next.run(request).await
            }
        }
    }
}

fn response(status: u16, headers: &[(String, String)], body: String) -> Response {
    let Ok(status) = StatusCode::from_u16(status) else {
        return invalid_fault("the status of this fault is not a valid HTTP status");
    };
    let mut response = (status, Body::from(body)).into_response();
    for (name, value) in headers {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => response.headers_mut().append(name, value),
            _ => return invalid_fault("a header of this fault is not a valid HTTP header"),
        };
    }
    response
}

fn invalid_fault(reason: &'static str) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, reason).into_response()
}

async fn cut_off(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len().max(2)));
    let half = body.slice(..body.len() / 2);
    Response::from_parts(parts, Body::from_stream(BrokenBody::Unsent(half)))
}

/// A body that fails after its first bytes, once those had a chance to be sent.
enum BrokenBody {
    Unsent(Bytes),
    Sent,
    Failed,
}

impl Stream for BrokenBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match std::mem::replace(&mut *self, Self::Failed) {
            Self::Unsent(bytes) => {
                *self = Self::Sent;
                Poll::Ready(Some(Ok(bytes)))
            }
            Self::Sent => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Self::Failed => Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into()))),
        }
    }
}
