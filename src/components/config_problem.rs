//! What stands there when the configuration is missing or invalid: every problem by its key, for the owner of the app.

use leptos::prelude::*;

use crate::browser::page::{Heading, focus_heading};
use crate::config::ConfigError;
use crate::messages::{self, Message};
use crate::session::Session;

/// What is wrong with `config.json`, and a button that loads it again.
#[component]
pub fn ConfigProblem(error: ConfigError) -> impl IntoView {
    let session = Session::from_context();
    let load = move |_| {
        session.load_config();
        // The button is gone with what was shown.
        focus_heading(Heading::Page);
    };
    let Message { title, text, .. } = messages::config(&error);
    let problems = match error {
        ConfigError::Problems(problems) => problems,
        _ => Vec::new(),
    };
    let items = problems
        .into_iter()
        .map(|problem| view! { <li><code translate="no" prop:textContent=problem.key></code>" "<span prop:textContent=format!("{}.", problem.reason)></span></li> })
        .collect_view();
    view! {
        <section class="card">
            <h1 tabindex="-1" prop:textContent=title></h1>
            <div role="alert">
                <p prop:textContent=text></p>
                <ul class="problems">{items}</ul>
            </div>
            <div class="actions">
                <button class="main" type="button" on:click=load>"Try again"</button>
            </div>
        </section>
    }
}
