//! Injected faults: what can go wrong, at which endpoint, and which fault comes next.

mod apply;

pub(crate) use apply::Exchange;

use axum::http::Method;
use serde_json::json;
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

/// The endpoint that a fault applies to. Preflight requests (`OPTIONS`) use up no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `GET /authorize`, not the form of the consent page.
    Authorize,
    /// `/v1/me`.
    Me,
    /// `/v1/tracks/…`.
    Track,
    /// `/v1/me/top/artists`.
    TopArtists,
    /// `/v1/me/top/tracks`.
    TopTracks,
    /// `/v1/me/player/recently-played`.
    RecentlyPlayed,
    /// `/v1/me/playlists`.
    Playlists,
    /// `/api/token`.
    Token,
}

impl Endpoint {
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        match path {
            "/authorize" => (method == Method::GET).then_some(Self::Authorize),
            "/v1/me" => Some(Self::Me),
            "/v1/me/top/artists" => Some(Self::TopArtists),
            "/v1/me/top/tracks" => Some(Self::TopTracks),
            "/v1/me/player/recently-played" => Some(Self::RecentlyPlayed),
            "/v1/me/playlists" => Some(Self::Playlists),
            "/api/token" => Some(Self::Token),
            _ => path.starts_with("/v1/tracks/").then_some(Self::Track),
        }
    }
}

/// What replaces the normal response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The normal response. Leaves a gap in the queue, or goes inside [`Fault::NoCors`].
    None,
    /// This response. CORS headers are added.
    Response {
        /// The status code.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// The normal response after a delay.
    Delay(Duration),
    /// The normal response, held back until [`crate::Standin::release`].
    Hang,
    /// The connection is closed without a response. A browser resends a request when that happens on a connection that it opened
    /// in advance, so use [`crate::Standin::inject_always`] where that matters.
    Drop,
    /// The normal response, cut off after its headers and the first half of its body.
    CutOff,
    /// The inner fault, without CORS headers. With [`crate::Standin::inject_always`], preflights get none either.
    NoCors(Box<Fault>),
    /// A redirect (302) to this location.
    Redirect(String),
    /// At [`Endpoint::Authorize`] only: a redirect to the redirect URI with this text appended. `{state}` stands for the `state`
    /// of the request, `{token}` for a new valid access token, `{code}` for a new valid code if the request is for one.
    Respond(String),
}

impl Fault {
    /// An error of the Web API with Spotify's JSON body.
    #[must_use]
    pub fn spotify_error(status: u16, message: &str) -> Self {
        Self::json(status, &json!({ "error": { "status": status, "message": message } }))
    }

    /// 429 with `Retry-After` in seconds, or without the header.
    #[must_use]
    pub fn too_many_requests(retry_after: Option<u64>) -> Self {
        let mut fault = Self::spotify_error(429, "API rate limit exceeded");
        if let (Self::Response { headers, .. }, Some(seconds)) = (&mut fault, retry_after) {
            headers.push(("retry-after".to_owned(), seconds.to_string()));
        }
        fault
    }

    /// An error of the token endpoint, RFC 6749 section 5.2.
    #[must_use]
    pub fn oauth_error(status: u16, error: &str) -> Self {
        Self::json(status, &json!({ "error": error }))
    }

    /// A plain text response.
    #[must_use]
    pub fn plain(status: u16, text: &str) -> Self {
        Self::response(status, "text/plain; charset=utf-8", text)
    }

    /// A JSON response.
    #[must_use]
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::response(status, "application/json; charset=utf-8", &body.to_string())
    }

    /// This fault without CORS headers.
    #[must_use]
    pub fn without_cors(self) -> Self {
        Self::NoCors(Box::new(self))
    }

    fn response(status: u16, kind: &str, body: &str) -> Self {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Self::Response {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    /// Unwraps [`Fault::NoCors`], and returns whether there was one.
    pub(crate) fn split_cors(self) -> (Self, bool) {
        match self {
            Self::NoCors(inner) => (inner.split_cors().0, true),
            other => (other, false),
        }
    }
}

/// The injected faults that have not been used yet.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    next: HashMap<Endpoint, VecDeque<Fault>>,
    always: HashMap<Endpoint, Fault>,
}

impl Faults {
    pub(crate) fn queue(&mut self, endpoint: Endpoint, fault: Fault) {
        self.next.entry(endpoint).or_default().push_back(fault);
    }

    pub(crate) fn set_always(&mut self, endpoint: Endpoint, fault: Fault) {
        self.always.insert(endpoint, fault);
    }

    pub(crate) fn clear(&mut self) {
        self.next.clear();
        self.always.clear();
    }

    /// The fault for the current request: from the queue, or else the permanent one.
    pub(crate) fn take(&mut self, endpoint: Endpoint) -> Fault {
        let queued = self.next.get_mut(&endpoint).and_then(VecDeque::pop_front);
        queued
            .or_else(|| self.always.get(&endpoint).cloned())
            .unwrap_or(Fault::None)
    }

    /// Whether preflights get no CORS headers either.
    pub(crate) fn blocks_preflight(&self, endpoint: Endpoint) -> bool {
        matches!(self.always.get(&endpoint), Some(Fault::NoCors(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Fault, Faults};

    #[test]
    fn queued_faults_come_first_and_once() {
        let mut faults = Faults::default();
        faults.set_always(Endpoint::Me, Fault::Hang);
        faults.queue(Endpoint::Me, Fault::Drop);
        faults.queue(Endpoint::Me, Fault::None);
        let taken: Vec<Fault> = (0..4).map(|_| faults.take(Endpoint::Me)).collect();
        assert_eq!(taken, [Fault::Drop, Fault::None, Fault::Hang, Fault::Hang]);
        assert_eq!(faults.take(Endpoint::Track), Fault::None);
        faults.clear();
        assert_eq!(faults.take(Endpoint::Me), Fault::None);
    }

    #[test]
    fn only_a_permanent_lack_of_cors_affects_preflights() {
        let mut faults = Faults::default();
        faults.queue(Endpoint::Me, Fault::None.without_cors());
        assert!(!faults.blocks_preflight(Endpoint::Me));
        faults.set_always(Endpoint::Me, Fault::None.without_cors());
        assert!(faults.blocks_preflight(Endpoint::Me));
    }
}
