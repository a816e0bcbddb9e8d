//! The authorization request (RFC 6749 sections 4.1.1 and 4.2.1): its parameters and the URL that carries them.

use std::borrow::Cow;

use super::{Client, CodeVerifier, Flow, PendingLogin, Scopes, State, encode};

/// The parameters of a request, in order. `scope` is left out when no scope is requested; `challenge` is used by the flow that has one
/// (RFC 7636 section 4.3); `further` ones, whose names are none of these, come last.
pub fn request_parameters<'a>(
    client: &'a Client,
    scopes: &Scopes,
    state: &'a str,
    challenge: Cow<'a, str>,
    further: Vec<(&'a str, &'a str)>,
) -> Vec<(&'a str, Cow<'a, str>)> {
    let response_type = match client.flow {
        Flow::Implicit => "token",
        Flow::Pkce => "code",
    };
    let mut parameters = vec![
        ("client_id", client.client_id.as_str().into()),
        ("response_type", response_type.into()),
        ("redirect_uri", client.redirect_uri.as_str().into()),
        ("state", state.into()),
    ];
    if !scopes.is_empty() {
        parameters.push(("scope", scopes.to_string().into()));
    }
    if client.flow == Flow::Pkce {
        parameters.push(("code_challenge_method", "S256".into()));
        parameters.push(("code_challenge", challenge));
    }
    for (name, value) in further {
        parameters.push((name, value.into()));
    }
    parameters
}

/// The URL of the authorization request for `pending`. Each value is encoded once. A query in the endpoint's URL is retained
/// (RFC 6749 section 3.1).
pub fn authorize_url(pending: &PendingLogin, state: &State, further: Vec<(&str, &str)>) -> String {
    let client = &pending.client;
    let challenge = pending
        .verifier
        .as_ref()
        .map(CodeVerifier::challenge)
        .unwrap_or_default();
    let parameters = request_parameters(client, &pending.scopes, state.as_str(), challenge.into(), further);
    let endpoint = client.authorize_url.as_str();
    let separator = if endpoint.contains('?') { '&' } else { '?' };
    let query = encode(parameters.iter().map(|(name, value)| (*name, value.as_ref())));
    format!("{endpoint}{separator}{query}")
}

#[cfg(test)]
mod tests {
    use super::authorize_url;
    use crate::oauth::{CodeVerifier, Flow, PendingLogin, Scopes, State, samples};

    const NONE: Vec<(&str, &str)> = Vec::new();

    fn sent(url: &str) -> Vec<(String, String)> {
        let (_, query) = url.split_once('?').expect("a query");
        samples::parameters(query)
    }

    #[test]
    fn s2_the_implicit_request_carries_every_parameter_encoded_once() {
        let state = State::from_random(&[9; 32]);
        let url = authorize_url(&samples::pending(), &state, NONE);
        assert!(url.starts_with("https://accounts.example/authorize?"));
        assert!(url.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8888%2Fcallback"));
        let expected = [
            ("client_id", "client"),
            ("redirect_uri", "http://127.0.0.1:8888/callback"),
            ("response_type", "token"),
            ("scope", "user-read-private user-read-email"),
            ("state", state.as_str()),
        ];
        assert_eq!(sent(&url), samples::owned(&expected));
    }

    #[test]
    fn c1_the_code_request_carries_the_challenge_and_never_the_verifier() {
        let mut pending = samples::pending();
        pending.client.flow = Flow::Pkce;
        let verifier = CodeVerifier::from_random(&[8; 32]);
        pending.verifier = Some(CodeVerifier::from_random(&[8; 32]));
        let state = State::from_random(&[9; 32]);
        let url = authorize_url(&pending, &state, NONE);
        let challenge = verifier.challenge();
        let expected = [
            ("client_id", "client"),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
            ("redirect_uri", "http://127.0.0.1:8888/callback"),
            ("response_type", "code"),
            ("scope", "user-read-private user-read-email"),
            ("state", state.as_str()),
        ];
        assert_eq!(sent(&url), samples::owned(&expected));
        assert!(!url.contains(verifier.expose_secret()));
    }

    #[test]
    fn further_parameters_come_last_and_are_encoded() {
        let state = State::from_random(&[9; 32]);
        let pending = PendingLogin {
            scopes: Scopes::default(),
            ..samples::pending()
        };
        let further = vec![("show_dialog", "true"), ("ui locale", "de&at")];
        let url = authorize_url(&pending, &state, further);
        assert!(url.ends_with("&show_dialog=true&ui%20locale=de%26at"), "{url}");
        assert!(!url.contains("scope="), "{url}");
        assert!(!authorize_url(&pending, &state, NONE).contains("show_dialog"));
    }

    #[test]
    fn a_query_in_the_endpoint_url_is_retained() {
        let mut pending = samples::pending();
        pending.client.authorize_url = "https://accounts.example/authorize?tenant=a".to_owned();
        let url = authorize_url(&pending, &State::from_random(&[9; 32]), NONE);
        assert!(url.starts_with("https://accounts.example/authorize?tenant=a&client_id=client&"));
    }
}
