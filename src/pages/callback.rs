//! The page that people come back to. The response is gone from its address by now; this shows what became of it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{LogInButton, Problem, href};
use crate::config::Config;
use crate::route::Route;
use crate::session::{Arrival, Session};
use crate::words;

/// The page.
#[component]
pub fn CallbackPage(config: Arc<Config>, session: Session) -> impl IntoView {
    on_cleanup(move || session.leave_arrival());
    let signed_in = Memo::new(move |_| session.live().is_some());
    move || {
        let scopes = config.scopes.clone();
        match session.arrival() {
            Arrival::Complete(_) => view! {
                <section class="card wait" aria-busy="true">
                    <h1 tabindex="-1">"Signing you in…"</h1>
                </section>
            }
            .into_any(),
            Arrival::Refused(refused) => view! {
                <Problem words=words::refused(&refused)>
                    <Show when=move || signed_in.get()>
                        <p>"You are still logged in."</p>
                    </Show>
                    <LogInButton session=session scopes=scopes return_to=session.return_to() />
                    <WayHome signed_in=signed_in />
                </Problem>
            }
            .into_any(),
            Arrival::Nothing => view! {
                <section class="card">
                    <h1 tabindex="-1">"Nothing to finish here"</h1>
                    <p>"Spotify sends people to this page at the end of a log-in. Opened by itself it has nothing to do."</p>
                    <div class="actions"><WayHome signed_in=signed_in /></div>
                </section>
            }
            .into_any(),
        }
    }
}

#[component]
fn WayHome(signed_in: Memo<bool>) -> impl IntoView {
    move || {
        if signed_in.get() {
            view! { <a class="button" href=href(Route::Profile)>"Go to your profile"</a> }
        } else {
            view! { <a class="button" href=href(Route::LogIn)>"Go to the start page"</a> }
        }
    }
}
