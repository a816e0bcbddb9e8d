//! Why something from the Web API is not there.

use stagedoor::spotify::{Refusal, describe};
use stagedoor::{ApiError, EndReason, Scopes};

use super::{Message, ended};

/// Why something from the Web API is not there.
pub fn api(error: &ApiError) -> Message {
    match error {
        ApiError::Unauthorized => Message::new("Please log in again", ended(EndReason::Rejected)),
        ApiError::MissingScope(scopes) => Message::new("A permission is missing", missing_scope(scopes)),
        ApiError::Forbidden(message) => forbidden(Refusal::from_message(message)),
        ApiError::RateLimited { .. } => Message::new(
            "Too many requests",
            "This app has sent Spotify too many requests. You are still logged in.",
        ),
        ApiError::Server(_) => Message::new(
            "Spotify has a problem right now",
            "Its servers failed to answer. You are still logged in.",
        ),
        ApiError::TimedOut => Message::new(
            "No answer from Spotify",
            "It took more than ten seconds. Please check your connection. You are still logged in.",
        ),
        ApiError::Offline => Message::new(
            "Spotify can’t be reached",
            "You are offline: this device has no connection to the network. Please check your connection. You are still logged in.",
        ),
        ApiError::Network => Message::new(
            "Spotify can’t be reached",
            "No answer came through. Spotify may be turning requests away for a while, something may block the way, or the connection \
             is down; a browser can’t tell which. If waiting does not help, please check your connection. You are still logged in.",
        ),
        ApiError::Unreadable => Message::new(
            "The response could not be read",
            "Something other than the data asked for came back. Some public networks answer in Spotify’s place until you have \
             signed in to them. You are still logged in.",
        ),
        ApiError::NotFound => Message::new(
            "Not found",
            "Spotify does not know what was asked for. Please check it, then look up something else.",
        ),
        ApiError::Status(status) => Message::new(
            "Spotify gave an unexpected answer",
            format!("It answered with status {status}. You are still logged in."),
        ),
        ApiError::ForeignOrigin => Message::new(
            "That call was not made",
            "It would have gone to another server than Spotify’s. Please tell the owner of this app.",
        ),
    }
}

/// Why Spotify refuses a call to this app, or to this person.
fn forbidden(refusal: Option<Refusal>) -> Message {
    match refusal {
        Some(Refusal::NotRegistered) => Message::new(
            "You don’t have access to this app yet",
            "The app is still being tried out, and Spotify lets in only people whom its owner has named. Ask the owner to add \
             the e-mail address of your Spotify account.",
        ),
        Some(Refusal::OwnerNeedsPremium) => Message::new(
            "The owner of this app needs Premium",
            "Spotify answers this app only while its owner has a Premium plan. Please tell the owner.",
        ),
        Some(Refusal::UnavailableHere) => Message::new(
            "Not available where you are",
            "Spotify says that it is not available in the country that you are in. A VPN or a proxy may put you in another one than \
             you think. You are still logged in.",
        ),
        None => Message::new(
            "Not available to this app",
            "Spotify does not let this app see that. You can’t change it; the owner of the app might.",
        ),
    }
}

fn missing_scope(scopes: &Scopes) -> String {
    let names: Vec<_> = scopes
        .iter()
        .map(|scope| describe(scope).map_or_else(|| format!("use the permission {scope}"), str::to_owned))
        .collect();
    if names.is_empty() {
        "You are logged in, but this page needs a permission that was not given. Log in again and agree to it."
            .to_owned()
    } else {
        format!(
            "You are logged in, but this page needs to {}, and that permission was not given. Log in again and agree to it.",
            names.join(", and to ")
        )
    }
}

/// When a call may be retried: at `at`, seen from `now` (both in milliseconds since the Unix epoch). `time` writes a time for
/// people.
pub fn not_before(at: u64, now: u64, time: impl Fn(u64, u64) -> String) -> String {
    const YEAR_MS: u64 = 365 * 24 * 3_600_000;
    if at.saturating_sub(now) > YEAR_MS {
        "Spotify asks this app to wait for more than a year. Please tell its owner.".to_owned()
    } else {
        format!("Try again at {}.", time(at, now))
    }
}
