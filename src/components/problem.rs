//! A failure as people see it: a heading, and an alert with what happened and what to do next.

use leptos::prelude::*;

use crate::messages::Message;

/// What the heading of a failure stands above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The page: it is its one heading of level 1.
    Page,
    /// A part of a page that has a heading.
    Part,
}

/// Heading and alert; what stands between the tags follows below: buttons, links.
#[component]
pub fn Problem(
    message: Message,
    #[prop(default = Level::Page)] level: Level,
    /// What else the alert says.
    #[prop(optional)]
    detail: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let heading = match level {
        Level::Page => view! { <h1 tabindex="-1" prop:textContent=message.title></h1> }.into_any(),
        Level::Part => view! { <h2 tabindex="-1" prop:textContent=message.title></h2> }.into_any(),
    };
    view! {
        <section class="card problem">
            {heading}
            <div role="alert">
                <p prop:textContent=message.text></p>
                {detail}
                {message.quote.map(|quote| view! {
                    <p class="quote">"Message from Spotify: " <q dir="auto" prop:textContent=quote></q></p>
                })}
            </div>
            <div class="actions">{children()}</div>
        </section>
    }
}
