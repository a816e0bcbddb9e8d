//! Lists of what a person listens to: top artists and tracks, plays, playlists. One page of a list is one response. Whatever the list,
//! an item is read the same way: what it has is there, what does not fit is left out, and one odd item never loses the list.

use serde::{Deserialize, Deserializer};

use super::models::{Image, is_visible, page};
use crate::lenient;

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ListPage {
    /// Its items, without those that are null.
    #[serde(deserialize_with = "items")]
    pub items: Vec<ListItem>,
    /// The URL of the next page, where there is one.
    #[serde(default, deserialize_with = "lenient::text")]
    pub next: Option<String>,
}

/// An artist, a track, a play or a playlist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "ItemBody")]
pub struct ListItem {
    /// Its name; `None` where it has none that can be seen.
    pub name: Option<String>,
    /// The names of the artists, of a track.
    pub artists: Vec<String>,
    /// Pictures, in several sizes.
    pub images: Vec<Image>,
    /// Its page on Spotify; https only.
    pub page: Option<String>,
    /// When it was played, as RFC 3339 writes it.
    pub played_at: Option<String>,
    /// How many tracks it has, as a playlist.
    pub tracks: Option<u64>,
}

impl ListPage {
    /// The path of the next page below `api_url`, the base URL of the Web API; `None` also where it is not there.
    pub fn next_path(&self, api_url: &str) -> Option<String> {
        let path = self.next.as_deref()?.strip_prefix(api_url)?;
        path.starts_with('/').then(|| path.to_owned())
    }
}

#[derive(Default, Deserialize)]
struct ItemBody {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    artists: Vec<Named>,
    #[serde(default, deserialize_with = "lenient::list")]
    images: Vec<Image>,
    #[serde(default, deserialize_with = "lenient::field")]
    album: Pictures,
    #[serde(default, rename = "external_urls", deserialize_with = "page")]
    page: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    played_at: Option<String>,
    /// What was played.
    #[serde(default, deserialize_with = "lenient::field")]
    track: Option<Box<ItemBody>>,
    #[serde(default, deserialize_with = "lenient::field")]
    items: Total,
    /// As `items` was called before.
    #[serde(default, deserialize_with = "lenient::field")]
    tracks: Total,
}

#[derive(Default, Deserialize)]
struct Named {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
}

#[derive(Default, Deserialize)]
struct Pictures {
    #[serde(default, deserialize_with = "lenient::list")]
    images: Vec<Image>,
}

#[derive(Default, Deserialize)]
struct Total {
    #[serde(default, deserialize_with = "lenient::count")]
    total: Option<u64>,
}

impl From<ItemBody> for ListItem {
    fn from(body: ItemBody) -> Self {
        if let Some(track) = body.track {
            return Self {
                played_at: body.played_at,
                ..Self::from(*track)
            };
        }
        let images = if body.images.is_empty() {
            body.album.images
        } else {
            body.images
        };
        Self {
            name: body.name.filter(|name| name.chars().any(is_visible)),
            artists: body.artists.into_iter().filter_map(|artist| artist.name).collect(),
            images,
            page: body.page,
            played_at: body.played_at,
            tracks: body.items.total.or(body.tracks.total),
        }
    }
}

/// The items of a page. A list that is missing, or no list, is an error; items that are null or no object are left out.
fn items<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ListItem>, D::Error> {
    let items: Vec<&serde_json::value::RawValue> = Vec::deserialize(deserializer)?;
    let item = |raw: &&serde_json::value::RawValue| serde_json::from_str(raw.get()).ok();
    Ok(items.iter().filter_map(item).collect())
}

#[cfg(test)]
mod tests;
