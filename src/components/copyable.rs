//! A text to copy, with its button.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clipboard;
use crate::messages;

#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Yes,
    Refused,
}

/// Shows `text` and copies it at a press. Where the browser refuses, it says so: the text can still be selected by hand.
#[component]
pub fn Copyable(text: String, #[prop(default = "Copy")] label: &'static str) -> impl IntoView {
    let copied = RwSignal::new(Copied::NotYet);
    let shown = text.clone();
    let press = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let done = clipboard::write(&text).await;
            copied.try_set(if done { Copied::Yes } else { Copied::Refused });
        });
    };
    let outcome = move || match copied.get() {
        Copied::NotYet => "",
        Copied::Yes => "Copied.",
        Copied::Refused => messages::NOT_COPIED,
    };
    view! {
        <div class="copyable">
            <code translate="no" prop:textContent=shown></code>
            <button class="quiet" type="button" on:click=press>{label}</button>
            <span class="hint" role="status" prop:textContent=outcome></span>
        </div>
    }
}
