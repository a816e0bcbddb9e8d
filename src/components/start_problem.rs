//! Why a log-in could not start, with a link to where it can.

use leptos::prelude::*;
use stagedoor::{ConfigError, StartError};

use crate::messages;

/// What happened, and what to do next, as an alert.
#[component]
pub fn StartProblem(error: StartError) -> impl IntoView {
    let text = messages::start_error(&error);
    let link = match error {
        StartError::Config(ConfigError::NoClientId) => {
            Some((".".to_owned(), "See the steps on the start page".to_owned()))
        }
        StartError::Localhost(url) | StartError::Elsewhere(url) => Some((url.clone(), url)),
        _ => None,
    };
    view! {
        <p class="notice" role="alert">
            <span prop:textContent=text></span>
            {link.map(|(url, text)| view! { <a href=url prop:textContent=text></a> })}
        </p>
    }
}
