//! A client and a pending login for tests.

use super::{Client, Flow, PendingLogin, ReturnPath, Scopes, TokenStorage, pairs};

/// The time at which [`pending`] began, in milliseconds since the Unix epoch.
pub const NOW: u64 = 1_800_000_000_000;

pub fn client() -> Client {
    Client {
        flow: Flow::Implicit,
        client_id: "client".to_owned(),
        redirect_uri: "http://127.0.0.1:8888/callback".to_owned(),
        issuer: None,
        authorize_url: "https://accounts.example/authorize".to_owned(),
        token_url: "https://accounts.example/api/token".to_owned(),
        api_url: "https://api.example/v1".to_owned(),
    }
}

pub fn pending() -> PendingLogin {
    PendingLogin {
        client: client(),
        scopes: Scopes::parse("user-read-private user-read-email"),
        verifier: None,
        return_to: ReturnPath::parse("/profile").expect("a path"),
        token_storage: TokenStorage::Session,
        created_at: NOW,
    }
}

/// The parameters of a form-encoded text, sorted by name. Each must decode and stand once.
pub(super) fn parameters(form: &str) -> Vec<(String, String)> {
    let mut list: Vec<_> = pairs(form)
        .map(|(name, value)| (name.expect("a name"), value.expect("a value")))
        .collect();
    list.sort_unstable();
    assert!(
        list.windows(2).all(|pair| pair[0].0 != pair[1].0),
        "a repeated parameter in {form}"
    );
    list
}

pub(super) fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
