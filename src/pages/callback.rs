//! The page that people come back to. The response is gone from its address by now; this shows what became of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::OpeningPage;
use crate::components::{Address, Link, LogInButton, Problem};
use crate::config::Config;
use crate::messages;
use crate::oauth::{Flow, Scopes};
use crate::route::Route;
use crate::session::{LoginOutcome, Session};

/// The page.
#[component]
pub fn CallbackPage(config: Arc<Config>, session: Session, address: Address) -> impl IntoView {
    on_cleanup(move || session.clear_outcome());
    let signed_in = session.is_active();
    let redeeming = Memo::new(move |_| session.is_redeeming());
    let scopes = config.scopes.clone();
    let may_offer_pkce = config.client.flow == Flow::Implicit;
    move || {
        let scopes = scopes.clone();
        match session.outcome() {
            LoginOutcome::None if !redeeming.get() => view! { <Idle signed_in=signed_in address=address /> }.into_any(),
            LoginOutcome::None | LoginOutcome::Completed(_) => {
                view! { <OpeningPage route=Route::Callback /> }.into_any()
            }
            LoginOutcome::Refused(error) if may_offer_pkce && error.is_flow_refused() => {
                view! { <PkceOffer scopes=scopes session=session signed_in=signed_in address=address /> }.into_any()
            }
            LoginOutcome::Refused(error) => view! {
                <Problem message=messages::completion_error(&error)>
                    <StillIn signed_in=signed_in />
                    <LogInButton session=session scopes=RwSignal::new(scopes) return_to=session.return_to() />
                    <WayHome signed_in=signed_in address=address />
                </Problem>
            }
            .into_any(),
        }
    }
}

/// Opened by itself: a plain page with a way home.
#[component]
fn Idle(signed_in: Memo<bool>, address: Address) -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1">"Nothing to finish here"</h1>
            <p>"Spotify sends people to this page at the end of a log-in. Opened by itself it has nothing to do."</p>
            <div class="actions"><WayHome signed_in=signed_in address=address /></div>
        </section>
    }
}

/// The server refuses the implicit grant: the other flow is offered, in one step, and never taken silently.
#[component]
fn PkceOffer(scopes: Scopes, session: Session, signed_in: Memo<bool>, address: Address) -> impl IntoView {
    view! {
        <Problem message=messages::implicit_refused()>
            <StillIn signed_in=signed_in />
            <p>
                "There is another way, the authorization code with PKCE, and it works with Spotify today. Nothing changes for \
                 you. Log in with it now, and this browser remembers the choice for this app."
            </p>
            <LogInButton session=session scopes=RwSignal::new(scopes) return_to=session.return_to() begin=Session::log_in_with_pkce />
            <WayHome signed_in=signed_in address=address />
        </Problem>
    }
}

#[component]
fn StillIn(signed_in: Memo<bool>) -> impl IntoView {
    move || {
        if signed_in.get() {
            view! { <p>"You are still logged in."</p> }.into_any()
        } else {
            ().into_any()
        }
    }
}

#[component]
fn WayHome(signed_in: Memo<bool>, address: Address) -> impl IntoView {
    move || {
        if signed_in.get() {
            view! { <Link address=address to=Route::Profile>"Go to your profile"</Link> }.into_any()
        } else {
            view! { <Link address=address to=Route::LogIn>"Go to the start page"</Link> }.into_any()
        }
    }
}
