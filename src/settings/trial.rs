//! A client ID that the owner of an app tries before it is configured: stored for this tab, never used in place of a configured one.

use stagedoor::Flow;
use stagedoor::error::StorageRefused;
use stagedoor::internals::browser::storage::TabStore;
use stagedoor::internals::store::Store;

use crate::config::Config;

/// Key of the client ID in this tab's storage. It is public.
const KEY: &str = "trial-client-id";

/// The client ID in `text`: letters and digits, as Spotify makes them, and the other unreserved characters.
pub fn client_id(text: &str) -> Option<&str> {
    let text = text.trim();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (!text.is_empty() && text.bytes().all(fits)).then_some(text)
}

/// Stores a client ID to try.
///
/// # Errors
/// [`StorageRefused`].
pub(super) fn store(client_id: &str) -> Result<(), StorageRefused> {
    TabStore.set(KEY, &client_id)
}

/// Removes the client ID that was tried.
pub(super) fn remove() {
    TabStore.remove(KEY);
}

/// The configuration with the client ID that is tried in this tab, where none is configured.
pub(super) fn with_trial(config: Config) -> Config {
    apply(config, TabStore.get::<String>(KEY).as_deref())
}

/// A trial uses the code flow, which every current server offers.
fn apply(mut config: Config, tried: Option<&str>) -> Config {
    if let (true, Some(id)) = (config.client.client_id.is_empty(), tried.and_then(client_id)) {
        config.client.client_id = id.to_owned();
        config.client.flow = Flow::Pkce;
        config.is_trial = true;
    }
    config
}

#[cfg(test)]
mod tests {
    use super::{apply, client_id};
    use crate::config::tests::config;
    use stagedoor::Flow;

    #[test]
    fn a_client_id_is_one_word() {
        assert_eq!(client_id(" 0123abc\n"), Some("0123abc"));
        for bad in ["", " ", "a b", "<b>", "ä", "\"x\""] {
            assert_eq!(client_id(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_trial_fills_a_gap_and_replaces_nothing() {
        let tried = apply(config("{}"), Some("abc"));
        assert_eq!((tried.client.client_id.as_str(), tried.is_trial), ("abc", true));
        assert_eq!(tried.client.flow, Flow::Pkce);
        let configured = config(r#"{"client_id":"own"}"#);
        assert_eq!(apply(configured.clone(), Some("abc")), configured);
        assert_eq!(apply(config("{}"), None), config("{}"));
        assert_eq!(apply(config("{}"), Some("<b>")), config("{}"));
    }
}
