//! Where a login leads back to: the page for signed-in people that was last open, or the profile.

use leptos::prelude::*;

use crate::oauth::ReturnPath;
use crate::session::{CompletionError, LoginOutcome, RefusedLogin, Session};

/// The page that a login leads back to where no other was open.
fn profile() -> ReturnPath {
    ReturnPath::parse("/profile").unwrap_or_default()
}

/// The page for signed-in people that was last open, as context.
#[derive(Clone, Copy)]
pub struct LastPage(RwSignal<ReturnPath>);

impl LastPage {
    /// Provides the context.
    pub fn provide() {
        provide_context(Self(RwSignal::new(profile())));
    }

    /// The one that the app provides. To be taken at the top of a component.
    pub fn from_context() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(profile())))
    }

    /// The page.
    pub fn get(self) -> ReturnPath {
        self.0.get_untracked()
    }

    /// Remembers the page that is open.
    pub fn remember(self, page: ReturnPath) {
        self.0.set(page);
    }
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
