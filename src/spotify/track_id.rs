//! Parses what people paste to name a track: a link, a URI or an ID. Pure.

/// Length of a Spotify ID in characters.
const LENGTH: usize = 22;

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
    /// It is not a link, a URI or an ID.
    #[error("not a link, URI or ID")]
    Unknown,
}

impl TrackId {
    /// Parses a link (`https://open.spotify.com/track/…`, with or without a language), a URI (`spotify:track:…`) or an ID.
    ///
    /// # Errors
    /// [`TrackIdError`].
    pub fn parse(text: &str) -> Result<Self, TrackIdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TrackIdError::Empty);
        }
        if let Some(rest) = text.strip_prefix("spotify:") {
            let (kind, id) = rest.split_once(':').unwrap_or((rest, ""));
            return Self::of(kind, id);
        }
        let Some(link) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
            return Self::of("track", text);
        };
        let path = link.strip_prefix("open.spotify.com/").ok_or(TrackIdError::OtherSite)?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.starts_with("intl-"));
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
        ] {
            assert_eq!(TrackId::parse(text), Err(why), "{text}");
        }
    }
}
