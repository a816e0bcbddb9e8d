//! Spotify's 19 public scopes with their descriptions, and sets of them.

use std::{collections::BTreeSet, fmt};

/// A scope and its description, which completes "This app would like to …".
type Scope = (&'static str, &'static str);

const SCOPES: [Scope; 19] = [
    (
        "ugc-image-upload",
        "put pictures of yours on Spotify, such as playlist covers",
    ),
    (
        "user-read-playback-state",
        "see what is playing, and on which of your devices",
    ),
    (
        "user-modify-playback-state",
        "start, stop and skip what is playing on your devices",
    ),
    ("user-read-currently-playing", "see what you are listening to right now"),
    ("app-remote-control", "control the Spotify app on your phone"),
    ("streaming", "play music in this app"),
    ("playlist-read-private", "see your private playlists"),
    (
        "playlist-read-collaborative",
        "see playlists that you share with others",
    ),
    ("playlist-modify-private", "change your private playlists"),
    ("playlist-modify-public", "change your public playlists"),
    ("user-follow-modify", "follow and unfollow artists and people for you"),
    ("user-follow-read", "see whom you follow"),
    (
        "user-read-playback-position",
        "see where you stopped in podcasts and audiobooks",
    ),
    ("user-top-read", "see your top artists and songs"),
    ("user-read-recently-played", "see what you played lately"),
    (
        "user-library-modify",
        "save and remove songs and albums in your library",
    ),
    ("user-library-read", "see the songs and albums in your library"),
    ("user-read-email", "see your e-mail address"),
    (
        "user-read-private",
        "see your country and the kind of your subscription",
    ),
];

/// A set of scopes, requested or granted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Parses a space-separated list; the error is the first unknown scope.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let names = text.split(' ').filter(|name| !name.is_empty());
        let known = names.map(|name| {
            let scope = SCOPES.iter().find(|(scope, _)| *scope == name);
            scope.copied().ok_or_else(|| name.to_owned())
        });
        known.collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|(scope, _)| *scope == name)
    }

    pub(crate) fn covers(&self, requested: &Self) -> bool {
        requested.0.is_subset(&self.0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// The descriptions of the scopes.
    pub(crate) fn descriptions(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(_, description)| *description)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| *name).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{SCOPES, Scopes};
    use std::collections::BTreeSet;

    #[test]
    fn has_19_different_scopes() {
        let names: BTreeSet<&str> = SCOPES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), 19);
    }

    #[test]
    fn the_error_is_the_unknown_scope() {
        assert_eq!(
            Scopes::parse("streaming user-read-everything").unwrap_err(),
            "user-read-everything"
        );
        assert_eq!(Scopes::parse("Streaming").unwrap_err(), "Streaming");
    }

    #[test]
    fn a_set_is_displayed_as_a_space_separated_list() {
        let scopes = Scopes::parse("user-top-read  streaming streaming").unwrap();
        assert_eq!(scopes.to_string(), "streaming user-top-read");
        assert_eq!(Scopes::parse("").unwrap().to_string(), "");
    }
}
