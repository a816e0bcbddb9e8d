//! Feeds the readers of untrusted text what libFuzzer comes up with: the authorization response, the stored records, the
//! configuration, the Web API's answers. Nothing may panic, and what is accepted must hold what the types promise.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stagedoor::config::Config;
use stagedoor::json;
use stagedoor::oauth::{Body, EXPIRES_IN_MAX_S, Response, ReturnTo, StoredLogIn, encode, unique};
use stagedoor::spotify::{ApiError, Image, Profile, Track, https};

fuzz_target!(|input: (&str, &str)| {
    let (one, other) = input;
    response(one, other);
    records(one);
    if let Some(path) = ReturnTo::parse(one) {
        assert!(path.as_str().starts_with('/') && !path.as_str().starts_with("//"));
    }
    models(one);
    if let Ok(value) = json::parse(one) {
        let _ = Config::read(value, "https://app.example/");
    }
    let _ = ApiError::from_answer(403, Some(other), one);
});

fn response(query: &str, fragment: &str) {
    let Ok(response) = Response::parse(query, fragment) else {
        return;
    };
    if let Body::Token(token) = response.body {
        assert!(token.expires_in <= EXPIRES_IN_MAX_S);
        assert!(
            token
                .access_token
                .expose_secret()
                .bytes()
                .all(|byte| byte.is_ascii_graphic())
        );
        assert!(!query.contains("access_token="), "a token in the query is refused");
    }
}

fn records(text: &str) {
    if let Some(entry) = StoredLogIn::parse(text) {
        assert_eq!(StoredLogIn::parse(&entry.to_text()), Some(entry));
    }
    if let Ok(record) = unique(text) {
        let written = encode(record.iter());
        assert_eq!(unique(&written), Ok(record));
    }
}

fn models(text: &str) {
    if let Ok(profile) = serde_json::from_str::<Profile>(text) {
        assert_https(profile.page.as_deref(), &profile.images);
    }
    if let Ok(track) = serde_json::from_str::<Track>(text) {
        assert_https(track.page.as_deref(), &track.images);
    }
}

fn assert_https(page: Option<&str>, images: &[Image]) {
    let images = images.iter().map(|image| image.url.as_str());
    assert!(page.into_iter().chain(images).all(|url| https(url).is_some()));
}
