//! The log-in page on its own: all that most first visits need. Whatever else there is to show is the
//! [`App`](crate::app::App)'s, which a release loads no sooner than that (`split` in `main.rs`).

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::Start;
use crate::browser::location::{self, ResponseParts};
use crate::components::{Address, Frame, LogInButton};
use crate::config::{self, Config};
use crate::oauth::ReturnTo;
use crate::pages::{FOR_OWNERS, Permissions, Welcome, misplaced};
use crate::route::Route;
use crate::session::{self, Departure, with_choices};

/// What a page opens with.
pub enum Opening {
    /// The log-in page, and nothing else for now.
    LogIn(Arc<Config>),
    /// The whole app.
    Whole(Start),
}

/// What the page of this address opens with, once it is known. Where it may be the log-in page, it waits for the configuration;
/// the static page stands there until then.
pub async fn opening(response: Option<ResponseParts>) -> Opening {
    if response.is_some() || location::route() != Route::LogIn || session::is_kept() {
        return Opening::Whole(Start {
            response,
            ..Start::default()
        });
    }
    let base = location::base_url();
    let settings = config::begun(&base).await.map(|settings| settings.map(with_choices));
    match settings {
        Some(Ok(config)) if is_plain(&config, &base) => Opening::LogIn(config),
        settings => Opening::Whole(Start {
            settings,
            ..Start::default()
        }),
    }
}

/// Whether there is nothing to say beside the log-in itself.
fn is_plain(config: &Config, base_url: &str) -> bool {
    let binding = &config.binding;
    !binding.client_id.is_empty() && !config.is_trial && misplaced(base_url, &binding.redirect_uri).is_none()
}

/// The log-in page in its frame. Calls `more` once, when there is more to show: details for owners, another page after a step
/// back or forward in the history, or a session.
#[component]
pub fn Entrance(
    /// A plain configuration.
    config: Arc<Config>,
    /// Goes on with the whole app.
    more: fn(Start),
) -> impl IntoView {
    let departure = Departure::create(Some(config.clone()));
    let address = Address::watch();
    let chosen = RwSignal::new(config.scopes.clone());
    let scopes = config.scopes.clone();
    let start = StoredValue::new(Some(Start {
        settings: Some(Ok(config)),
        before: Owner::current(),
        ..Start::default()
    }));
    let leave = move || {
        if let Some(start) = start.try_update_value(Option::take).flatten() {
            // A task of its own: what goes on must not belong to what ends here.
            spawn_local(async move { more(start) });
        }
    };
    Effect::new(move |_| {
        if address.route() != Route::LogIn {
            leave();
        }
    });
    // Out of the back/forward cache, after a log-in in the meantime.
    let show = window_event_listener(ev::pageshow, move |_| {
        if session::is_kept() {
            leave();
        }
    });
    on_cleanup(move || show.remove());
    view! {
        <Frame address=address account=().into_any()>
            <section class="card welcome">
                <Welcome />
                <Permissions scopes=scopes chosen=chosen />
                <div class="actions">
                    <LogInButton departure=departure scopes=chosen return_to=ReturnTo::default() />
                </div>
                <details on:toggle=move |_| leave()>
                    <summary>{FOR_OWNERS}</summary>
                    <p class="hint">"One moment…"</p>
                </details>
            </section>
        </Frame>
    }
}
