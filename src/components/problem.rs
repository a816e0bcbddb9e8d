//! A failure as people see it: a heading, and an alert with what happened and what to do next.

use leptos::prelude::*;

use crate::browser::page::Heading;
use crate::messages::Message;

/// Heading and alert; what stands between the tags follows below: buttons, links.
#[component]
pub fn Problem(
    message: Message,
    /// Which heading it has: that of the page, its one of level 1, or one below it.
    #[prop(default = Heading::Page)]
    heading: Heading,
    /// What else the alert says.
    #[prop(optional)]
    detail: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let heading = match heading {
        Heading::Page => view! { <h1 tabindex="-1" prop:textContent=message.title></h1> }.into_any(),
        Heading::Result => view! { <h2 tabindex="-1" prop:textContent=message.title></h2> }.into_any(),
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
