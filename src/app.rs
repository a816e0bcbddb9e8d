//! The app as a whole: its contexts, the router with the one list of pages, and what stands around every page.

use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos::task::spawn_local;
use leptos_router::components::{FlatRoutes, FlatRoutesProps, Router};
use leptos_router::{MatchNestedRoutes, NestedRoute, StaticSegment};
use stagedoor::LoginOutcome;
use stagedoor::internals::browser::{location, timer};
use stagedoor::internals::session::Session;
use web_sys::HtmlElement;

use crate::browser::{page, takeover};
use crate::components::{
    LogOut, Navigation, Needs, Notices, Page, PageRoute, Pages, SkipLink, Step, frame, keep_address_in_step,
    refused_on_the_way, use_go_to,
};
use crate::context::{AppContext, use_app};
use crate::routes::callback::CallbackPage;
use crate::routes::login::LoginPage;
use crate::routes::music::MusicPage;
use crate::routes::not_found::NotFoundPage;
use crate::routes::profile::ProfilePage;
use crate::routes::track::TrackPage;

/// Every page of the app. A new one is a file in `routes/` and a line here; a release has a file for each.
#[rustfmt::skip]
pub const ROUTES: &[PageRoute] = &[
    PageRoute { path: "/", title: "Log in", needs: Needs::Configuration, view: || view! { <LoginPage /> }.into_any() },
    PageRoute { path: "/callback", title: "Finishing your log-in", needs: Needs::Configuration, view: || view! { <CallbackPage /> }.into_any() },
    PageRoute { path: "/profile", title: "Your profile", needs: Needs::Session, view: || view! { <ProfilePage /> }.into_any() },
    PageRoute { path: "/music", title: "Your music", needs: Needs::SessionOrConfiguration, view: || view! { <MusicPage /> }.into_any() },
    PageRoute { path: "/track", title: "Look up a track", needs: Needs::SessionOrConfiguration, view: || view! { <TrackPage /> }.into_any() },
];

/// The page for every other address.
#[rustfmt::skip]
pub const NOT_FOUND: PageRoute =
    PageRoute { path: "/404", title: "Page not found", needs: Needs::Nothing, view: || view! { <NotFoundPage /> }.into_any() };

/// The app.
#[component]
pub fn App(
    /// The element that the app is in. It takes the place of the prerendered page once there is more to show than that.
    root: HtmlElement,
) -> impl IntoView {
    let session = Session::create();
    provide_context(session);
    session.start(Session::take_from_script);
    hide_while_away();
    let app = AppContext::create(session);
    provide_context(app);
    app.settings.load();
    app.settings.retry_in_the_background();
    if go_on_before_the_router(session) {
        app.pages.follow_another();
    }
    take_over(root, app.pages);
    let base = location::base_path().trim_end_matches('/').to_owned();
    view! {
        <Router base=base>
            <Layout />
        </Router>
    }
}

/// What stands around every page, and the page.
#[component]
fn Layout() -> impl IntoView {
    keep_address_in_step();
    follow_session();
    let routes = FlatRoutesProps::builder()
        .fallback(|| view! { <Page route=NOT_FOUND /> })
        .children(ToChildren::to_children(routes))
        .build();
    let header = view! { <Navigation /><LogOut /> };
    let content = view! { <Notices />{FlatRoutes(routes)} };
    view! { <SkipLink />{frame(header, content)} }
}

/// The list of pages as the router takes it.
fn routes() -> StaticVec<impl MatchNestedRoutes + Clone + Send + 'static> {
    let route = |page: PageRoute| {
        let path = StaticSegment(page.path.trim_start_matches('/'));
        NestedRoute::new(path, move || view! { <Page route=page /> })
    };
    StaticVec::from(ROUTES.iter().copied().map(route).collect::<Vec<_>>())
}

/// A page that goes, which may be into the back/forward cache, is hidden, and when it comes back, the session checks first what may be
/// shown.
fn hide_while_away() {
    let hide = window_event_listener_untyped("pagehide", |_| page::set_app_hidden(true));
    let show = window_event_listener_untyped("pageshow", |_| {
        spawn_local(async {
            timer::next_task().await;
            page::set_app_hidden(false);
        });
    });
    on_cleanup(move || {
        hide.remove();
        show.remove();
    });
}

/// Puts the app in the place of the prerendered page once there is something to show.
fn take_over(root: HtmlElement, pages: Pages) {
    let root = StoredValue::new_local(Some(root));
    Effect::new(move |_| {
        if pages.is_ready()
            && let Some(root) = root.try_update_value(Option::take).flatten()
        {
            spawn_local(takeover::take_over(root));
        }
    });
}

/// Goes to the page that a login leads back to, where it is over before the router is made: then the router begins there, and the
/// page asks for its data at once. Returns whether it did.
fn go_on_before_the_router(session: Session) -> bool {
    match session.outcome_untracked() {
        LoginOutcome::Completed(return_to) => {
            let is_there = location::replace(&location::below_base(return_to.as_str()));
            if is_there {
                session.clear_outcome();
            }
            is_there
        }
        // A notice there says why.
        _ => untrack(move || refused_on_the_way(session))
            .is_some_and(|(return_to, _)| location::replace(&location::below_base(return_to.as_str()))),
    }
}

/// Drops what was loaded in a session that is over, and goes to the page that a login leads back to, where it is over later.
fn follow_session() {
    let (session, lists) = (Session::from_context(), use_app().lists);
    let go_to = use_go_to();
    Effect::new(move |_| {
        session.is_active().get();
        lists.drop_those_of_other_sessions();
        if let LoginOutcome::Completed(return_to) = session.outcome() {
            session.clear_outcome();
            go_to(return_to.as_str(), Step::Replace);
        } else if let Some((return_to, _)) = refused_on_the_way(session) {
            go_to(return_to.as_str(), Step::Replace);
        }
    });
}
