//! What the Web API sends. Everything but an id may be missing, null or of a kind that we don't know; a field that does not
//! fit is left out, it does not spoil the rest.

use crate::json::Value;

/// Something that the Web API sends.
pub trait Model: Sized {
    /// Reads it. `None` when what makes it what it is, such as an id, is missing.
    fn read(value: &Value) -> Option<Self>;
}

/// The signed-in person (`GET /me`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The Spotify ID.
    pub id: String,
    /// The name to show; many accounts have none.
    pub display_name: Option<String>,
    /// E-mail address, unverified. Needs `user-read-email`.
    pub email: Option<String>,
    /// Country, ISO 3166-1 alpha-2. Needs `user-read-private`.
    pub country: Option<String>,
    /// Kind of plan: `premium`, `free` or `open`. Needs `user-read-private`.
    pub product: Option<String>,
    /// How many follow the person.
    pub followers: Option<u64>,
    /// Pictures of the person, in several sizes.
    pub images: Vec<Image>,
    /// The person's page on Spotify; https only, see [`https`].
    pub page: Option<String>,
}

/// A track (`GET /tracks/{id}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Its title.
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
    /// Whether it can be played where the person is.
    pub is_playable: bool,
    /// Its page on Spotify; https only, see [`https`].
    pub page: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its address; https only, see [`https`].
    pub url: String,
    /// Its width in pixels, when known.
    pub width: Option<u64>,
}

impl Model for Profile {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            id: value.text("id")?,
            display_name: value.text("display_name"),
            email: value.text("email"),
            country: value.text("country"),
            product: value.text("product"),
            followers: value.get("followers").and_then(|followers| followers.count("total")),
            images: images(value),
            page: page(value),
        })
    }
}

impl Model for Track {
    fn read(value: &Value) -> Option<Self> {
        let artists = value.get("artists").map(Value::items).unwrap_or_default();
        let album = value.get("album");
        Some(Self {
            name: value.text("name")?,
            artists: artists.iter().filter_map(|artist| artist.text("name")).collect(),
            album: album.and_then(|album| album.text("name")),
            images: album.map(images).unwrap_or_default(),
            duration_ms: value.count("duration_ms"),
            explicit: value.get("explicit") == Some(&Value::Bool(true)),
            is_playable: value.get("is_playable") != Some(&Value::Bool(false)),
            page: page(value),
        })
    }
}

impl Profile {
    /// The display name, or the id where there is none.
    pub fn name(&self) -> &str {
        let name = self.display_name.as_deref().unwrap_or_default();
        if name.trim().is_empty() { &self.id } else { name }
    }
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

/// `url`, when it is an https URL. Nothing else from the Web API becomes a link or a picture.
pub fn https(url: &str) -> Option<&str> {
    let scheme = url.get(..8)?;
    (scheme.eq_ignore_ascii_case("https://") && !url.contains(char::is_control)).then_some(url)
}

fn https_text(value: &Value, name: &str) -> Option<String> {
    https(value.get(name)?.as_str()?).map(str::to_owned)
}

fn images(value: &Value) -> Vec<Image> {
    let image = |item: &Value| {
        let url = https_text(item, "url")?;
        let width = item.count("width");
        Some(Image { url, width })
    };
    let list = value.get("images").map(Value::items).unwrap_or_default();
    list.iter().filter_map(image).collect()
}

fn page(value: &Value) -> Option<String> {
    https_text(value.get("external_urls")?, "spotify")
}

#[cfg(test)]
mod tests {
    use super::{Image, Model, Profile, Track, https};
    use crate::json;

    fn read(text: &str) -> Profile {
        try_read(text).expect("a profile")
    }

    fn try_read(text: &str) -> Option<Profile> {
        Profile::read(&json::parse(text).expect("JSON"))
    }

    #[test]
    fn a_full_profile_is_read() {
        let profile = read(
            r#"{"id":"ada","display_name":"Ada","email":"a@example.com","country":"SE","product":"premium","type":"user",
                "followers":{"href":null,"total":12},"external_urls":{"spotify":"https://open.spotify.com/user/ada"},
                "images":[{"url":"https://i.example/640","width":640,"height":640},{"url":"https://i.example/64","width":64}]}"#,
        );
        assert_eq!(profile.name(), "Ada");
        assert_eq!(profile.followers, Some(12));
        assert_eq!(profile.page.as_deref(), Some("https://open.spotify.com/user/ada"));
        assert_eq!(
            Image::at_least(160, &profile.images).map(|image| image.url.as_str()),
            Some("https://i.example/640")
        );
        assert_eq!(
            Image::at_least(32, &profile.images).map(|image| image.url.as_str()),
            Some("https://i.example/64")
        );
    }

    #[test]
    fn h5_everything_but_the_id_may_be_missing_null_or_odd() {
        assert_eq!(
            read(r#"{"id":"ada"}"#),
            Profile {
                id: "ada".into(),
                ..Profile::default()
            }
        );
        let odd = read(
            r#"{"id":"ada","display_name":null,"email":5,"country":{},"product":[],"followers":null,"images":"none",
                "external_urls":[]}"#,
        );
        assert_eq!(
            odd,
            Profile {
                id: "ada".into(),
                ..Profile::default()
            }
        );
        assert_eq!(odd.name(), "ada");
        assert_eq!(read(r#"{"id":"ada","display_name":"  "}"#).name(), "ada");
        assert_eq!(try_read(r#"{"display_name":"Ada"}"#), None);
        assert_eq!(try_read("[]"), None);
    }

    #[test]
    fn a_track_is_read_and_what_does_not_fit_is_left_out() {
        let track = |text: &str| Track::read(&json::parse(text).expect("JSON"));
        let full = track(
            r#"{"name":"Kettle","artists":[{"name":"A"},{"name":5},{"name":"B"}],"explicit":true,"is_playable":false,
                "duration_ms":214000,"album":{"name":"Trains","images":[{"url":"https://i.example","width":300}]},
                "external_urls":{"spotify":"https://open.spotify.com/track/x"}}"#,
        )
        .expect("a track");
        assert_eq!(full.artists, ["A", "B"]);
        assert_eq!((full.explicit, full.is_playable), (true, false));
        assert_eq!((full.album.as_deref(), full.images.len()), (Some("Trains"), 1));
        let odd =
            track(r#"{"name":"Kettle","artists":null,"album":5,"explicit":"yes","duration_ms":-1}"#).expect("a track");
        assert_eq!((odd.explicit, odd.is_playable), (false, true));
        assert_eq!((odd.album, odd.duration_ms, odd.page), (None, None, None));
        assert_eq!(track(r#"{"artists":[]}"#), None);
    }

    #[test]
    fn t6_links_and_pictures_are_https_only() {
        let hostile = read(
            r#"{"id":"x","external_urls":{"spotify":"javascript:alert(1)"},
                "images":[{"url":"http://i.example"},{"url":"data:image/png,x"},{"url":null},null,{"url":"https://i.example"}]}"#,
        );
        assert_eq!(hostile.page, None);
        assert_eq!(hostile.images.len(), 1);
        assert_eq!(
            Image::at_least(1, &hostile.images).map(|image| image.url.as_str()),
            Some("https://i.example")
        );
        for bad in ["", "https:/x", "https//x", "//x", "\thttps://x", "https://x\n"] {
            assert_eq!(https(bad), None, "{bad:?}");
        }
        assert_eq!(https("HTTPS://x"), Some("HTTPS://x"));
    }
}
