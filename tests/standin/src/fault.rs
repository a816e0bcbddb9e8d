//! Faults on demand: what can go wrong, where, and which one is next.

use axum::http::Method;
use serde_json::json;
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

/// Where a fault happens. Preflight requests (`OPTIONS`) use up no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// `GET /authorize`, not the form that is sent from the consent page.
    Authorize,
    /// `/v1/me`.
    Me,
    /// `/v1/tracks/…`.
    Track,
    /// `/api/token`.
    Token,
}

impl Place {
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        match path {
            "/authorize" => (method == Method::GET).then_some(Self::Authorize),
            "/v1/me" => Some(Self::Me),
            "/api/token" => Some(Self::Token),
            _ => path.starts_with("/v1/tracks/").then_some(Self::Track),
        }
    }
}

/// What happens in place of the proper answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the proper answer. Good for a gap in the queue, and inside [`Fault::NoCors`].
    Pass,
    /// This answer. CORS headers are added.
    Answer {
        /// The status code.
        status: u16,
        /// Further headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// The proper answer, this much later.
    Delay(Duration),
    /// No answer until [`crate::Standin::release`], then the proper one.
    Hang,
    /// The connection is closed without an answer. A browser sends a request again by itself when that happens on a
    /// connection which it had opened ahead, so use [`crate::Standin::inject_always`] where that would matter.
    Drop,
    /// The proper answer, cut off after its headers and the first half of its body.
    CutOff,
    /// The fault inside, without CORS headers. Injected for always, preflights get none either.
    NoCors(Box<Fault>),
    /// 302 to this location.
    Redirect(String),
    /// At [`Place::Authorize`] only: straight back to the redirect URI with this text behind it. `{state}` stands for
    /// the state of the request, `{token}` for a new valid access token, `{code}` for a new valid code if the
    /// request asked for one.
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
        if let (Self::Answer { headers, .. }, Some(seconds)) = (&mut fault, retry_after) {
            headers.push(("retry-after".to_owned(), seconds.to_string()));
        }
        fault
    }

    /// An error of the token endpoint, RFC 6749 section 5.2.
    #[must_use]
    pub fn oauth_error(status: u16, error: &str) -> Self {
        Self::json(status, &json!({ "error": error }))
    }

    /// An answer of plain text.
    #[must_use]
    pub fn plain(status: u16, text: &str) -> Self {
        Self::answer(status, "text/plain; charset=utf-8", text)
    }

    /// An answer of JSON.
    #[must_use]
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::answer(status, "application/json; charset=utf-8", &body.to_string())
    }

    /// This fault without CORS headers.
    #[must_use]
    pub fn without_cors(self) -> Self {
        Self::NoCors(Box::new(self))
    }

    fn answer(status: u16, kind: &str, body: &str) -> Self {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Self::Answer {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    /// Takes the [`Fault::NoCors`] off, and tells whether there was one.
    pub(crate) fn split_cors(self) -> (Self, bool) {
        match self {
            Self::NoCors(inner) => (inner.split_cors().0, true),
            other => (other, false),
        }
    }
}

/// The faults that are waiting.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    next: HashMap<Place, VecDeque<Fault>>,
    always: HashMap<Place, Fault>,
}

impl Faults {
    pub(crate) fn queue(&mut self, place: Place, fault: Fault) {
        self.next.entry(place).or_default().push_back(fault);
    }

    pub(crate) fn set_always(&mut self, place: Place, fault: Fault) {
        self.always.insert(place, fault);
    }

    pub(crate) fn clear(&mut self) {
        self.next.clear();
        self.always.clear();
    }

    /// The fault for a request that is here now: first from the queue, then the lasting one.
    pub(crate) fn take(&mut self, place: Place) -> Fault {
        let queued = self.next.get_mut(&place).and_then(VecDeque::pop_front);
        queued
            .or_else(|| self.always.get(&place).cloned())
            .unwrap_or(Fault::Pass)
    }

    /// Whether preflights are to go without CORS headers as well.
    pub(crate) fn blocks_preflight(&self, place: Place) -> bool {
        matches!(self.always.get(&place), Some(Fault::NoCors(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults, Place};

    #[test]
    fn queued_faults_come_first_and_once() {
        let mut faults = Faults::default();
        faults.set_always(Place::Me, Fault::Hang);
        faults.queue(Place::Me, Fault::Drop);
        faults.queue(Place::Me, Fault::Pass);
        let taken: Vec<Fault> = (0..4).map(|_| faults.take(Place::Me)).collect();
        assert_eq!(taken, [Fault::Drop, Fault::Pass, Fault::Hang, Fault::Hang]);
        assert_eq!(faults.take(Place::Track), Fault::Pass);
        faults.clear();
        assert_eq!(faults.take(Place::Me), Fault::Pass);
    }

    #[test]
    fn only_a_lasting_lack_of_cors_reaches_preflights() {
        let mut faults = Faults::default();
        faults.queue(Place::Me, Fault::Pass.without_cors());
        assert!(!faults.blocks_preflight(Place::Me));
        faults.set_always(Place::Me, Fault::Pass.without_cors());
        assert!(faults.blocks_preflight(Place::Me));
    }
}
