//! What stands there when the configuration is missing or invalid: every problem by its key, for the owner of the app.

use leptos::prelude::*;

use super::aria_bool;
use crate::browser::page::{Heading, follow_press};
use crate::config::ConfigError;
use crate::context::use_app;
use crate::messages::{self, Message};
use crate::settings::ConfigState;

/// What is wrong with `config.json`, and a button that loads it again.
#[component]
pub fn ConfigProblem() -> impl IntoView {
    let settings = use_app().settings;
    // Anew for each time that it fails, and as it was while it is requested again.
    let failure = Memo::new(
        move |before: Option<&(u32, Option<ConfigError>)>| match (settings.state(), before) {
            (ConfigState::Failed(error), before) => (before.map_or(0, |before| before.0 + 1), Some(error)),
            (_, before) => before.cloned().unwrap_or_default(),
        },
    );
    move || {
        let (times, error) = failure.get();
        if times > 0 {
            follow_press(Heading::Page);
        }
        match error {
            Some(error) => view! { <Explanation error=error /> }.into_any(),
            None => ().into_any(),
        }
    }
}

#[component]
fn Explanation(error: ConfigError) -> impl IntoView {
    let settings = use_app().settings;
    let is_retrying = move || matches!(settings.state(), ConfigState::Retrying(_));
    let status = move || if is_retrying() { "Trying again…" } else { "" };
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
        <section class="card problem">
            <h1 tabindex="-1" prop:textContent=title></h1>
            <div role="alert">
                <p prop:textContent=text></p>
                <ul class="problems">{items}</ul>
            </div>
            <div class="actions">
                <button
                    class="main" type="button" aria-disabled=move || aria_bool(is_retrying()) on:click=move |_| settings.retry()
                >
                    "Try again"
                </button>
                <span class="hint" role="status" prop:textContent=status></span>
            </div>
        </section>
    }
}
