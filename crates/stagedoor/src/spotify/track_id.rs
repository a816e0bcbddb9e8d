//! Parses what people paste to name a track: a link, a URI or an ID. Pure.

/// Length of a Spotify ID in characters.
const LENGTH: usize = 22;
/// The hosts of Spotify's short links. Where they lead can't be found out from a static page.
const SHORT_LINKS: [&str; 4] = ["spotify.link", "spoti.fi", "spotify.app.link", "link.tospotify.com"];

/// The ID of a track: 22 letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackId(String);

/// Why a text does not name a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackIdError {
    /// It is empty.
    #[error("empty")]
    Empty,
    /// It is a link or a URI of something else, such as an album.
    #[error("not a track")]
    OtherKind,
    /// It is a link to another site.
    #[error("another site")]
    OtherSite,
    /// It is a short link, whose target is unknown.
    #[error("a short link")]
    ShortLink,
    /// It is not a link, a URI or an ID.
    #[error("not a link, URI or ID")]
    Unknown,
}

impl TrackIdError {
    /// How much it tells: of several words the one with the most is meant.
    fn weight(self) -> u8 {
        match self {
            Self::Empty => 0,
            Self::Unknown => 1,
            Self::OtherSite => 2,
            Self::OtherKind => 3,
            Self::ShortLink => 4,
        }
    }
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Whether `host` is `spotify.com` or below it.
fn is_spotify(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    ["com", "spotify"]
        .into_iter()
        .all(|label| labels.next().is_some_and(|own| own.eq_ignore_ascii_case(label)))
}

impl TrackId {
    /// Parses what names a track: a link to any of Spotify's own hosts, such as `open.spotify.com`, with or without scheme, port,
    /// language, `embed` and query; a URI (`spotify:track:…`); or an ID. Words and brackets around it don't matter.
    ///
    /// # Errors
    /// [`TrackIdError`]; of several words, that of the one that is most like a link.
    pub fn parse(text: &str) -> Result<Self, TrackIdError> {
        let is_around = |c: char| c.is_whitespace() || "<>()[]{}\"'“”‘’«»,;".contains(c);
        let mut error = TrackIdError::Empty;
        for word in text.split(is_around).filter(|word| !word.is_empty()) {
            match Self::parse_word(word.trim_end_matches(['.', '!'])) {
                Ok(id) => return Ok(id),
                Err(other) if other.weight() > error.weight() => error = other,
                Err(_) => {}
            }
        }
        Err(error)
    }

    fn parse_word(word: &str) -> Result<Self, TrackIdError> {
        let word = word.split(['?', '#']).next().unwrap_or_default();
        if let Some(rest) = strip_prefix_ignoring_case(word, "spotify:") {
            let (kind, id) = rest.split_once(':').unwrap_or((rest, ""));
            return Self::of(kind, id);
        }
        let without_scheme =
            strip_prefix_ignoring_case(word, "https://").or_else(|| strip_prefix_ignoring_case(word, "http://"));
        let (host, path) = match without_scheme.unwrap_or(word).split_once('/') {
            Some(parts) => parts,
            None if without_scheme.is_some() || word.contains('.') => (without_scheme.unwrap_or(word), ""),
            None => return Self::of("track", word),
        };
        // Without the port, and without the dot of a complete name (RFC 1034 section 3.1).
        let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
        let is_host = |name: &str| host.eq_ignore_ascii_case(name);
        if SHORT_LINKS.into_iter().any(is_host) {
            return Err(TrackIdError::ShortLink);
        }
        if !is_spotify(host) {
            return Err(if without_scheme.is_some() || host.contains('.') {
                TrackIdError::OtherSite
            } else {
                TrackIdError::Unknown
            });
        }
        let mut parts = path
            .split('/')
            .filter(|part| !part.is_empty() && !part.starts_with("intl-") && *part != "embed");
        Self::of(parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }

    fn of(kind: &str, id: &str) -> Result<Self, TrackIdError> {
        if kind != "track" {
            return Err(TrackIdError::OtherKind);
        }
        let fits = id.len() == LENGTH && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(id.to_owned())).ok_or(TrackIdError::Unknown)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{TrackId, TrackIdError};

    const ID: &str = "1standin0track0one0000";

    #[test]
    fn accepts_links_uris_and_ids() {
        for text in [
            ID.to_owned(),
            format!("  {ID}\n"),
            format!("spotify:track:{ID}"),
            format!("https://open.spotify.com/track/{ID}"),
            format!("https://open.spotify.com/intl-de/track/{ID}?si=abc#x"),
            format!("http://open.spotify.com/track/{ID}/"),
            format!("open.spotify.com/track/{ID}"),
            format!("HTTPS://OPEN.SPOTIFY.COM/track/{ID}"),
            format!("www.open.spotify.com/track/{ID}"),
            format!("open.spotify.com:443/track/{ID}"),
            format!("http://open.spotify.com:80/track/{ID}"),
            format!("https://OPEN.spotify.com.:443/intl-de/track/{ID}?si=x"),
            format!("play.spotify.com/track/{ID}"),
            format!("https://spotify.com/track/{ID}"),
            format!("Https://open.spotify.com/track/{ID}?si=x&utm=y"),
            format!("https://open.spotify.com/embed/track/{ID}?utm_source=generator"),
            format!("https://open.spotify.com/intl-pt/embed/track/{ID}"),
            format!("spotify:track:{ID}?si=x"),
            format!("Spotify:track:{ID}"),
            format!("Listen to this: https://open.spotify.com/track/{ID}?si=x."),
            format!("<https://open.spotify.com/track/{ID}>"),
            format!("[Kettle](https://open.spotify.com/track/{ID})"),
            format!("“{ID}”"),
            format!("https://evil.example/x https://open.spotify.com/track/{ID}"),
        ] {
            assert_eq!(TrackId::parse(&text).as_ref().map(TrackId::as_str), Ok(ID), "{text}");
        }
    }

    #[test]
    fn a_text_that_does_not_name_a_track_says_why() {
        for (text, why) in [
            ("", TrackIdError::Empty),
            (" \t", TrackIdError::Empty),
            ("kettle", TrackIdError::Unknown),
            ("1standin0track0one000", TrackIdError::Unknown),
            ("1standin0track0one000/", TrackIdError::Unknown),
            ("spotify:track:", TrackIdError::Unknown),
            ("spotify:album:1standin0track0one0000", TrackIdError::OtherKind),
            ("spotify:", TrackIdError::OtherKind),
            ("https://spotify.link/x", TrackIdError::ShortLink),
            ("spoti.fi/x", TrackIdError::ShortLink),
            ("kettle on a sunday", TrackIdError::Unknown),
            ("evil.example", TrackIdError::OtherSite),
            ("ä/x", TrackIdError::Unknown),
            ("()", TrackIdError::Empty),
            ("open.spotify.com", TrackIdError::OtherKind),
            (
                "https://open.spotify.com/album/1standin0track0one0000",
                TrackIdError::OtherKind,
            ),
            ("https://open.spotify.com/", TrackIdError::OtherKind),
            ("https://open.spotify.com/track/../me", TrackIdError::Unknown),
            (
                "https://evil.example/track/1standin0track0one0000",
                TrackIdError::OtherSite,
            ),
            ("https://open.spotify.com.evil.example/track/x", TrackIdError::OtherSite),
            (
                "https://notspotify.com/track/1standin0track0one0000",
                TrackIdError::OtherSite,
            ),
            (
                "https://open.spotify.com@evil.example/track/1standin0track0one0000",
                TrackIdError::OtherSite,
            ),
            (
                "https://open.spotify.com:443/album/1standin0track0one0000",
                TrackIdError::OtherKind,
            ),
            ("https://link.tospotify.com/x", TrackIdError::ShortLink),
        ] {
            assert_eq!(TrackId::parse(text), Err(why), "{text}");
        }
    }
}
