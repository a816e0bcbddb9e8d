//! Parameters of an authorization request beside those of the protocol.

/// A name and a value.
pub type Parameter = (String, String);

/// Parameters that a server knows beside those of the protocol (RFC 6749 section 8.2), such as Spotify's `show_dialog` or OpenID Connect's
/// `prompt`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FurtherParameters {
    /// Those of every request.
    pub always: Vec<Parameter>,
    /// Those that make the server ask for consent, and so for an account: of a request after a log-out in this browser, since the server
    /// may know the person still, and after a scope that was asked for did not come.
    pub for_consent: Vec<Parameter>,
}

impl FurtherParameters {
    /// The parameters of a request, each name once.
    pub fn of_request(&self, asks_for_consent: bool) -> Vec<(&str, &str)> {
        let for_consent = self.for_consent.iter().filter(move |(name, _)| {
            let is_new = !self.always.iter().any(|(other, _)| other == name);
            asks_for_consent && is_new
        });
        let all = for_consent.chain(&self.always);
        all.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::FurtherParameters;
    use crate::oauth::samples::owned;

    #[test]
    fn parameters_for_consent_are_sent_where_consent_is_asked_for_and_replace_nothing() {
        let further = FurtherParameters {
            always: owned(&[("prompt", "none"), ("tenant", "a")]),
            for_consent: owned(&[("prompt", "login"), ("show_dialog", "true")]),
        };
        let of = |asks| further.of_request(asks);
        assert_eq!(of(false), [("prompt", "none"), ("tenant", "a")]);
        assert_eq!(of(true), [("show_dialog", "true"), ("prompt", "none"), ("tenant", "a")]);
    }
}
