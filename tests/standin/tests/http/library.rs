//! The library: scopes, pages, cursors, and what is refused.

use crate::client::{bearer, start, token};
use serde_json::{Value, json};
use standin::Standin;

const LISTS: [(&str, &str); 4] = [
    ("/v1/me/top/artists", "user-top-read"),
    ("/v1/me/top/tracks", "user-top-read"),
    ("/v1/me/player/recently-played", "user-read-recently-played"),
    ("/v1/me/playlists", "playlist-read-private"),
];

/// All pages from `path` on, following `next`.
fn pages(standin: &Standin, path: &str, token: &str) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut path = path.to_owned();
    loop {
        let page = bearer(standin, &path, token).json();
        let next = page["next"].as_str().map(str::to_owned);
        pages.push(page);
        match next {
            Some(next) => path = next.strip_prefix(standin.origin()).expect("of this origin").to_owned(),
            None => return pages,
        }
    }
}

fn items(pages: &[Value]) -> Vec<&Value> {
    pages
        .iter()
        .flat_map(|page| page["items"].as_array().expect("items"))
        .collect()
}

#[test]
fn each_list_takes_its_scope() {
    let standin = start();
    let without = token(&standin, "user-read-email");
    for (path, scope) in LISTS {
        let refused = bearer(&standin, path, &without);
        assert_eq!(
            (refused.status, refused.message().as_str()),
            (403, "Insufficient client scope"),
            "{path}"
        );
        assert_eq!(bearer(&standin, path, &token(&standin, scope)).status, 200, "{path}");
        assert_eq!(bearer(&standin, path, "made-up-token").status, 401, "{path}");
    }
}

#[test]
fn pages_follow_each_other_to_the_end() {
    let standin = start();
    let token = token(
        &standin,
        "user-top-read+playlist-read-private+user-read-recently-played",
    );
    for (path, count) in [
        ("/v1/me/top/artists", 120),
        ("/v1/me/top/tracks?limit=50&time_range=short_term", 240),
        ("/v1/me/playlists?limit=7", 75),
        ("/v1/me/player/recently-played?limit=50", 160),
    ] {
        let pages = pages(&standin, path, &token);
        assert_eq!(items(&pages).len(), count, "{path}");
        let mut ids: Vec<_> = items(&pages)
            .into_iter()
            .filter_map(|item| item["played_at"].as_str().or_else(|| item["id"].as_str()))
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{path} repeats an item");
    }
}

#[test]
fn a_page_tells_where_it_is() {
    let standin = start();
    let token = token(&standin, "user-top-read");
    let page = bearer(
        &standin,
        "/v1/me/top/artists?offset=100&limit=15&time_range=long_term",
        &token,
    )
    .json();
    assert_eq!(
        (&page["offset"], &page["limit"], &page["total"]),
        (&json!(100), &json!(15), &json!(120))
    );
    let origin = standin.origin();
    let url = |offset| {
        json!(format!(
            "{origin}/v1/me/top/artists?offset={offset}&limit=15&time_range=long_term"
        ))
    };
    assert_eq!((&page["next"], &page["previous"]), (&url(115), &url(85)));
    let beyond = bearer(&standin, "/v1/me/top/artists?offset=500", &token).json();
    assert_eq!((&beyond["items"], &beyond["next"]), (&json!([]), &Value::Null));
}

#[test]
fn what_spotify_refuses_is_refused() {
    let standin = start();
    let token = token(
        &standin,
        "user-top-read+playlist-read-private+user-read-recently-played",
    );
    for path in [
        "/v1/me/top/artists?limit=0",
        "/v1/me/top/artists?limit=51",
        "/v1/me/top/tracks?time_range=ever",
        "/v1/me/top/tracks?offset=-1",
        "/v1/me/playlists?time_range=short_term",
        "/v1/me/player/recently-played?before=x",
        "/v1/me/playlists?limit=1&limit=2",
    ] {
        assert_eq!(bearer(&standin, path, &token).status, 400, "{path}");
    }
}
