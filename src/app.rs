//! The app as a whole: reads the configuration, starts the session, and shows the page that the address names, with its
//! title, its notices and the keyboard's focus.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use crate::browser::{location, page, takeover, timer};
use crate::components::{Address, Frame, LogOut, Notices, Step};
use crate::config::{self, Config, ConfigError};
use crate::oauth::ReturnPath;
use crate::pages::{BrokenPage, CallbackPage, LogInPage, NotFoundPage, OpeningPage, ProfilePage, SetUpPage, TrackPage};
use crate::route::Route;
use crate::session::{LoginOutcome, Session, SessionState, with_choices};

/// The configuration, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
enum Boot {
    /// On its way.
    Loading,
    /// Not usable; log-in is off.
    Broken(ConfigError),
    /// There.
    Ready(Arc<Config>),
}

/// What stands between header and footer.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Opening(Route),
    Broken(ConfigError),
    SetUp(Arc<Config>),
    LogIn(Arc<Config>),
    Callback(Arc<Config>),
    Profile,
    Track,
    NotFound,
}

impl Shown {
    /// What to show at `route`. Those who are signed in need not wait for the configuration.
    fn at(route: Route, boot: Boot, signed_in: bool) -> Self {
        match (route, boot) {
            (Route::NotFound, _) => Self::NotFound,
            (Route::Profile, Boot::Loading) if signed_in => Self::Profile,
            (Route::Track, Boot::Loading) if signed_in => Self::Track,
            (route, Boot::Loading) => Self::Opening(route),
            (_, Boot::Broken(error)) => Self::Broken(error),
            (Route::LogIn, Boot::Ready(config)) if config.client.client_id.is_empty() => Self::SetUp(config),
            (Route::LogIn, Boot::Ready(config)) => Self::LogIn(config),
            (Route::Callback, Boot::Ready(config)) => Self::Callback(config),
            (Route::Profile, Boot::Ready(_)) => Self::Profile,
            (Route::Track, Boot::Ready(_)) => Self::Track,
        }
    }
}

/// The app.
#[component]
pub fn App(
    /// The element that the app is in. It takes the place of what stands there once there is more to show than that.
    root: HtmlElement,
) -> impl IntoView {
    let session = Session::create();
    session.start();
    let boot = RwSignal::new(Boot::Loading);
    let load = move || load(session, boot);
    load();
    let address = Address::watch();
    let route = Memo::new(move |_| address.route());
    lead(route, address, session);
    let shown = Memo::new(move |_| Shown::at(route.get(), boot.get(), session.is_active().get()));
    take_over(root, shown);
    view! {
        <Frame address=address account=view! { <LogOut session=session address=address /> }.into_any()>
            <Notices session=session />
            {move || match shown.get() {
                Shown::Opening(route) => view! { <OpeningPage route=route /> }.into_any(),
                Shown::Broken(error) => view! { <BrokenPage error=error retry=load /> }.into_any(),
                Shown::SetUp(config) => view! { <SetUpPage config=config retry=load /> }.into_any(),
                Shown::LogIn(config) => view! { <LogInPage config=config session=session retry=load /> }.into_any(),
                Shown::Callback(config) => {
                    view! { <CallbackPage config=config session=session address=address /> }.into_any()
                }
                Shown::Profile => view! { <ProfilePage session=session address=address /> }.into_any(),
                Shown::Track => view! { <TrackPage session=session address=address /> }.into_any(),
                Shown::NotFound => view! { <NotFoundPage address=address /> }.into_any(),
            }}
        </Frame>
    }
}

/// Fetches the configuration and hands it to the session.
fn load(session: Session, boot: RwSignal<Boot>) {
    boot.set(Boot::Loading);
    spawn_local(async move {
        match config::fetch(&location::base_url()).await.map(with_choices) {
            Ok(config) => {
                session.configure(config.clone());
                boot.set(Boot::Ready(config));
            }
            Err(error) => boot.set(Boot::Broken(error)),
        }
    });
}

/// Puts the app in the place of the static page, which says the same while the app has only "Opening…" to show.
fn take_over(root: HtmlElement, shown: Memo<Shown>) {
    let root = StoredValue::new_local(Some(root));
    Effect::new(move |_| {
        if shown.with(|shown| !matches!(shown, Shown::Opening(_)))
            && let Some(root) = root.try_update_value(Option::take).flatten()
        {
            spawn_local(takeover::take_over(root));
        }
    });
}

/// Leads people to where they belong, remembers where a log-in is to lead back to, names the page in the title, and moves the focus to its heading.
fn lead(route: Memo<Route>, address: Address, session: Session) {
    let go = move |path: &str| address.go(path, Step::Instead);
    Effect::new(
        move |_| match (session.outcome(), redirect(route.get(), &session.state())) {
            (LoginOutcome::Completed(return_to), _) => {
                session.clear_outcome();
                go(return_to.as_str());
                focus_heading_soon();
            }
            (_, Some(to)) => go(to.path()),
            _ => {}
        },
    );
    Effect::new(move |before: Option<Route>| {
        let route = route.get();
        let query = if route == Route::Track {
            address.query()
        } else {
            String::new()
        };
        if let (Route::Profile | Route::Track, Some(here)) =
            (route, ReturnPath::parse(&(route.path().to_owned() + &query)))
        {
            session.remember(here);
        }
        page::set_title(title(route));
        if before.is_some_and(|before| before != route) {
            focus_heading_soon();
        }
        route
    });
}

/// Moves the focus to the heading of a page once that is there.
fn focus_heading_soon() {
    spawn_local(async {
        timer::sleep(0).await;
        page::focus_heading();
    });
}

/// Where the person must be taken instead, if anywhere: signed in, from the log-in page to the profile; signed out, from the
/// profile to the log-in page.
fn redirect(route: Route, state: &SessionState) -> Option<Route> {
    match (route, state) {
        (Route::LogIn, SessionState::Active(_)) => Some(Route::Profile),
        (Route::Profile, SessionState::SignedOut | SessionState::Ended(_)) => Some(Route::LogIn),
        _ => None,
    }
}

fn title(route: Route) -> &'static str {
    match route {
        Route::LogIn => "Log in – Stagedoor",
        Route::Callback => "Finishing your log-in – Stagedoor",
        Route::Profile => "Your profile – Stagedoor",
        Route::Track => "Look up a track – Stagedoor",
        Route::NotFound => "Page not found – Stagedoor",
    }
}
