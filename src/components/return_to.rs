//! Where a login leads back to.

use leptos::prelude::Get;
use stagedoor::internals::session::Session;
use stagedoor::{CompletionError, LoginOutcome, RefusedLogin, ReturnPath};

/// The page that a login leads back to where no other one for signed-in people was open.
pub fn profile() -> ReturnPath {
    ReturnPath::parse("/profile").unwrap_or_default()
}

/// The page that a refused login leads back to, and why it was refused, where somebody is signed in and goes on with what they were doing
/// there. That is no reason to go to the profile: the page for the response says more, with a button.
pub fn refused_on_the_way(session: Session) -> Option<(ReturnPath, CompletionError)> {
    if !session.is_active().get() {
        return None;
    }
    match session.outcome() {
        LoginOutcome::Refused(RefusedLogin {
            error,
            return_to: Some(return_to),
        }) if return_to != profile() => Some((return_to, error)),
        _ => None,
    }
}
