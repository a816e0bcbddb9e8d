//! The authorization request (RFC 6749 sections 4.1.1 and 4.2.1): the URL that the person is sent to.

use super::{Binding, Flow, Scopes, State, encode};

/// Builds the authorize URL. Each value is encoded once; `scope` is left out when nothing is asked for, `show_dialog` when
/// it is false. An endpoint with a query of its own keeps it (RFC 6749 section 3.1).
pub fn authorize_url(binding: &Binding, scopes: &Scopes, state: &State, show_dialog: bool) -> String {
    let response_type = match binding.flow {
        Flow::Implicit => "token",
        Flow::Pkce => "code",
    };
    let scope = scopes.to_string();
    let mut parameters = vec![
        ("client_id", binding.client_id.as_str()),
        ("response_type", response_type),
        ("redirect_uri", binding.redirect_uri.as_str()),
        ("state", state.as_str()),
    ];
    if !scopes.is_empty() {
        parameters.push(("scope", &scope));
    }
    if show_dialog {
        parameters.push(("show_dialog", "true"));
    }
    let endpoint = binding.authorize_url.as_str();
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{joint}{}", encode(parameters))
}

#[cfg(test)]
mod tests {
    use super::authorize_url;
    use crate::oauth::{Scopes, State, samples, unique};

    #[test]
    fn s2_the_request_carries_every_parameter_encoded_once() {
        let binding = samples::binding();
        let state = State::from_random(&[9; 32]);
        let scopes = Scopes::parse("user-read-email user-read-private");
        let url = authorize_url(&binding, &scopes, &state, false);
        let (endpoint, query) = url.split_once('?').expect("a query");
        assert_eq!(endpoint, "https://accounts.example/authorize");
        assert!(query.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8888%2Fcallback"));
        let sent = unique(query).expect("each parameter once");
        let expected = [
            ("client_id", "client"),
            ("redirect_uri", "http://127.0.0.1:8888/callback"),
            ("response_type", "token"),
            ("scope", "user-read-email user-read-private"),
            ("state", state.as_str()),
        ];
        let sent: Vec<_> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(sent, expected);
    }

    #[test]
    fn show_dialog_is_sent_as_true_or_not_at_all() {
        let state = State::from_random(&[9; 32]);
        let url = |show| authorize_url(&samples::binding(), &Scopes::default(), &state, show);
        assert!(url(true).contains("&show_dialog=true"));
        assert!(!url(false).contains("show_dialog"));
        assert!(!url(false).contains("scope="));
    }

    #[test]
    fn an_endpoint_keeps_a_query_of_its_own() {
        let mut binding = samples::binding();
        binding.authorize_url = "https://accounts.example/authorize?tenant=a".to_owned();
        let state = State::from_random(&[9; 32]);
        let url = authorize_url(&binding, &Scopes::default(), &state, false);
        assert!(url.starts_with("https://accounts.example/authorize?tenant=a&client_id=client&"));
    }
}
