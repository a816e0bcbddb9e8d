//! What stands there when the configuration is missing or invalid: every problem by its key, for the owner of the app.

use leptos::prelude::*;

use crate::config::ConfigError;
use crate::messages::{self, Message};
use crate::session::Session;

/// What is wrong with `config.json`, and a button that loads it again.
#[component]
pub fn ConfigProblem(error: ConfigError) -> impl IntoView {
    let session = Session::from_context();
    let Message { title, text, .. } = messages::config(&error);
    let problems = match error {
        ConfigError::Problems(problems) => problems,
        _ => Vec::new(),
    };
    let items = problems
        .into_iter()
        .map(|problem| view! { <li><code>{problem.key.clone()}</code>" "{problem.reason.to_string()}"."</li> })
        .collect_view();
    view! {
        <section class="card">
            <h1 tabindex="-1">{title}</h1>
            <div role="alert">
                <p>{text}</p>
                <ul class="problems">{items}</ul>
            </div>
            <div class="actions">
                <button class="main" type="button" on:click=move |_| session.load_config()>"Try again"</button>
            </div>
        </section>
    }
}
