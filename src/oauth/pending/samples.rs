//! A binding and a log-in in flight to test with.

use crate::oauth::{Binding, Flow, Pending, ReturnTo, Scopes, TokenStorage, pairs};

pub const NOW: u64 = 1_800_000_000_000;

pub fn binding() -> Binding {
    Binding {
        flow: Flow::Implicit,
        client_id: "client".to_owned(),
        redirect_uri: "http://127.0.0.1:8888/callback".to_owned(),
        issuer: None,
        authorize_url: "https://accounts.example/authorize".to_owned(),
        token_url: "https://accounts.example/api/token".to_owned(),
        api_url: "https://api.example/v1".to_owned(),
    }
}

pub fn pending() -> Pending {
    Pending {
        binding: binding(),
        scopes: Scopes::parse("user-read-private user-read-email"),
        verifier: None,
        return_to: ReturnTo::default(),
        token_storage: TokenStorage::Session,
        created_at: NOW,
    }
}

/// The parameters of a form-encoded text, sorted by name. Each must decode and stand once.
pub fn parameters(form: &str) -> Vec<(String, String)> {
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

pub fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
