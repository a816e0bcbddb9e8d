//! A page of the app: what the router needs to know of it, and what stands around its content: title, focus, and what is shown
//! while something is missing that it needs.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_url;
use stagedoor::ReturnPath;
use stagedoor::internals::browser::timer;
use stagedoor::internals::session::Session;

use super::{ConfigProblem, Loading, Step, profile, use_go_to};
use crate::browser::page;
use crate::browser::page::Heading;
use crate::context::{AppContext, use_app};
use crate::settings::ConfigState;

/// A page of the app.
#[derive(Clone, Copy)]
pub struct PageRoute {
    /// Its path below the base path, with its leading slash.
    pub path: &'static str,
    /// Its title, without the name of the app.
    pub title: &'static str,
    /// What it can't be shown without.
    pub needs: Needs,
    /// Its content.
    pub view: fn() -> AnyView,
}

impl PageRoute {
    /// Its title as the document has it, with the name of the app.
    pub fn document_title(&self) -> String {
        format!("{} – Stagedoor", self.title)
    }
}

/// What a page can't be shown without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it can always be shown.
    Nothing,
    /// The configuration.
    Configuration,
    /// A session; without one the app goes to `/`.
    Session,
    /// A session, or the configuration, so that a log-in can be offered.
    SessionOrConfiguration,
}

/// What is shown at the place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Loading,
    ConfigProblem,
    Content,
    LoginPage,
}

impl Stage {
    fn of(needs: Needs, config: &ConfigState, is_signed_in: bool) -> Self {
        match (needs, config) {
            (Needs::Nothing, _) => Self::Content,
            (Needs::Session | Needs::SessionOrConfiguration, _) if is_signed_in => Self::Content,
            (Needs::Session, _) => Self::LoginPage,
            (_, ConfigState::Loading) => Self::Loading,
            (_, ConfigState::Failed(_) | ConfigState::Retrying(_)) => Self::ConfigProblem,
            (_, ConfigState::Ready(_)) => Self::Content,
        }
    }
}

/// What the pages of the app know of each other.
#[derive(Clone, Copy)]
pub struct Pages {
    /// Whether there is more to show than that something loads.
    is_ready: RwSignal<bool>,
    /// Whether a page was shown before this one.
    is_later: StoredValue<bool>,
    /// The page for signed-in people that was last open, or the profile.
    last: StoredValue<ReturnPath>,
}

impl Pages {
    /// No page was shown yet. Needs a reactive owner.
    pub fn create() -> Self {
        Self {
            is_ready: RwSignal::new(false),
            is_later: StoredValue::new(false),
            last: StoredValue::new(profile()),
        }
    }

    /// Whether there is more to show than that something loads.
    pub fn is_ready(self) -> bool {
        self.is_ready.get()
    }

    /// The first page counts as one that somebody went to from another.
    pub fn follow_another(self) {
        self.is_later.set_value(true);
    }

    /// The page that a login leads back to where its button names none: the one for signed-in people that was last open, or the profile.
    pub fn last(self) -> ReturnPath {
        self.last.get_value()
    }
}

/// Shows `route`: its title in the title bar, its content once what it needs is there.
#[component]
pub fn Page(route: PageRoute) -> impl IntoView {
    let session = Session::from_context();
    let AppContext { settings, pages, .. } = use_app();
    let go_to = use_go_to();
    let stage = Memo::new(move |_| Stage::of(route.needs, &settings.state(), session.is_active().get()));
    announce(route);
    if matches!(route.needs, Needs::Session | Needs::SessionOrConfiguration) {
        remember(route.path);
    }
    // The page for the response keeps what came of it while it leads back.
    if route.path != "/callback" {
        on_cleanup(move || session.clear_outcome());
    }
    Effect::new(move |_| match stage.get() {
        Stage::Loading => {}
        Stage::LoginPage if session.is_redirecting() => {}
        Stage::LoginPage => go_to("/", Step::Replace),
        Stage::Content | Stage::ConfigProblem => pages.is_ready.set(true),
    });
    move || {
        let stage = stage.get();
        page::keep_focus(Heading::Page);
        match stage {
            Stage::Content => (route.view)(),
            Stage::ConfigProblem => view! { <ConfigProblem /> }.into_any(),
            Stage::Loading | Stage::LoginPage => view! { <Loading /> }.into_any(),
        }
    }
}

/// Sets the title of the document, and moves the focus to the heading unless this is the page that the app was opened with. In the
/// next task: the router puts the page into the document, and its address into the address bar, after this component is made.
fn announce(route: PageRoute) {
    let pages = use_app().pages;
    spawn_local(async move {
        timer::next_task().await;
        page::set_title(&route.document_title());
        let was_later = pages.is_later.try_update_value(|later| std::mem::replace(later, true));
        if was_later == Some(true) {
            page::focus_heading(Heading::Page);
        }
    });
}

/// Remembers the page and its query for the next log-in. The URL is that of this route: the router does not change it on leaving.
fn remember(path: &'static str) {
    let pages = use_app().pages;
    let url = use_url();
    Effect::new(move |_| {
        let search = url.with(|url| url.search().to_owned());
        let query = if search.is_empty() {
            search
        } else {
            format!("?{search}")
        };
        if let Some(here) = ReturnPath::parse(&format!("{path}{query}")) {
            pages.last.set_value(here);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Needs, Stage};
    use crate::config::ConfigError;
    use crate::config::tests::config;
    use crate::settings::ConfigState;

    #[test]
    fn b6_a_configuration_that_fails_takes_no_page_from_those_who_are_signed_in() {
        let failed = ConfigState::Failed(ConfigError::Status(503));
        for needs in [Needs::Session, Needs::SessionOrConfiguration] {
            assert_eq!(Stage::of(needs, &failed, true), Stage::Content);
            assert_eq!(Stage::of(needs, &ConfigState::Loading, true), Stage::Content);
        }
        assert_eq!(
            Stage::of(Needs::SessionOrConfiguration, &failed, false),
            Stage::ConfigProblem
        );
        assert_eq!(Stage::of(Needs::Configuration, &failed, true), Stage::ConfigProblem);
        assert_eq!(Stage::of(Needs::Nothing, &failed, false), Stage::Content);
    }

    #[test]
    fn signed_out_a_page_that_needs_a_session_gives_way_to_the_log_in_page() {
        let ready = ConfigState::Ready(config("{}").into());
        for state in [ConfigState::Loading, ready.clone()] {
            assert_eq!(Stage::of(Needs::Session, &state, false), Stage::LoginPage);
        }
        assert_eq!(Stage::of(Needs::SessionOrConfiguration, &ready, false), Stage::Content);
        assert_eq!(
            Stage::of(Needs::Configuration, &ConfigState::Loading, false),
            Stage::Loading
        );
    }
}
