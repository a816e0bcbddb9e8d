//! What the pages and components of the app share, as one context.

use leptos::prelude::*;
use stagedoor::internals::session::Session;

use crate::components::Pages;
use crate::lists::Lists;
use crate::settings::Settings;

/// The handles that pages and components take from their context, beside the [`Session`].
#[derive(Clone, Copy)]
pub struct AppContext {
    /// The configuration of the deployment.
    pub settings: Settings,
    /// What was loaded of lists.
    pub lists: Lists,
    /// What the pages know of each other.
    pub pages: Pages,
}

impl AppContext {
    /// The context of an app with this session. Needs a reactive owner.
    pub fn create(session: Session) -> Self {
        Self {
            settings: Settings::create(session),
            lists: Lists::create(session),
            pages: Pages::create(),
        }
    }
}

/// The context of the app. To be taken at the top of a component: there are no contexts in handlers and after an `await`. Outside the app
/// it is one of its own, where nothing ever arrives.
pub fn use_app() -> AppContext {
    use_context().unwrap_or_else(|| AppContext::create(Session::from_context()))
}
