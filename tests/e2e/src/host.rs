//! The kinds of hosts that serve the app.

/// A kind of host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Host {
    /// Answers a folder with its `index.html`, with and without a trailing slash.
    #[default]
    Plain,
    /// Redirects a folder without a trailing slash to the one with it.
    AddsSlashes,
    /// Serves files by their exact paths, and `404.html` with status 404 for everything else.
    FilesOnly,
    /// Answers every path that is no file with `index.html` and status 200, as hosts of single-page apps do.
    SinglePage,
    /// Serves the build for `/music/` below that path.
    Below,
    /// Serves the build for `/` below another path.
    Misplaced,
    /// Serves `examples/minimal`, whose redirect URI is its base URL.
    Minimal,
    /// Serves `examples/router` as hosts of single-page apps do. Its redirect URI is its base URL.
    Router,
    /// nginx with the configuration shipped with the build.
    Nginx,
    /// Caddy with the configuration shipped with the build.
    Caddy,
}

impl Host {
    /// The base path of the app, without a trailing slash.
    pub(crate) fn base(self) -> &'static str {
        match self {
            Self::Below => "/music",
            Self::Misplaced => "/previews/22",
            _ => "",
        }
    }

    /// The redirect URI of the app, below its base URL.
    pub(crate) fn redirect_path(self) -> &'static str {
        match self {
            Self::Minimal | Self::Router => "/",
            _ => "/callback",
        }
    }

    /// The folder of the build, relative to the root of this repository.
    pub(crate) fn dist(self) -> &'static str {
        match self {
            Self::Below => "target/below/dist",
            Self::Minimal => "target/minimal/dist",
            Self::Router => "target/router/dist",
            _ => "dist",
        }
    }
}
