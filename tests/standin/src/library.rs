//! What the one user listens to: top artists and tracks, plays, and playlists, generated and fictitious, in a realistic amount, with
//! the oddities of the real Web API: null items, empty names, missing fields.

use crate::pictures::images;
use serde_json::{Value, json};

/// When the last play ended, in milliseconds since the Unix epoch: 27 November 2026.
const LAST_PLAY_MS: u64 = 1_795_780_800_000;
/// The time between two plays, in milliseconds.
const BETWEEN_PLAYS_MS: u64 = 1_700_000;

const ARTISTS: usize = 120;
const TRACKS: usize = 240;
const PLAYS: usize = 160;
const PLAYLISTS: usize = 75;

/// A list of the library that is paged by its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    TopArtists,
    TopTracks,
    Playlists,
}

impl List {
    /// The path of its endpoint.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::TopArtists => "/v1/me/top/artists",
            Self::TopTracks => "/v1/me/top/tracks",
            Self::Playlists => "/v1/me/playlists",
        }
    }

    /// The scope that it takes.
    pub(crate) fn scope(self) -> &'static str {
        match self {
            Self::TopArtists | Self::TopTracks => "user-top-read",
            Self::Playlists => "playlist-read-private",
        }
    }

    /// Whether it knows `time_range`.
    pub(crate) fn has_range(self) -> bool {
        self != Self::Playlists
    }

    /// Its items in `range`, in order.
    pub(crate) fn items(self, origin: &str, range: Range) -> Vec<Value> {
        let shift = match range {
            Range::Short => 7,
            Range::Medium => 0,
            Range::Long => 31,
        };
        match self {
            Self::TopArtists => (0..ARTISTS)
                .map(|rank| artist(origin, (rank + shift) % ARTISTS))
                .collect(),
            Self::TopTracks => (0..TRACKS).map(|rank| track(origin, (rank + shift) % TRACKS)).collect(),
            // Spotify lists null where a playlist can't be shown.
            Self::Playlists => (0..PLAYLISTS)
                .map(|number| {
                    if number % 25 == 13 {
                        Value::Null
                    } else {
                        playlist(origin, number)
                    }
                })
                .collect(),
        }
    }
}

/// The time that a top list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range {
    Short,
    Medium,
    Long,
}

impl Range {
    /// Parses `time_range`; absent means medium.
    pub(crate) fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("medium_term") => Some(Self::Medium),
            Some("short_term") => Some(Self::Short),
            Some("long_term") => Some(Self::Long),
            Some(_) => None,
        }
    }
}

/// The plays, the last one first, each with the time at which it ended, in milliseconds since the Unix epoch.
pub(crate) fn plays(origin: &str) -> impl Iterator<Item = (u64, Value)> {
    (0..PLAYS).map(move |number| {
        let at = LAST_PLAY_MS - number as u64 * BETWEEN_PLAYS_MS;
        (
            at,
            json!({ "track": track(origin, number * 7 % TRACKS), "played_at": timestamp(at), "context": null }),
        )
    })
}

fn artist(origin: &str, number: usize) -> Value {
    let id = id("artist", number);
    let mut artist = json!({
        "id": id,
        "type": "artist",
        "uri": format!("spotify:artist:{id}"),
        "name": artist_name(number),
        "images": if number % 14 == 11 { json!([]) } else { images(origin, "artist", number) },
        "external_urls": { "spotify": format!("https://open.spotify.com/artist/{id}") },
        "genres": [GENRES[number % GENRES.len()]],
        "followers": { "href": null, "total": 1_000 + 977 * number },
        "popularity": 99 - number % 90,
    });
    // Development-mode apps get no more than this.
    if number % 3 == 1
        && let Some(fields) = artist.as_object_mut()
    {
        fields.retain(|name, _| !["genres", "followers", "popularity"].contains(&name.as_str()));
    }
    artist
}

fn track(origin: &str, number: usize) -> Value {
    let id = id("track", number);
    let by = artist(origin, number * 5 % ARTISTS);
    json!({
        "id": id,
        "type": "track",
        "uri": format!("spotify:track:{id}"),
        // A withdrawn track has no name.
        "name": if number % 60 == 41 { String::new() } else { title(number) },
        "artists": [{ "name": by["name"], "type": "artist", "external_urls": by["external_urls"] }],
        "album": { "name": title(number + 500), "images": images(origin, "album", number), "release_date": format!("{}", 1970 + number % 56) },
        "duration_ms": 120_000 + 1_371 * number,
        "explicit": number % 9 == 4,
        "external_urls": { "spotify": format!("https://open.spotify.com/track/{id}") },
        "is_playable": number % 17 != 3,
    })
}

fn playlist(origin: &str, number: usize) -> Value {
    let id = id("playlist", number);
    let mut playlist = json!({
        "id": id,
        "type": "playlist",
        "uri": format!("spotify:playlist:{id}"),
        "name": if number % 40 == 9 { String::new() } else { format!("{} for {}", capital(NOUNS[number % NOUNS.len()]), OCCASIONS[number % OCCASIONS.len()]) },
        "description": "",
        "images": match number % 12 {
            5 => Value::Null,
            11 => json!([]),
            _ => images(origin, "playlist", number),
        },
        "owner": { "display_name": "Ada Example", "id": "ada" },
        "public": number.is_multiple_of(4),
        "external_urls": { "spotify": format!("https://open.spotify.com/playlist/{id}") },
    });
    // The count was renamed from `tracks` to `items`.
    let count = json!({ "total": number * 11 % 400 });
    playlist[if number.is_multiple_of(5) { "tracks" } else { "items" }] = count;
    playlist
}

/// 22 letters and digits.
fn id(kind: &str, number: usize) -> String {
    format!("{number:04}standin0{kind:0<10}")
}

fn artist_name(number: usize) -> String {
    let (first, second) = (number % ADJECTIVES.len(), number / ADJECTIVES.len() % NOUNS.len());
    format!("The {} {}", ADJECTIVES[first], capital(NOUNS[second]))
}

fn title(number: usize) -> String {
    let adjective = ADJECTIVES[number * 3 % ADJECTIVES.len()];
    let (noun, place) = (NOUNS[number % NOUNS.len()], PLACES[number / NOUNS.len() % PLACES.len()]);
    format!("{adjective} {} {place}", capital(noun))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A time in milliseconds since the Unix epoch as RFC 3339 writes it, in UTC.
fn timestamp(ms: u64) -> String {
    let (days, rest) = (ms / 86_400_000, ms % 86_400_000);
    // The civil date of a day count, by Howard Hinnant's algorithm for dates after 1970.
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + u64::from(month <= 2);
    let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
    let (seconds, millis) = (rest / 1_000 % 60, rest % 1_000);
    format!("{year}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z")
}

const GENRES: [&str; 5] = ["chamber pop", "slow disco", "kitchen folk", "night jazz", "tin rock"];
const ADJECTIVES: [&str; 11] = [
    "Borrowed", "Quiet", "Seventh", "Paper", "Hollow", "Late", "Patient", "Crooked", "Velvet", "Distant", "Plain",
];
const NOUNS: [&str; 13] = [
    "umbrellas",
    "kettles",
    "lanterns",
    "staircases",
    "postcards",
    "harbours",
    "radiators",
    "orchards",
    "pencils",
    "ferries",
    "gloves",
    "windows",
    "magpies",
];
const PLACES: [&str; 7] = [
    "in the Rain",
    "after Midnight",
    "on Platform Nine",
    "at Low Tide",
    "without You",
    "in Reverse",
    "by Heart",
];
const OCCASIONS: [&str; 8] = [
    "a long drive",
    "doing the dishes",
    "rainy Sundays",
    "running late",
    "falling asleep",
    "small hours",
    "nobody in particular",
    "the kitchen",
];

#[cfg(test)]
mod tests {
    use super::{ARTISTS, LAST_PLAY_MS, List, PLAYLISTS, Range, id, plays, timestamp};

    #[test]
    fn times_are_written_as_rfc_3339_has_them() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(timestamp(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(timestamp(1_709_251_199_999), "2024-02-29T23:59:59.999Z");
        assert!(
            timestamp(LAST_PLAY_MS).starts_with("2026-11-2"),
            "{}",
            timestamp(LAST_PLAY_MS)
        );
    }

    #[test]
    fn ids_are_22_letters_and_digits() {
        for kind in ["artist", "track", "playlist"] {
            let id = id(kind, 7);
            assert!(
                id.len() == 22 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{id}"
            );
        }
    }

    #[test]
    fn the_ranges_have_the_same_items_in_another_order() {
        let names = |range| {
            List::TopArtists
                .items("", range)
                .iter()
                .map(|item| item["id"].to_string())
                .collect::<Vec<_>>()
        };
        let (short, long) = (names(Range::Short), names(Range::Long));
        assert_ne!(short, long);
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names.dedup();
            names
        };
        assert_eq!(sorted(short), sorted(long.clone()));
        assert_eq!(sorted(long).len(), ARTISTS);
    }

    #[test]
    fn there_are_null_items_empty_names_and_both_names_of_the_count() {
        let playlists = List::Playlists.items("", Range::Medium);
        assert_eq!(playlists.len(), PLAYLISTS);
        assert!(playlists.iter().any(serde_json::Value::is_null));
        assert!(playlists.iter().any(|playlist| playlist["name"] == ""));
        assert!(playlists.iter().any(|playlist| playlist["items"]["total"].is_u64()));
        assert!(playlists.iter().any(|playlist| playlist["tracks"]["total"].is_u64()));
        assert!(
            List::TopTracks
                .items("", Range::Medium)
                .iter()
                .any(|track| track["name"] == "")
        );
        assert!(
            plays("")
                .zip(plays("").skip(1))
                .all(|((later, _), (earlier, _))| later > earlier)
        );
    }
}
