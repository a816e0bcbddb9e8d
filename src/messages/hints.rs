//! Short words beside fields and facts: what they mean, and what is wrong with what was typed.

use stagedoor::spotify::{Restriction, TrackIdError};

/// That the browser does not let a page copy.
pub const NOT_COPIED: &str = "The browser does not allow copying; select the text and copy it by hand.";

/// That the browser does not let a page copy the token, which is shown nowhere.
pub const TOKEN_NOT_COPIED: &str =
    "The browser does not allow copying here. Allow this page to use the clipboard, then try again.";

/// What a parameter of the authorization request is for.
pub fn parameter(name: &str) -> &'static str {
    match name {
        "client_id" => "Which app asks. It is public.",
        "response_type" => "What is to come back: a token at once, or a code that only this tab can turn into one.",
        "redirect_uri" => "Where to come back to. Spotify knows it from the app’s settings, and takes no other.",
        "state" => "256 random bits. Only a response with the same value is accepted.",
        "scope" => "The permissions that are ticked.",
        "code_challenge_method" => "How the challenge is made of its secret: SHA-256.",
        "code_challenge" => "The public half of a secret that stays in this tab.",
        "show_dialog" => "Ask for consent also where it was given before.",
        _ => "",
    }
}

/// Why a permission is asked for: what this app does with it.
pub fn purpose(scope: &str) -> &'static str {
    match scope {
        "user-read-private" => "Why: your profile page shows both.",
        "user-read-email" => "Why: your profile page shows it.",
        "user-top-read" => "Why: your music page shows them.",
        "user-read-recently-played" => "Why: your music page shows it.",
        "playlist-read-private" | "playlist-read-collaborative" => "Why: your music page lists them.",
        _ => "Why: the owner of this app asks for it. The pages here do without.",
    }
}

/// Why the text in the field does not name a track.
pub fn track_id_error(why: TrackIdError) -> &'static str {
    match why {
        TrackIdError::Empty => "Paste a link, URI or ID of a track first.",
        TrackIdError::OtherKind => {
            "That is something else than a track. Open the track in Spotify and copy its own link."
        }
        TrackIdError::OtherSite => {
            "That is a link to another site. A link to a track begins with https://open.spotify.com/track/."
        }
        TrackIdError::ShortLink => {
            "That is a short link, and this page can’t see where it leads. Open it, then copy the link of the page that comes."
        }
        TrackIdError::Unknown => {
            "That is no link, URI or ID of a track. In Spotify, choose Share and copy the link; an ID is 22 letters and digits."
        }
    }
}

/// Why a track can't be played.
pub fn restriction(why: Restriction) -> &'static str {
    match why {
        Restriction::Market => "It can’t be played where you are.",
        Restriction::Product => "It can’t be played with the plan that you have.",
        Restriction::Explicit => "It is explicit, and your settings at Spotify leave that out.",
        Restriction::Unknown => "Spotify says that you can’t play it.",
    }
}
