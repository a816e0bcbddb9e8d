//! Lists of what a person listens to: top artists and tracks, plays, playlists. One page of a list is one response. Whatever the list,
//! an item is read the same way: what it has is there, what does not fit is left out, and one odd item never loses the list.

use serde::{Deserialize, Deserializer};

use super::models::{Album, Image, is_visible, page};
use crate::lenient;

/// The host of the Web API.
const API_HOST: &str = "api.spotify.com";

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "PageBody")]
pub struct ListPage {
    /// Its items, without those that are null.
    pub items: Vec<ListItem>,
    /// How many items are null or can't be read: Spotify lists what it does not show to this app that way.
    pub omitted: usize,
    /// The URL of the next page, where there is one.
    pub next: Option<String>,
    /// How many items the whole list has, where the server says so.
    pub total: Option<u64>,
}

/// An artist, a track, a play or a playlist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "ItemBody")]
pub struct ListItem {
    /// What it is known by: its URI, else its ID.
    pub id: Option<String>,
    /// Its name; `None` where it has none that can be seen.
    pub name: Option<String>,
    /// The names of the artists, of a track.
    pub artists: Vec<String>,
    /// The name of the album, of a track.
    pub album: Option<String>,
    /// Its length in milliseconds, as a track.
    pub duration_ms: Option<u64>,
    /// Pictures, in several sizes.
    pub images: Vec<Image>,
    /// Its page on Spotify; https only.
    pub page: Option<String>,
    /// When it was played, as RFC 3339 writes it.
    pub played_at: Option<String>,
    /// How many tracks it has, as a playlist.
    pub tracks: Option<u64>,
}

impl ListItem {
    /// Whether both are the same item, or the same play of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.id.is_some() && self.id == other.id && self.played_at == other.played_at
    }
}

/// What comes after a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NextPage {
    /// Nothing: the list is complete.
    #[default]
    None,
    /// The page at this path below the base URL of the Web API.
    At(String),
    /// A page that the server does not name in a way that can be followed.
    Unreachable,
}

impl ListPage {
    /// What comes after this page, which was asked for at `path` below `api_url`: the same endpoint with the query of the next URL. So
    /// the token stays with the API, whatever the URL says of its scheme, its port or its endpoint. A URL of another host than the
    /// API's, or Spotify's own where a proxy is asked, is not followed.
    pub fn next_page(&self, path: &str, api_url: &str) -> NextPage {
        let Some(next) = &self.next else {
            return NextPage::None;
        };
        let is_known = host_of(next).is_none_or(|host| {
            let known = [API_HOST, host_of(api_url).unwrap_or_default()];
            known.iter().any(|known| host.eq_ignore_ascii_case(known))
        });
        let endpoint = path.split('?').next().unwrap_or_default();
        let url = next.split('#').next().unwrap_or_default();
        match url.split_once('?') {
            Some((_, query)) if is_known => NextPage::At(format!("{endpoint}?{query}")),
            _ => NextPage::Unreachable,
        }
    }
}

/// The host of a URL, without its port; `None` for a relative one.
fn host_of(url: &str) -> Option<&str> {
    let place = url.split(['?', '#']).next()?;
    let (_, rest) = place.split_once("//")?;
    let authority = rest.split('/').next()?;
    let port = authority.rfind(':').filter(|at| !authority[*at..].contains([']', '@']));
    authority.get(..port.unwrap_or(authority.len()))
}

#[derive(Deserialize)]
struct PageBody {
    #[serde(deserialize_with = "items")]
    items: Vec<Option<ListItem>>,
    #[serde(default, deserialize_with = "lenient::text")]
    next: Option<String>,
    #[serde(default, deserialize_with = "lenient::count")]
    total: Option<u64>,
}

impl From<PageBody> for ListPage {
    fn from(body: PageBody) -> Self {
        let all = body.items.len();
        let items: Vec<_> = body.items.into_iter().flatten().collect();
        Self {
            omitted: all - items.len(),
            items,
            next: body.next,
            total: body.total,
        }
    }
}

#[derive(Default, Deserialize)]
struct ItemBody {
    #[serde(default, deserialize_with = "lenient::text")]
    uri: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    artists: Vec<Named>,
    #[serde(default, deserialize_with = "lenient::list")]
    images: Vec<Image>,
    #[serde(default, deserialize_with = "lenient::field")]
    album: Album,
    #[serde(default, deserialize_with = "lenient::count")]
    duration_ms: Option<u64>,
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
            id: body.uri.or(body.id),
            name: body.name.filter(|name| name.chars().any(is_visible)),
            album: body.album.name.filter(|name| name.chars().any(is_visible)),
            duration_ms: body.duration_ms.filter(|ms| *ms > 0),
            artists: body.artists.into_iter().filter_map(|artist| artist.name).collect(),
            images,
            page: body.page,
            played_at: body.played_at,
            tracks: body.items.total.or(body.tracks.total),
        }
    }
}

/// The items of a page. A list that is missing, or no list, is an error; items that are null or no object are none.
fn items<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<ListItem>>, D::Error> {
    let items: Vec<&serde_json::value::RawValue> = Vec::deserialize(deserializer)?;
    Ok(items.iter().map(|raw| serde_json::from_str(raw.get()).ok()).collect())
}

#[cfg(test)]
mod tests;
