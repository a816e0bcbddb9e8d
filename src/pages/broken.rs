//! The page for a configuration that is missing or wrong. It speaks to the owner of the app, key by key.

use leptos::prelude::*;

use crate::config::ConfigError;
use crate::messages::{self, Message};

/// What is wrong with `config.json`; `retry` loads it again.
#[component]
pub fn BrokenPage(error: ConfigError, retry: impl Fn() + Send + 'static) -> impl IntoView {
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
                <button class="main" type="button" on:click=move |_| retry()>"Try again"</button>
            </div>
        </section>
    }
}
