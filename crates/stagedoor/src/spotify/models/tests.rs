use super::{Image, Profile, Restriction, Track, https};

fn read(text: &str) -> Profile {
    try_read(text).expect("a profile")
}

fn try_read(text: &str) -> Option<Profile> {
    serde_json::from_str(text).ok()
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
fn h5_everything_but_the_id_may_be_missing_null_or_of_another_type() {
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
    for bad in ["[]", "null", "5", r#"{"id":5}"#, "<html>", "", r#"{"id":"ada""#] {
        assert_eq!(try_read(bad), None, "{bad}");
    }
}

#[test]
fn h5_an_empty_string_counts_as_absent() {
    let profile = read(r#"{"id":"ada","email":"","country":"","display_name":""}"#);
    assert_eq!(profile, read(r#"{"id":"ada"}"#));
}

#[test]
fn h5_a_name_of_invisible_characters_counts_as_none() {
    for name in [
        "\u{3164}",
        "\u{2800}\u{2800}",
        "\u{200b}",
        " \u{a0}\u{feff}",
        "\u{202e}",
        "\u{7}",
    ] {
        let profile = Profile {
            id: "ada".into(),
            display_name: Some(name.into()),
            ..Profile::default()
        };
        assert_eq!(profile.name(), "ada", "{name:?}");
    }
    for name in ["A", "\u{200b}A", "🎵", "ع", "\u{2800}x"] {
        let profile = Profile {
            display_name: Some(name.into()),
            ..Profile::default()
        };
        assert_eq!(profile.name(), name);
    }
}

#[test]
fn h5_a_withdrawn_track_has_empty_names_and_no_length() {
    let body = r#"{"name":"","artists":[{"name":""}],"album":{"name":"","images":[]},"duration_ms":0}"#;
    let track: Track = serde_json::from_str(body).expect("a track");
    assert!(track.is_withdrawn());
    assert_eq!((track.artists.len(), track.album, track.duration_ms), (0, None, None));
}

#[test]
fn h5_a_track_is_read_and_what_does_not_fit_is_left_out() {
    let track = |text: &str| serde_json::from_str::<Track>(text).ok();
    let full = track(
        r#"{"name":"Kettle","artists":[{"name":"A"},{"name":5},{"name":"B"}],"explicit":true,"is_playable":false,
            "duration_ms":214000,"album":{"name":"Trains","images":[{"url":"https://i.example","width":300}]},
            "external_urls":{"spotify":"https://open.spotify.com/track/x"}}"#,
    )
    .expect("a track");
    assert_eq!(full.artists, ["A", "B"]);
    assert_eq!((full.explicit, full.restriction), (true, Some(Restriction::Market)));
    assert_eq!((full.album.as_deref(), full.images.len()), (Some("Trains"), 1));
    let odd =
        track(r#"{"name":"Kettle","artists":null,"album":5,"explicit":"yes","duration_ms":-1}"#).expect("a track");
    assert_eq!((odd.explicit, odd.restriction), (false, None));
    assert_eq!((odd.album, odd.duration_ms, odd.page), (None, None, None));
    assert_eq!(track(r#"{"artists":[]}"#), None);
}

#[test]
fn t6_links_are_https_and_pictures_https_or_loopback() {
    let hostile = read(
        r#"{"id":"x","external_urls":{"spotify":"javascript:alert(1)"},
            "images":[{"url":"http://i.example"},{"url":"data:image/png,x"},{"url":null},null,{"url":"https://i.example"},
            {"url":"http://127.0.0.1.evil.example"},{"url":"http://localhost:1/x"},{"url":"http://127.0.0.1:1/x"}]}"#,
    );
    assert_eq!(hostile.page, None);
    assert_eq!(hostile.images.len(), 2);
    assert_eq!(hostile.images[1].url, "http://127.0.0.1:1/x");
    assert_eq!(
        Image::at_least(1, &hostile.images[..1]).map(|image| image.url.as_str()),
        Some("https://i.example")
    );
    for bad in ["", "https:/x", "https//x", "//x", "\thttps://x", "https://x\n"] {
        assert_eq!(https(bad), None, "{bad:?}");
    }
    assert_eq!(https("HTTPS://x"), Some("HTTPS://x"));
}

#[test]
fn h5_why_a_track_can_not_be_played_is_told_apart() {
    let restriction = |fields: &str| {
        let track: Track = serde_json::from_str(&format!(r#"{{"name":"Kettle"{fields}}}"#)).expect("a track");
        track.restriction
    };
    for (fields, expected) in [
        ("", None),
        (r#","is_playable":true"#, None),
        (r#","is_playable":true,"restrictions":{"reason":"market"}"#, None),
        (r#","restrictions":{}"#, None),
        (r#","is_playable":false"#, Some(Restriction::Market)),
        (
            r#","is_playable":false,"restrictions":{"reason":"explicit"}"#,
            Some(Restriction::Explicit),
        ),
        (r#","restrictions":{"reason":"product"}"#, Some(Restriction::Product)),
        (r#","restrictions":{"reason":"market"}"#, Some(Restriction::Market)),
        (r#","restrictions":{"reason":"moon"}"#, Some(Restriction::Unknown)),
    ] {
        assert_eq!(restriction(fields), expected, "{fields}");
    }
}
