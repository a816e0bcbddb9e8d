//! A binding and a log-in in flight to test with.

use crate::oauth::{Binding, Flow, Pending, ReturnTo, Scopes, TokenStorage};

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
