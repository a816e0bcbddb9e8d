//! The page of an app that has no client ID yet: how to get one, and the exact redirect URI to register.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::Copyable;
use crate::config::Config;

/// What the owner has to do, step by step.
#[component]
pub fn SetUpPage(config: Arc<Config>) -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1">"Three steps to your first log-in"</h1>
            <p class="lead">"This app has no client ID yet. Spotify gives you one in a minute."</p>
            <ol class="steps">
                <li>
                    <p>
                        "Open "
                        <a href="https://developer.spotify.com/dashboard" rel="noreferrer">"Spotify’s developer dashboard"</a>
                        ", log in, and create an app that uses the Web API."
                    </p>
                </li>
                <li>
                    <p>"Give it this redirect URI, character by character:"</p>
                    <Copyable text=config.binding.redirect_uri.clone() label="Copy the redirect URI" />
                </li>
                <li>
                    <p>
                        "Copy the app’s client ID into "<code>"config.json"</code>
                        ", which lies beside "<code>"index.html"</code>", then reload this page:"
                    </p>
                    <pre><code>"{ \"client_id\": \"your client ID\", \"flow\": \"pkce\" }"</code></pre>
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
