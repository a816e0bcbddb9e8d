//! Spotify's own reasons for answering 403, by the words that it uses.

use crate::api::contains_ignoring_case;

/// Why Spotify refuses a call that the token itself allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The app is in development mode, and the user is not on its list.
    NotRegistered,
    /// The owner of the app needs Premium.
    OwnerNeedsPremium,
    /// Spotify is not available where the user is.
    UnavailableHere,
}

impl Refusal {
    /// The reason that the message of an error tells ([`ApiError::Forbidden`](crate::api::ApiError::Forbidden)); `None` for any other.
    pub fn from_message(message: &str) -> Option<Self> {
        let says = |phrase: &str| contains_ignoring_case(message, phrase);
        if says("not registered") || says("not be registered") {
            Some(Self::NotRegistered)
        } else if says("premium subscription required") {
            Some(Self::OwnerNeedsPremium)
        } else if says("unavailable in this country") {
            Some(Self::UnavailableHere)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn h2_spotifys_own_reasons_are_distinguished() {
        for (message, refusal) in [
            (
                "User not registered in the Developer Dashboard",
                Some(Refusal::NotRegistered),
            ),
            (
                "Check settings on developer.spotify.com/dashboard, the user may not be registered.",
                Some(Refusal::NotRegistered),
            ),
            (
                "The user is not registered for this application",
                Some(Refusal::NotRegistered),
            ),
            (
                "Active premium subscription required for the owner of the app.",
                Some(Refusal::OwnerNeedsPremium),
            ),
            ("Spotify is unavailable in this country", Some(Refusal::UnavailableHere)),
            (
                "Spotify is unavailable in this country.",
                Some(Refusal::UnavailableHere),
            ),
            ("Forbidden", None),
            ("", None),
            ("ä", None),
        ] {
            assert_eq!(Refusal::from_message(message), refusal, "{message}");
        }
    }
}
