//! Makes faults happen to one request.

use crate::{fault::Fault, line::Cut, shared::Hold};
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

/// What a fault needs to happen to one request.
pub(crate) struct Stage {
    pub(crate) cut: Cut,
    pub(crate) hold: Hold,
    pub(crate) next: Next,
}

/// Answers a request as the fault wants it.
pub(crate) async fn happen(fault: Fault, stage: Stage, mut request: Request) -> Response {
    let Stage { cut, hold, next } = stage;
    match fault {
        Fault::Pass | Fault::NoCors(_) => next.run(request).await,
        Fault::Answer { status, headers, body } => answer(status, &headers, body),
        Fault::Redirect(location) => answer(302, &[("location".to_owned(), location)], String::new()),
        Fault::Delay(duration) => {
            tokio::time::sleep(duration).await;
            next.run(request).await
        }
        Fault::Hang => {
            hold.released().await;
            next.run(request).await
        }
        Fault::Drop => {
            cut.now();
            StatusCode::NO_CONTENT.into_response()
        }
        Fault::CutOff => cut_off(next.run(request).await).await,
        Fault::Respond(_) if request.uri().path() != "/authorize" => {
            wrong_fault("Fault::Respond is for Place::Authorize")
        }
        Fault::Respond(_) => {
            request.extensions_mut().insert(fault);
            next.run(request).await
        }
    }
}

fn answer(status: u16, headers: &[(String, String)], body: String) -> Response {
    let Ok(status) = StatusCode::from_u16(status) else {
        return wrong_fault("this fault has a status that HTTP does not have");
    };
    let mut response = (status, Body::from(body)).into_response();
    for (name, value) in headers {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => response.headers_mut().append(name, value),
            _ => return wrong_fault("this fault has a header that HTTP does not allow"),
        };
    }
    response
}

fn wrong_fault(reason: &'static str) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, reason).into_response()
}

async fn cut_off(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len().max(2)));
    let half = whole.slice(..whole.len() / 2);
    Response::from_parts(parts, Body::from_stream(Broken::Begins(half)))
}

/// A body that breaks after its first bytes, once those had a chance to be sent.
enum Broken {
    Begins(Bytes),
    Sent,
    Over,
}

impl Stream for Broken {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match std::mem::replace(&mut *self, Self::Over) {
            Self::Begins(bytes) => {
                *self = Self::Sent;
                Poll::Ready(Some(Ok(bytes)))
            }
            Self::Sent => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Self::Over => Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into()))),
        }
    }
}
