//! The log-in page on its own: all that a first visit needs. Whatever else there is to show is the [`App`](crate::app::App)'s,
//! which a release loads no sooner than that (`whole` in `main.rs`).

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use crate::app::Start;
use crate::browser::location::{self, ResponseParts};
use crate::components::{Address, Frame};
use crate::config::Config;
use crate::pages::LogInPage;
use crate::route::Route;
use crate::session::{self, Session};

/// What a page opens with.
pub enum Opening {
    /// The log-in page, and nothing else for now.
    LogIn(Arc<Config>),
    /// The whole app.
    Whole(Start),
}

/// What the page of this address opens with, once it is known. The log-in page waits for the configuration; the static page
/// stands there until then.
pub async fn opening(response: Option<ResponseParts>) -> Opening {
    if response.is_some() || location::route() != Route::LogIn || session::is_kept() {
        return Opening::Whole(Start {
            response,
            ..Start::default()
        });
    }
    match session::settings().await {
        Ok(config) if !config.binding.client_id.is_empty() => Opening::LogIn(config),
        settings => Opening::Whole(Start {
            settings: Some(settings),
            ..Start::default()
        }),
    }
}

/// The log-in page in its frame. Calls `more` once, when there is more to show: after a step back or forward in the history,
/// or when the configuration is to be read anew.
#[component]
pub fn Entrance(config: Arc<Config>, more: fn(Start)) -> impl IntoView {
    let session = Session::before_log_in(config.clone());
    let address = Address::watch();
    let before = Owner::current();
    let more = StoredValue::new(Some(more));
    let leave = move || {
        if let Some(more) = more.try_update_value(Option::take).flatten() {
            more(Start {
                before: before.clone(),
                ..Start::default()
            });
        }
    };
    let leave = StoredValue::new(leave);
    let leave = move || leave.with_value(|leave| leave());
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
        <Frame session=session address=address>
            <LogInPage config=config session=session retry=leave />
        </Frame>
    }
}
