//! What the address asks for: one of the views, and of the top lists a range. Pure.

use stagedoor::{ReturnPath, Scopes};

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Artists,
    Tracks,
    Recent,
    Playlists,
}

pub(super) const VIEWS: [View; 4] = [View::Artists, View::Tracks, View::Recent, View::Playlists];

impl View {
    /// As it stands in the address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Artists => "artists",
            Self::Tracks => "tracks",
            Self::Recent => "recent",
            Self::Playlists => "playlists",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Artists => "Top artists",
            Self::Tracks => "Top tracks",
            Self::Recent => "Recently played",
            Self::Playlists => "Playlists",
        }
    }

    /// The scope that it takes.
    pub(super) fn scope(self) -> &'static str {
        match self {
            Self::Artists | Self::Tracks => "user-top-read",
            Self::Recent => "user-read-recently-played",
            Self::Playlists => "playlist-read-private",
        }
    }

    /// Every scope that it is of use to: collaborative playlists are listed with one of their own.
    pub(super) fn scopes(self) -> Scopes {
        Scopes::parse(match self {
            Self::Playlists => "playlist-read-private playlist-read-collaborative",
            _ => self.scope(),
        })
    }

    /// What an item is called, and several.
    pub(super) fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Artists => ("artist", "artists"),
            Self::Tracks => ("track", "tracks"),
            Self::Recent => ("play", "plays"),
            Self::Playlists => ("playlist", "playlists"),
        }
    }

    /// Whether a wide window shows its pictures side by side.
    pub(super) fn is_grid(self) -> bool {
        matches!(self, Self::Artists | Self::Playlists)
    }

    /// The class of its list.
    pub(super) fn class(self) -> &'static str {
        if self.is_grid() { "items grid" } else { "items" }
    }

    /// Whether its order is a ranking.
    pub(super) fn is_ranked(self) -> bool {
        self.has_range()
    }

    /// What it would show, and why that takes a permission.
    pub(super) fn purpose(self) -> &'static str {
        match self {
            Self::Artists => {
                "The artists that you listen to most would be here. Only you know them, so Spotify asks you first."
            }
            Self::Tracks => {
                "The tracks that you listen to most would be here. Only you know them, so Spotify asks you first."
            }
            Self::Recent => {
                "The tracks that you played last would be here. Only you know them, so Spotify asks you first."
            }
            Self::Playlists => {
                "Your playlists would be here, with the private ones and those that you make with others, so Spotify asks you first."
            }
        }
    }

    pub(super) fn has_range(self) -> bool {
        matches!(self, Self::Artists | Self::Tracks)
    }
}

/// The time that a top list is about: as it stands in the address, and in words. The second is the default.
pub(super) const RANGES: [(&str, &str); 3] = [
    ("short_term", "Last four weeks"),
    ("medium_term", "Last six months"),
    ("long_term", "Last year"),
];
pub(super) const DEFAULT_RANGE: usize = 1;

/// What the address asks for. Unknown values count as absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) view: View,
    /// The index of the range in [`RANGES`].
    pub(super) range: usize,
}

impl Shown {
    pub(super) fn of(show: Option<&str>, range: Option<&str>) -> Self {
        let view = VIEWS.into_iter().find(|view| Some(view.name()) == show);
        let index = RANGES.iter().position(|(name, _)| Some(*name) == range);
        Self {
            view: view.unwrap_or(View::Artists),
            range: index.unwrap_or(DEFAULT_RANGE),
        }
    }

    /// Its address, below the base path and without a leading slash.
    pub(super) fn address(self) -> String {
        let range = match self.range {
            DEFAULT_RANGE => String::new(),
            range => format!("&range={}", RANGES[range].0),
        };
        let range = if self.view.has_range() { range } else { String::new() };
        format!("music?show={}{range}", self.view.name())
    }

    /// The path of the first page below the base URL of the Web API.
    pub(super) fn path(self) -> String {
        match self.view {
            View::Artists | View::Tracks => format!("/me/top/{}?time_range={}", self.view.name(), RANGES[self.range].0),
            View::Recent => "/me/player/recently-played".to_owned(),
            View::Playlists => "/me/playlists".to_owned(),
        }
    }

    pub(super) fn return_to(self) -> Option<ReturnPath> {
        ReturnPath::parse(&format!("/{}", self.address()))
    }
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_RANGE, Shown, VIEWS, View};

    #[test]
    fn without_anything_the_address_means_the_artists_of_six_months() {
        let default = Shown {
            view: View::Artists,
            range: DEFAULT_RANGE,
        };
        for (show, range) in [
            (None, None),
            (Some("x"), Some("y")),
            (Some(""), Some("")),
            (Some("Artists"), None),
        ] {
            assert_eq!(Shown::of(show, range), default, "{show:?} {range:?}");
        }
    }

    #[test]
    fn an_address_leads_to_what_it_was_made_for_and_back_after_a_log_in() {
        for view in VIEWS {
            for range in 0..3 {
                let shown = Shown { view, range };
                let address = shown.address();
                let pairs: Vec<_> = address.split_once('?').expect("a query").1.split('&').collect();
                let value = |name: &str| pairs.iter().find_map(|pair| pair.strip_prefix(name));
                let again = Shown::of(value("show="), value("range="));
                let expected = if view.has_range() {
                    shown
                } else {
                    Shown {
                        view,
                        range: DEFAULT_RANGE,
                    }
                };
                assert_eq!(again, expected, "{address}");
                assert!(shown.return_to().is_some(), "{address}");
            }
        }
    }

    #[test]
    fn the_range_is_asked_for_where_there_is_one() {
        let path = |view| Shown { view, range: 0 }.path();
        assert_eq!(path(View::Artists), "/me/top/artists?time_range=short_term");
        assert_eq!(path(View::Tracks), "/me/top/tracks?time_range=short_term");
        assert_eq!(path(View::Recent), "/me/player/recently-played");
        assert_eq!(path(View::Playlists), "/me/playlists");
    }
}
