//! What a session has to know of an app: its client, what its logins ask for, and where the token is kept.

use crate::oauth::{Client, FurtherParameters, Scopes, TokenStorage};

/// The configuration of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthConfig {
    /// The OAuth client, with its servers.
    pub client: Client,
    /// The scopes that a login requests unless others are named.
    pub scopes: Scopes,
    /// What the authorization request carries beside the parameters of the protocol.
    pub further: FurtherParameters,
    /// Where the session keeps its tokens.
    pub token_storage: TokenStorage,
}

#[cfg(test)]
impl AuthConfig {
    /// A configuration for this client, and nothing else.
    pub fn sample(client: Client) -> Self {
        Self {
            client,
            scopes: Scopes::default(),
            further: FurtherParameters::default(),
            token_storage: TokenStorage::Session,
        }
    }
}
