//! The authorization request (RFC 6749 sections 4.1.1 and 4.2.1): the URL that the person is sent to.

use super::{Binding, Flow, Pending, Scopes, State, Verifier, encode};

/// The parameters of a request, in order. `scope` is left out when nothing is asked for, `show_dialog` when it is false; the
/// challenge goes along in the flow that has one (RFC 7636 section 4.3).
pub fn request_parameters(
    binding: &Binding,
    scopes: &Scopes,
    state: &str,
    challenge: &str,
    show_dialog: bool,
) -> Vec<(&'static str, String)> {
    let response_type = match binding.flow {
        Flow::Implicit => "token",
        Flow::Pkce => "code",
    };
    let mut parameters = vec![
        ("client_id", binding.client_id.clone()),
        ("response_type", response_type.to_owned()),
        ("redirect_uri", binding.redirect_uri.clone()),
        ("state", state.to_owned()),
    ];
    if !scopes.is_empty() {
        parameters.push(("scope", scopes.to_string()));
    }
    if binding.flow == Flow::Pkce {
        parameters.push(("code_challenge_method", "S256".to_owned()));
        parameters.push(("code_challenge", challenge.to_owned()));
    }
    if show_dialog {
        parameters.push(("show_dialog", "true".to_owned()));
    }
    parameters
}

/// Builds the authorize URL of `pending`. Each value is encoded once. An endpoint with a query of its own keeps it (RFC 6749
/// section 3.1).
pub fn authorize_url(pending: &Pending, state: &State, show_dialog: bool) -> String {
    let binding = &pending.binding;
    let challenge = pending.verifier.as_ref().map(Verifier::challenge).unwrap_or_default();
    let parameters = request_parameters(binding, &pending.scopes, state.as_str(), &challenge, show_dialog);
    let endpoint = binding.authorize_url.as_str();
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    let query = encode(parameters.iter().map(|(name, value)| (*name, value.as_str())));
    format!("{endpoint}{joint}{query}")
}

#[cfg(test)]
mod tests {
    use super::authorize_url;
    use crate::oauth::{Flow, Pending, Scopes, State, Verifier, samples};

    fn sent(url: &str) -> Vec<(String, String)> {
        let (_, query) = url.split_once('?').expect("a query");
        samples::parameters(query)
    }

    #[test]
    fn s2_the_implicit_request_carries_every_parameter_encoded_once() {
        let state = State::from_random(&[9; 32]);
        let url = authorize_url(&samples::pending(), &state, false);
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
        pending.binding.flow = Flow::Pkce;
        let verifier = Verifier::from_random(&[8; 32]);
        pending.verifier = Some(verifier.clone());
        let state = State::from_random(&[9; 32]);
        let url = authorize_url(&pending, &state, false);
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
    fn show_dialog_is_sent_as_true_or_not_at_all() {
        let state = State::from_random(&[9; 32]);
        let pending = Pending {
            scopes: Scopes::default(),
            ..samples::pending()
        };
        let url = |show| authorize_url(&pending, &state, show);
        assert!(url(true).contains("&show_dialog=true"));
        assert!(!url(false).contains("show_dialog"));
        assert!(!url(false).contains("scope="));
    }

    #[test]
    fn an_endpoint_keeps_a_query_of_its_own() {
        let mut pending = samples::pending();
        pending.binding.authorize_url = "https://accounts.example/authorize?tenant=a".to_owned();
        let url = authorize_url(&pending, &State::from_random(&[9; 32]), false);
        assert!(url.starts_with("https://accounts.example/authorize?tenant=a&client_id=client&"));
    }
}
