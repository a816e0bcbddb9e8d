use super::{ListItem, ListPage, NextPage};

fn read(items: &str) -> ListPage {
    serde_json::from_str(&format!(r#"{{"items":{items},"next":null}}"#)).expect("a page")
}

fn one(item: &str) -> ListItem {
    let mut page = read(&format!("[{item}]"));
    assert_eq!(page.items.len(), 1, "{item}");
    page.items.remove(0)
}

#[test]
fn h5_each_kind_of_item_is_read() {
    let artist = one(
        r#"{"name":"The Quiet Kettles","images":[{"url":"https://i.example/1","width":64}],
        "external_urls":{"spotify":"https://open.spotify.com/artist/1"}}"#,
    );
    assert_eq!(artist.name.as_deref(), Some("The Quiet Kettles"));
    assert_eq!(artist.page.as_deref(), Some("https://open.spotify.com/artist/1"));
    assert_eq!(artist.images.len(), 1);
    let track = r#"{"name":"Late","artists":[{"name":"A"},{"name":null},{"name":"B"}],"album":{"images":[{"url":"https://i.example/2"}]}}"#;
    let read = one(track);
    assert_eq!((read.artists.join("+").as_str(), read.images.len()), ("A+B", 1));
    let play = one(&format!(
        r#"{{"track":{track},"played_at":"2026-11-27T10:00:00.000Z"}}"#
    ));
    assert_eq!(play.name.as_deref(), Some("Late"));
    assert_eq!(play.played_at.as_deref(), Some("2026-11-27T10:00:00.000Z"));
    for count in [
        r#""items":{"total":7}"#,
        r#""tracks":{"total":7}"#,
        r#""items":{"total":7},"tracks":{"total":9}"#,
    ] {
        assert_eq!(one(&format!(r#"{{"name":"Mix",{count}}}"#)).tracks, Some(7), "{count}");
    }
}

#[test]
fn h5_null_items_are_left_out_and_an_odd_one_loses_nothing_else() {
    let page = read(r#"[null,{"name":"one"},5,"two",{"name":{"odd":1}},{"name":"three","images":7}]"#);
    let names: Vec<_> = page.items.iter().map(|item| item.name.as_deref()).collect();
    assert_eq!(names, [Some("one"), None, Some("three")]);
    assert_eq!(read("[null,null]").items, []);
}

#[test]
fn h5_a_name_that_can_not_be_seen_is_none() {
    for name in ["", " ", "\u{3164}", "\u{200b}"] {
        assert_eq!(one(&format!(r#"{{"name":"{name}"}}"#)).name, None, "{name:?}");
    }
}

#[test]
fn h5_a_page_without_a_list_is_an_error() {
    for body in ["{}", r#"{"items":null}"#, r#"{"items":{}}"#, "[]", "null"] {
        assert!(serde_json::from_str::<ListPage>(body).is_err(), "{body}");
    }
}

#[test]
fn h6_what_is_omitted_and_what_the_whole_list_has_is_counted() {
    let page = read(r#"[null,{"name":"one"},5]"#);
    assert_eq!((page.omitted, page.total), (2, None));
    let page: ListPage = serde_json::from_str(r#"{"items":[],"total":120.0}"#).expect("a page");
    assert_eq!((page.omitted, page.total, page.next), (0, Some(120), None));
}

#[test]
fn h6_an_item_is_known_by_its_uri_or_id_and_a_play_by_its_time_too() {
    let play = |uri: &str, at: &str| one(&format!(r#"{{"track":{{"uri":"{uri}"}},"played_at":"{at}"}}"#));
    assert!(play("a", "1").is_same(&play("a", "1")));
    assert!(!play("a", "1").is_same(&play("a", "2")));
    assert!(!play("a", "1").is_same(&play("b", "1")));
    let item = |text: &str| one(&format!("{{{text}}}"));
    assert!(item(r#""id":"1""#).is_same(&item(r#""id":"1","name":"x""#)));
    assert!(item(r#""id":"1","uri":"u""#).is_same(&item(r#""uri":"u""#)));
    assert!(!item(r#""name":"x""#).is_same(&item(r#""name":"x""#)));
}

#[test]
fn h6_the_next_page_is_the_query_of_its_url_at_the_endpoint_that_was_asked() {
    let next = |url: &str| {
        let page = ListPage {
            next: Some(url.to_owned()),
            ..ListPage::default()
        };
        page.next_page("/me/playlists?limit=20", "https://api.example/v1")
    };
    for url in [
        "https://api.example/v1/me/playlists?offset=20",
        "http://api.example/v1/me/playlists?offset=20",
        "https://API.Example/v1/me/playlists?offset=20",
        "https://api.example:443/v1/me/playlists?offset=20#x",
        "/v1/me/playlists?offset=20",
        "?offset=20",
        "//api.example/v1/me/playlists?offset=20",
        "https://api.spotify.com/v1/me/playlists?offset=20",
        "https://api.example/v1/users/ada/playlists?offset=20",
    ] {
        assert_eq!(next(url), NextPage::At("/me/playlists?offset=20".into()), "{url}");
    }
    for url in [
        "https://evil.example/v1/me/playlists?offset=20",
        "https://api.example@evil.example/v1/me/playlists?offset=20",
        "https://api.example:x@evil.example/v1/me/playlists?offset=20",
        "https://api.example.evil.example/v1/me/playlists?offset=20",
        "//evil.example/v1/me/playlists?offset=20",
        "https://api.example/v1/me/playlists",
        "https://api.example/v1/me/playlists#?offset=20",
        "",
    ] {
        assert_eq!(next(url), NextPage::Unreachable, "{url}");
    }
    assert_eq!(ListPage::default().next_page("/me", ""), NextPage::None);
}
