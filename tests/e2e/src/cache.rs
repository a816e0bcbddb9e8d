//! Caches between browser and host that still have pages of an old version.

use std::collections::HashSet;

use axum::http::{HeaderMap, Uri, header};

/// Where pages of an old version still come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// A cache that knows the URLs of before, and that a request can ask to be renewed.
    Browser,
    /// A cache between browser and host that knows the URLs of before, whatever a request asks for.
    Proxy,
    /// A cache between browser and host that answers every navigation.
    Network,
}

/// Pages of an old version.
pub(crate) struct OldPages {
    cache: Cache,
    /// The beginning of the name of their file that is gone.
    pub(crate) part: &'static str,
    /// The URLs whose new pages the browser's cache has by now.
    renewed: HashSet<Uri>,
}

impl OldPages {
    pub(crate) fn new(cache: Cache, part: &'static str) -> Self {
        Self {
            cache,
            part,
            renewed: HashSet::new(),
        }
    }

    /// Whether the cache answers this request, with the old version.
    pub(crate) fn answer(&mut self, uri: &Uri, headers: &HeaderMap) -> bool {
        let is_new = uri.query().is_some_and(|query| query.contains("stagedoor-fresh="));
        if headers.contains_key(header::CACHE_CONTROL) {
            self.renewed.insert(uri.clone());
        }
        match self.cache {
            Cache::Browser => !is_new && !self.renewed.contains(uri),
            Cache::Proxy => !is_new,
            Cache::Network => headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate"),
        }
    }
}
