//! The kinds of hosts that the app is served by.

/// A kind of host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Host {
    /// Answers a folder with its `index.html`, with and without a slash.
    #[default]
    Plain,
    /// Redirects a folder without its slash to the one with it.
    AddsSlashes,
    /// Serves files by their exact paths, and `404.html` with a 404 for everything else.
    FilesOnly,
    /// Serves the build for `/music/` below that path.
    Below,
    /// nginx with the configuration that comes with the build.
    Nginx,
    /// Caddy with the configuration that comes with the build.
    Caddy,
}

impl Host {
    /// The path that the app is served below, without a slash at its end.
    pub(crate) fn base(self) -> &'static str {
        match self {
            Self::Below => "/music",
            _ => "",
        }
    }

    /// The folder of the build, below the root of this repository.
    pub(crate) fn dist(self) -> &'static str {
        match self {
            Self::Below => "target/below/dist",
            _ => "dist",
        }
    }
}
