//! A failure as people see it: a heading, and an alert with what happened and what to do next.

use leptos::prelude::*;

use crate::messages::Message;

/// Heading and alert; what stands between the tags follows below: buttons, links.
#[component]
pub fn Problem(
    message: Message,
    /// One more sentence for the alert.
    #[prop(optional_no_strip)]
    detail: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            <h1 tabindex="-1" prop:textContent=message.title></h1>
            <div role="alert">
                <p prop:textContent=message.text></p>
                {detail.map(|detail| view! { <p prop:textContent=detail></p> })}
                {message.quote.map(|quote| view! {
                    <p class="quote">"Message from Spotify: " <q dir="auto" prop:textContent=quote></q></p>
                })}
            </div>
            <div class="actions">{children()}</div>
        </section>
    }
}
