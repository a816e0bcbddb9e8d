//! From a deployment that is configured for the implicit grant, where its server refuses that, to the authorization code with
//! PKCE: the person's choice, stored for exactly this client.

use stagedoor::Flow;
use stagedoor::internals::browser::storage::{SharedStore, TabStore};
use stagedoor::internals::oauth::Client;
use stagedoor::internals::store::Store;

use crate::config::Config;

/// Key of the choice: the client that it was made for. There is nothing secret in it.
const KEY: &str = "pkce-instead-of";

/// The configuration with the flow that was chosen for it in this browser, if one was.
pub(super) fn with_chosen(config: Config) -> Config {
    let chosen: Option<Client> = SharedStore.get(KEY).or_else(|| TabStore.get(KEY));
    apply(config, chosen.as_ref())
}

/// Stores the choice of PKCE in place of the flow of `config`, and returns the configuration that follows from it.
pub(super) fn choose_pkce(config: &Config) -> Config {
    let choice = &config.client;
    if choice.flow == Flow::Implicit && SharedStore.set(KEY, choice).is_err() {
        let _ = TabStore.set(KEY, choice);
    }
    apply(config.clone(), Some(choice))
}

fn apply(mut config: Config, chosen: Option<&Client>) -> Config {
    if chosen.is_some_and(|chosen| *chosen == config.client) {
        config.client.flow = Flow::Pkce;
    }
    config
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::config::tests::config;
    use stagedoor::Flow;

    #[test]
    fn the_choice_holds_for_exactly_the_configuration_that_it_was_made_for() {
        let before = config(r#"{"client_id":"a"}"#);
        let choice = before.client.clone();
        assert_eq!(apply(before.clone(), Some(&choice)).client.flow, Flow::Pkce);
        assert_eq!(apply(before.clone(), None), before);
        for changed in [
            r#"{"client_id":"b"}"#,
            r#"{"client_id":"a","authorize_url":"https://other.example/authorize"}"#,
            r#"{"client_id":"a","issuer":"https://other.example"}"#,
        ] {
            assert_eq!(
                apply(config(changed), Some(&choice)).client.flow,
                Flow::Implicit,
                "{changed}"
            );
        }
    }
}
