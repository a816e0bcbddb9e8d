//! The log-in page: what this is, what will be requested, and the button.

use std::borrow::Cow;
use std::sync::Arc;

use leptos::prelude::*;
use stagedoor::internals::browser::IN_BROWSER;
use stagedoor::internals::oauth::request_parameters;
use stagedoor::internals::session::Session;
use stagedoor::spotify::describe;
use stagedoor::{Flow, Scopes, StartError};

use crate::components::{Copyable, Loading, LoginButton, Setup, StartProblem, Step, use_go_to};
use crate::config::Config;
use crate::context::use_app;
use crate::messages;

/// What this is, what will be requested, and the button; without a client ID, the steps to one. Before the app is there it shows what
/// the configuration alone decides.
#[component]
pub fn LoginPage() -> impl IntoView {
    let session = Session::from_context();
    let go_to = use_go_to();
    let is_active = session.is_active();
    Effect::new(move |_| {
        if is_active.get() {
            go_to("/profile", Step::Replace);
        }
    });
    match use_app().settings.config_untracked() {
        Some(config) if !config.client.client_id.is_empty() => view! { <Welcome config=config /> }.into_any(),
        Some(config) if IN_BROWSER => view! { <Setup config=config /> }.into_any(),
        Some(_) => view! { <Loading /> }.into_any(),
        None => ().into_any(),
    }
}

#[component]
fn Welcome(config: Arc<Config>) -> impl IntoView {
    let chosen = RwSignal::new(config.scopes.clone());
    // Where the page is opened is known in the browser only. Whether it is in a frame is asked at the press.
    let check = || {
        Session::from_context()
            .check_login()
            .err()
            .filter(|error| *error != StartError::Framed)
    };
    let action = match IN_BROWSER.then(check).flatten() {
        Some(error) => view! { <StartProblem error=error /> }.into_any(),
        None => view! {
            <Permissions scopes=config.scopes.clone() chosen=chosen />
            <div class="actions"><LoginButton scopes=chosen /></div>
        }
        .into_any(),
    };
    let trial = if config.is_trial {
        view! { <TrialNote client_id=config.client.client_id.clone() /> }.into_any()
    } else {
        ().into_any()
    };
    view! {
        {trial}
        <section class="card welcome">
            <h1 tabindex="-1">"Log in to see your Spotify profile"</h1>
            <p class="lead">
                "It all happens here in your browser: your password stays with Spotify, there is no server in between, and \
                 what this app knows of you stays in this tab."
            </p>
            {action}
            <details>
                <summary>"Is this your app? How it logs in, and the redirect URI to register"</summary>
                {if IN_BROWSER { view! { <Details config=config chosen=chosen /> }.into_any() } else { ().into_any() }}
            </details>
        </section>
    }
}

/// What the details hold.
#[component]
fn Details(config: Arc<Config>, chosen: RwSignal<Scopes>) -> impl IntoView {
    view! {
        <p>{flow_text(config.client.flow)}</p>
        <p>"Spotify sends people back to this address. It has to be in your app’s settings, character by character."</p>
        <Copyable text=config.client.redirect_uri.clone() label="Copy the redirect URI" />
        <p>"A press of the button leads to this address, with these parameters:"</p>
        <Request config=config chosen=chosen />
    }
}

fn flow_text(flow: Flow) -> &'static str {
    match flow {
        Flow::Implicit => {
            "It logs in by the implicit grant: the access token comes straight back in the address. Servers that still offer that \
             need nothing more; Spotify itself ended it in November 2025, and then this app offers the other way."
        }
        Flow::Pkce => {
            "It logs in by the authorization code with PKCE: what comes back in the address is of use to this tab alone, and \
             the session refreshes itself. It is the way that Spotify offers today."
        }
    }
}

/// Says that a client ID is being tried, how to keep it, and how to stop.
#[component]
fn TrialNote(client_id: String) -> impl IntoView {
    let settings = use_app().settings;
    let entries = format!("{{ \"client_id\": \"{client_id}\", \"flow\": \"pkce\" }}");
    let stop = move |_| settings.end_trial();
    view! {
        <section class="notice trial" aria-label="Trial">
            <p>"You are trying a client ID in this tab only. When it works, put this into config.json:"</p>
            <Copyable text=entries label="Copy the settings" />
            <button class="quiet" type="button" on:click=stop>"Stop trying it"</button>
        </section>
    }
}

/// The parameters of the authorization request as it would be now.
#[component]
fn Request(config: Arc<Config>, chosen: RwSignal<Scopes>) -> impl IntoView {
    let part = |(name, value): (&str, Cow<'_, str>)| {
        view! {
            <dt translate="no"><code prop:textContent=name.to_owned()></code></dt>
            <dd>
                <code translate="no" prop:textContent=value.into_owned()></code>
                <span class="hint" prop:textContent=messages::parameter(name)></span>
            </dd>
        }
    };
    let further = Session::from_context().further_parameters();
    let endpoint = config.client.authorize_url.clone();
    let parts = move || {
        let fresh = "(made anew at each press)";
        let further = further
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        request_parameters(&config.client, &chosen.get(), fresh, fresh.into(), further)
            .into_iter()
            .map(part)
            .collect_view()
            .into_any()
    };
    view! {
        <p><code translate="no">{endpoint}</code></p>
        <dl class="parts">{parts}</dl>
    }
}

/// The permissions that will be requested, and why, in plain words. Whatever is unticked is left out.
#[component]
fn Permissions(scopes: Scopes, chosen: RwSignal<Scopes>) -> impl IntoView {
    if scopes.is_empty() {
        return view! { <p>"It asks for no permission beyond your public profile."</p> }.into_any();
    }
    let item = |scope: &str| {
        let scope = scope.to_owned();
        let words = describe(&scope).map_or_else(|| format!("use the permission {scope}"), str::to_owned);
        let value = scope.clone();
        let why = format!("why-{scope}");
        let purpose = messages::purpose(&scope);
        let toggle = move |_| chosen.update(|chosen| chosen.toggle(&scope));
        view! {
            <label>
                <input type="checkbox" name="scope" value=value checked aria-describedby=why.clone() on:change=toggle />
                <span>{words}</span>
            </label>
            <p class="hint" id=why>{purpose}</p>
        }
    };
    view! {
        <fieldset class="permissions">
            <legend>"You will be asked to let this app"</legend>
            {scopes.iter().map(item).collect_view()}
            <p class="hint">
                "What you share is shown to you here, and goes nowhere else. Untick what you would rather not share; you can \
                 add it later."
            </p>
        </fieldset>
    }
    .into_any()
}
