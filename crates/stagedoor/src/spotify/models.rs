//! Models of the Web API's responses. Everything but an id or a track's name may be missing, null or of another type; a field
//! that does not fit is left out and does not affect the rest.

use serde::{Deserialize, Deserializer, de};

use crate::lenient;
use crate::url::check_url;

/// The logged-in user (`GET /me`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Profile {
    /// The Spotify ID.
    pub id: String,
    /// The name to show; many accounts have none.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: Option<String>,
    /// E-mail address, unverified. Needs `user-read-email`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: Option<String>,
    /// Country, ISO 3166-1 alpha-2. Needs `user-read-private`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub country: Option<String>,
    /// Kind of plan: `premium`, `free` or `open`. Needs `user-read-private`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub product: Option<String>,
    /// Number of followers.
    #[serde(default, deserialize_with = "total")]
    pub followers: Option<u64>,
    /// Pictures of the user, in several sizes.
    #[serde(default, deserialize_with = "lenient::list")]
    pub images: Vec<Image>,
    /// The user's page on Spotify; https only, see [`https`].
    #[serde(default, rename = "external_urls", deserialize_with = "page")]
    pub page: Option<String>,
}

/// A track (`GET /tracks/{id}`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "TrackBody")]
pub struct Track {
    /// Its title; empty when Spotify has withdrawn it.
    pub name: String,
    /// The names of its artists.
    pub artists: Vec<String>,
    /// The name of its album.
    pub album: Option<String>,
    /// The artwork of its album, in several sizes.
    pub images: Vec<Image>,
    /// Its length in milliseconds.
    pub duration_ms: Option<u64>,
    /// Whether it is marked as explicit.
    pub explicit: bool,
    /// Why it can't be played by this user, if so.
    pub restriction: Option<Restriction>,
    /// Its page on Spotify; https only, see [`https`].
    pub page: Option<String>,
}

/// Why a track can't be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restriction {
    /// It is not available in the user's country.
    Market,
    /// It is not part of the user's plan.
    Product,
    /// It is explicit, which the user's settings leave out.
    Explicit,
    /// For a reason that is not known here.
    Unknown,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub struct Image {
    /// Its URL: https, or http on a loopback IP literal, which a policy admits only where the configuration names such a server.
    #[serde(deserialize_with = "picture_url")]
    pub url: String,
    /// Its width in pixels, when known.
    #[serde(default, deserialize_with = "lenient::count")]
    pub width: Option<u64>,
}

#[derive(Deserialize)]
struct TrackBody {
    name: String,
    #[serde(default, deserialize_with = "lenient::list")]
    artists: Vec<Artist>,
    #[serde(default, deserialize_with = "lenient::field")]
    album: Album,
    #[serde(default, deserialize_with = "lenient::count")]
    duration_ms: Option<u64>,
    #[serde(default, deserialize_with = "lenient::field")]
    explicit: bool,
    #[serde(default, deserialize_with = "lenient::field")]
    is_playable: Option<bool>,
    #[serde(default, deserialize_with = "lenient::field")]
    restrictions: Restrictions,
    #[serde(default, rename = "external_urls", deserialize_with = "page")]
    page: Option<String>,
}

#[derive(Default, Deserialize)]
struct Restrictions {
    #[serde(default, deserialize_with = "lenient::text")]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Artist {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct Album {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) images: Vec<Image>,
}

impl From<TrackBody> for Track {
    fn from(body: TrackBody) -> Self {
        Self {
            name: body.name,
            artists: body.artists.into_iter().filter_map(|artist| artist.name).collect(),
            album: body.album.name,
            images: body.album.images,
            duration_ms: body.duration_ms.filter(|ms| *ms > 0),
            explicit: body.explicit,
            restriction: restriction(body.is_playable, body.restrictions.reason.as_deref()),
            page: body.page,
        }
    }
}

/// What `is_playable` and `restrictions.reason` say. The reason alone is enough; without one it is the country.
fn restriction(is_playable: Option<bool>, reason: Option<&str>) -> Option<Restriction> {
    match (is_playable, reason) {
        (Some(true), _) | (None, None) => None,
        (_, Some("market") | None) => Some(Restriction::Market),
        (_, Some("product")) => Some(Restriction::Product),
        (_, Some("explicit")) => Some(Restriction::Explicit),
        _ => Some(Restriction::Unknown),
    }
}

impl Profile {
    /// The display name, or the id where there is none that can be seen.
    pub fn name(&self) -> &str {
        self.display_name
            .as_deref()
            .filter(|name| name.chars().any(is_visible))
            .unwrap_or(&self.id)
    }
}

impl Track {
    /// Whether Spotify has withdrawn the track: it answers with empty names then.
    pub fn is_withdrawn(&self) -> bool {
        !self.name.chars().any(is_visible)
    }
}

/// Whether `c` leaves a mark: not white space, not a control character, and none of the characters of Unicode that are there to
/// show nothing (its property Default_Ignorable_Code_Point, and the blanks of Braille and Hangul).
pub(super) fn is_visible(c: char) -> bool {
    let is_ignorable = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !(c.is_whitespace() || c.is_control() || is_ignorable)
}

impl Image {
    /// The smallest picture of `images` that is at least `pixels` wide, else the largest, else the first.
    pub fn at_least(pixels: u64, images: &[Self]) -> Option<&Self> {
        let wide_enough = images.iter().filter(|image| image.width >= Some(pixels));
        wide_enough
            .min_by_key(|image| image.width)
            .or_else(|| images.iter().rev().max_by_key(|image| image.width))
    }
}

/// `url`, when it is an https URL. Nothing else from the Web API becomes a link.
pub fn https(url: &str) -> Option<&str> {
    let scheme = url.get(..8)?;
    (scheme.eq_ignore_ascii_case("https://") && !url.contains(char::is_control)).then_some(url)
}

fn picture_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let url = String::deserialize(deserializer)?;
    if https(&url).is_some() || check_url(&url).is_ok() {
        Ok(url)
    } else {
        Err(de::Error::custom("neither https nor loopback"))
    }
}

/// `external_urls.spotify`, when it is an https URL.
pub(super) fn page<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Default, Deserialize)]
    struct ExternalUrls {
        #[serde(default, deserialize_with = "lenient::text")]
        spotify: Option<String>,
    }
    let urls: ExternalUrls = lenient::field(deserializer)?;
    Ok(urls.spotify.filter(|url| https(url).is_some()))
}

/// `followers.total`.
fn total<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Default, Deserialize)]
    struct Followers {
        #[serde(default, deserialize_with = "lenient::count")]
        total: Option<u64>,
    }
    let followers: Followers = lenient::field(deserializer)?;
    Ok(followers.total)
}

#[cfg(test)]
mod tests;
