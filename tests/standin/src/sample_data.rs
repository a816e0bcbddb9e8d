//! The sample data of the Web API: one user and two tracks, all fictitious.

use crate::{pictures::images, scope::Scopes};
use serde_json::{Value, json};

/// The default profile.
pub(crate) fn ada() -> Value {
    json!({
        "id": "ada",
        "type": "user",
        "uri": "spotify:user:ada",
        "href": "https://api.spotify.com/v1/users/ada",
        "external_urls": { "spotify": "https://open.spotify.com/user/ada" },
        "display_name": "Ada Example",
        "images": [],
        "followers": { "href": null, "total": 1234 },
        "country": "SE",
        "product": "premium",
        "explicit_content": { "filter_enabled": false, "filter_locked": false },
        "email": "ada@example.com",
    })
}

/// The part of a profile that these scopes allow to read.
pub(crate) fn visible(mut profile: Value, scopes: &Scopes) -> Value {
    let guarded = [
        ("country", "user-read-private"),
        ("product", "user-read-private"),
        ("explicit_content", "user-read-private"),
        ("email", "user-read-email"),
    ];
    if let Some(fields) = profile.as_object_mut() {
        fields.retain(|name, _| {
            guarded
                .iter()
                .all(|(field, scope)| field != name || scopes.contains(scope))
        });
    }
    profile
}

/// A track by its ID.
pub(crate) fn track(origin: &str, id: &str) -> Option<Value> {
    match id {
        "1standin0track0one0000" => Some(json!({
            "id": id,
            "type": "track",
            "uri": format!("spotify:track:{id}"),
            "name": "Kettle on a Quiet Sunday",
            "artists": [artist("The Borrowed Umbrellas"), artist("Nora Pebble")],
            "album": { "name": "Things Left on Trains", "images": images(origin, "album", 1000), "release_date": "2019-03-08" },
            "duration_ms": 214_000,
            "explicit": false,
            "external_urls": { "spotify": format!("https://open.spotify.com/track/{id}") },
            "is_playable": true,
        })),
        "2standin0track0two0000" => Some(json!({
            "id": id,
            "type": "track",
            "uri": format!("spotify:track:{id}"),
            "name": "Seventeen Wrong Lifts",
            "artists": [artist("Basement Weather")],
            "album": { "name": "Out of Order", "images": images(origin, "album", 1001), "release_date": "2004" },
            "duration_ms": 3_723_000,
            "explicit": true,
            "external_urls": { "spotify": format!("https://open.spotify.com/track/{id}") },
            "is_playable": false,
            "restrictions": { "reason": "market" },
        })),
        _ => None,
    }
}

fn artist(name: &str) -> Value {
    json!({ "name": name, "type": "artist", "external_urls": {} })
}

/// The IDs of the existing tracks: a playable one, and one that is unavailable in the user's market.
pub const TRACKS: [&str; 2] = ["1standin0track0one0000", "2standin0track0two0000"];
