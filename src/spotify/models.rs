//! What the Web API sends. Everything but an id may be missing, null or of a kind that we don't know; a field that does not
//! fit is left out, it does not spoil the rest.

use serde::{Deserialize, Deserializer};

use crate::json::Value;

/// The signed-in person (`GET /me`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Profile {
    /// The Spotify ID.
    pub id: String,
    /// The name to show; many accounts have none.
    #[serde(default, deserialize_with = "text")]
    pub display_name: Option<String>,
    /// E-mail address, unverified. Needs `user-read-email`.
    #[serde(default, deserialize_with = "text")]
    pub email: Option<String>,
    /// Country, ISO 3166-1 alpha-2. Needs `user-read-private`.
    #[serde(default, deserialize_with = "text")]
    pub country: Option<String>,
    /// Kind of plan: `premium`, `free` or `open`. Needs `user-read-private`.
    #[serde(default, deserialize_with = "text")]
    pub product: Option<String>,
    /// Followers.
    #[serde(default)]
    pub followers: Followers,
    /// Pictures of the person, in several sizes.
    #[serde(default, deserialize_with = "list")]
    pub images: Vec<Image>,
    /// Pages of the person.
    #[serde(default)]
    pub external_urls: ExternalUrls,
}

/// How many follow somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followers {
    /// The number, when it was sent.
    pub total: Option<u64>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its address; https only, see [`https`].
    pub url: String,
    /// Its width in pixels, when known.
    pub width: Option<u64>,
}

/// Links to pages outside the Web API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalUrls {
    /// The page on Spotify; https only, see [`https`].
    pub spotify: Option<String>,
}

impl Profile {
    /// The display name, or the id where there is none.
    pub fn name(&self) -> &str {
        let name = self.display_name.as_deref().unwrap_or_default();
        if name.trim().is_empty() { &self.id } else { name }
    }

    /// The smallest picture that is at least `pixels` wide, else the largest, else the first.
    pub fn picture(&self, pixels: u64) -> Option<&Image> {
        let wide_enough = self.images.iter().filter(|image| image.width >= Some(pixels));
        wide_enough
            .min_by_key(|image| image.width)
            .or_else(|| self.images.iter().rev().max_by_key(|image| image.width))
    }
}

/// `url`, when it is an https URL. Nothing else from the Web API becomes a link or a picture.
pub fn https(url: &str) -> Option<&str> {
    let scheme = url.get(..8)?;
    (scheme.eq_ignore_ascii_case("https://") && !url.contains(char::is_control)).then_some(url)
}

fn https_text(value: Option<&Value>) -> Option<String> {
    https(value?.as_str()?).map(str::to_owned)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn count(value: Option<&Value>) -> Option<u64> {
    match value {
        Some(Value::Number(number)) if *number >= 0.0 => Some(*number as u64),
        _ => None,
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Image>, D::Error> {
    let Value::Array(items) = Value::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    let image = |item: &Value| {
        let url = https_text(item.get("url"))?;
        Some(Image {
            url,
            width: count(item.get("width")),
        })
    };
    Ok(items.iter().filter_map(image).collect())
}

impl<'de> Deserialize<'de> for Followers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self {
            total: count(value.get("total")),
        })
    }
}

impl<'de> Deserialize<'de> for ExternalUrls {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self {
            spotify: https_text(value.get("spotify")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Profile, https};
    use crate::json::from_str;

    fn read(text: &str) -> Profile {
        from_str(text).expect("a profile")
    }

    #[test]
    fn a_full_profile_is_read() {
        let profile = read(
            r#"{"id":"ada","display_name":"Ada","email":"a@example.com","country":"SE","product":"premium","type":"user",
                "followers":{"href":null,"total":12},"external_urls":{"spotify":"https://open.spotify.com/user/ada"},
                "images":[{"url":"https://i.example/640","width":640,"height":640},{"url":"https://i.example/64","width":64}]}"#,
        );
        assert_eq!(profile.name(), "Ada");
        assert_eq!(profile.followers.total, Some(12));
        assert_eq!(
            profile.external_urls.spotify.as_deref(),
            Some("https://open.spotify.com/user/ada")
        );
        assert_eq!(
            profile.picture(160).map(|image| image.url.as_str()),
            Some("https://i.example/640")
        );
        assert_eq!(
            profile.picture(32).map(|image| image.url.as_str()),
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
        assert!(from_str::<Profile>(r#"{"display_name":"Ada"}"#).is_err());
        assert!(from_str::<Profile>("[]").is_err());
    }

    #[test]
    fn t6_links_and_pictures_are_https_only() {
        let hostile = read(
            r#"{"id":"x","external_urls":{"spotify":"javascript:alert(1)"},
                "images":[{"url":"http://i.example"},{"url":"data:image/png,x"},{"url":null},null,{"url":"https://i.example"}]}"#,
        );
        assert_eq!(hostile.external_urls.spotify, None);
        assert_eq!(hostile.images.len(), 1);
        assert_eq!(
            hostile.picture(1).map(|image| image.url.as_str()),
            Some("https://i.example")
        );
        for bad in ["", "https:/x", "https//x", "//x", "\thttps://x", "https://x\n"] {
            assert_eq!(https(bad), None, "{bad:?}");
        }
        assert_eq!(https("HTTPS://x"), Some("HTTPS://x"));
    }
}
