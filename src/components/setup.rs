//! The log-in page of an app that has no client ID yet: a checklist from registering the app to the first log-in.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{Copyable, no_autocorrect, value_of};
use crate::config::Config;
use crate::context::use_app;
use crate::settings::client_id;

/// What the owner has to do, step by step.
#[component]
pub fn Setup(config: Arc<Config>) -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1">"Four steps to your first log-in"</h1>
            <p class="lead">"This app has no client ID yet. Spotify gives you one in a minute."</p>
            <ol class="steps">
                <li>
                    <p>
                        "Open "
                        <a href="https://developer.spotify.com/dashboard" rel="external noreferrer">"Spotify’s developer dashboard"</a>
                        ", log in, and create an app that uses the Web API."
                    </p>
                </li>
                <li>
                    <p>"Give it this redirect URI, character by character:"</p>
                    <Copyable text=config.client.redirect_uri.clone() label="Copy the redirect URI" />
                </li>
                <li>
                    <p>"Copy the app’s client ID, and try it at once:"</p>
                    <Trial />
                </li>
                <li>
                    <p>
                        "To keep it, for everybody, put it into "<code translate="no">"config.json"</code>
                        ", which lies beside "<code translate="no">"index.html"</code>", then reload this page:"
                    </p>
                    <pre><code translate="no">"{ \"client_id\": \"your client ID\", \"flow\": \"pkce\" }"</code></pre>
                </li>
            </ol>
            <p class="hint">
                "The client ID is public. There is no secret to copy, and none belongs here. While your app is in development \
                 mode, Spotify answers it only if you have Premium yourself, and lets in only people whom you have named in the \
                 dashboard."
            </p>
        </section>
    }
}

/// A client ID for this tab.
#[component]
fn Trial() -> impl IntoView {
    let settings = use_app().settings;
    let field = NodeRef::new();
    let wrong = RwSignal::new("");
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = value_of(field);
        if typed.trim().is_empty() {
            return wrong.set("Paste the client ID first.");
        }
        match client_id(&typed).map(|id| settings.start_trial(id)) {
            Some(Ok(())) => {}
            Some(Err(_)) => wrong.set("This browser does not let the page keep anything, so it can’t be tried here."),
            None => wrong.set("That is no client ID: it is one word of letters and digits."),
        }
    };
    view! {
        <form class="question" on:submit=begin>
            <label for="client-id">"Client ID"</label>
            <input
                id="client-id" type="text" autocomplete="off" autocapitalize="none" {..no_autocorrect()} spellcheck="false" aria-describedby="client-id-wrong"
                aria-invalid=move || if wrong.get().is_empty() { "false" } else { "true" }
                node_ref=field
            />
            <p id="client-id-wrong" class="wrong" role="status" prop:textContent=move || wrong.get()></p>
            <button class="main">"Try it in this tab"</button>
        </form>
    }
}
