//! The page that people come back to from the authorization server. The response is gone from its address by now; this shows what
//! came of it.

use leptos::prelude::*;
use stagedoor::internals::session::Session;
use stagedoor::{Flow, LoginOutcome};

use crate::components::{Loading, LoginButton, Problem, refused_on_the_way};
use crate::context::use_app;
use crate::messages::{self, Message};

/// What the page says until that is known.
pub const SIGNING_IN: &str = "Signing you in…";

/// What came of the response.
#[component]
pub fn CallbackPage() -> impl IntoView {
    let (session, settings) = (Session::from_context(), use_app().settings);
    on_cleanup(move || {
        if untrack(move || refused_on_the_way(session)).is_none() {
            session.clear_outcome();
        }
    });
    let is_redeeming = Memo::new(move |_| session.is_redeeming());
    let may_offer_pkce = move || {
        settings
            .config()
            .is_some_and(|config| config.client.flow == Flow::Implicit)
    };
    move || match session.outcome() {
        LoginOutcome::None if !is_redeeming.get() => view! { <NoResponse /> }.into_any(),
        LoginOutcome::None | LoginOutcome::Offered(_) | LoginOutcome::Completed(_) => {
            view! { <Loading text=SIGNING_IN /> }.into_any()
        }
        LoginOutcome::Elsewhere => view! { <Nothing message=messages::finished_elsewhere() /> }.into_any(),
        LoginOutcome::Refused(refused) if may_offer_pkce() && refused.error.is_flow_refused() => {
            view! { <PkceOffer /> }.into_any()
        }
        LoginOutcome::Refused(refused) => {
            view! { <Refusal message=messages::completion_error(&refused.error) /> }.into_any()
        }
    }
}

/// Why no log-in was completed, and the button for another one.
#[component]
fn Refusal(message: Message) -> impl IntoView {
    view! {
        <Problem message=message>
            <StillSignedIn />
            <LoginButton />
            <WayOn />
        </Problem>
    }
}

/// The page was opened without a response: a plain page with a way on, and where a log-in was not finished, what became of it.
#[component]
fn NoResponse() -> impl IntoView {
    let session = Session::from_context();
    if let Some(unfinished) = session.unfinished_login() {
        return view! { <Refusal message=messages::unfinished_login(unfinished) /> }.into_any();
    }
    view! { <Nothing message=messages::no_response() /> }.into_any()
}

/// There is nothing to be done here: why, and a way on.
#[component]
fn Nothing(message: Message) -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1" prop:textContent=message.title></h1>
            <p prop:textContent=message.text></p>
            <div class="actions"><WayOn /></div>
        </section>
    }
}

/// The server refuses the implicit grant: the other flow is offered, in one step, and never taken without a press.
#[component]
fn PkceOffer() -> impl IntoView {
    view! {
        <Problem message=messages::implicit_refused()>
            <StillSignedIn />
            <p>
                "There is another way, the authorization code with PKCE, and it works with Spotify today. Nothing changes for \
                 you. Log in with it now, and this browser remembers the choice for this app."
            </p>
            <LoginButton chooses_pkce=true />
            <WayOn />
        </Problem>
    }
}

#[component]
fn StillSignedIn() -> impl IntoView {
    let is_active = Session::from_context().is_active();
    move || {
        if is_active.get() {
            view! { <p>"You are still logged in."</p> }.into_any()
        } else {
            ().into_any()
        }
    }
}

#[component]
fn WayOn() -> impl IntoView {
    let is_active = Session::from_context().is_active();
    move || {
        if is_active.get() {
            view! { <a class="button" href="profile" prop:textContent="Go to your profile"></a> }.into_any()
        } else {
            view! { <a class="button" href="." prop:textContent="Go to the start page"></a> }.into_any()
        }
    }
}
