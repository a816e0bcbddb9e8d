//! The app takes the place of the page that was painted before the wasm was there. What somebody has done on that page is kept:
//! boxes stay unticked, details stay open, the focus stays where it is, and a press of the log-in button is carried out.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Promise;
use stagedoor::internals::browser::timer;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::page::{Heading, all, document, element, focus_heading};

/// What can have the focus.
const CONTROLS: &str = "a, button, input, summary";
/// The events that end a press, by pointer, by key, or by leaving the page.
const PRESS_ENDS: [&str; 5] = ["pointerup", "pointercancel", "keyup", "dragend", "blur"];
/// How long a press may hold the takeover back, in milliseconds.
const PRESS_LIMIT_MS: u64 = 5_000;

/// A new root element for the app, not part of the document yet.
pub fn new_root() -> Option<HtmlElement> {
    let root = document()?.create_element("div").ok()?;
    root.set_attribute("id", "app").ok()?;
    root.dyn_into().ok()
}

/// Replaces the prerendered page by `root`. A press that is down on that page is awaited first: its click would be lost with the
/// element that it began on.
pub async fn take_over(root: HtmlElement) {
    let Some(before) = element("app") else {
        return;
    };
    if all(&before, ":active").next().is_some() {
        let _ = before.set_attribute("data-takeover", "pending");
        press_ended().await;
    }
    replace(&before, &root);
}

/// Resolves after the event that ends a press, once its click has been dispatched, or after [`PRESS_LIMIT_MS`].
async fn press_ended() {
    let listeners = Rc::new(RefCell::new(Vec::new()));
    let ended = Promise::new(&mut |resolve, _| {
        let Some(window) = web_sys::window() else {
            return;
        };
        for event in PRESS_ENDS {
            let resolve = resolve.clone();
            let listener = EventListener::new(&window, event, move |_| {
                let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
            });
            listeners.borrow_mut().push(listener);
        }
    });
    timer::is_fulfilled_within(ended, PRESS_LIMIT_MS).await;
    listeners.borrow_mut().clear();
    timer::next_task().await;
}

fn replace(before: &HtmlElement, root: &HtmlElement) {
    let active = document().and_then(|document| document.active_element());
    let is_on_heading = active
        .as_ref()
        .is_some_and(|active| active.matches("h1").unwrap_or(false));
    let focused = active
        .filter(|active| active.matches(CONTROLS).unwrap_or(false))
        .map(|active| Identity::of(&active));
    let holds = |selector: &str| all(before, selector).next().is_some();
    let (pressed, opened) = (holds("#pressed:popover-open"), holds("details[open]"));
    let unticked: Vec<_> = all(before, "[name=scope]:not(:checked)")
        .map(|element| Identity::of(&element))
        .collect();
    if let Some(parent) = before.parent_node() {
        let _ = parent.insert_before(root, Some(before));
        before.remove();
    }
    all(root, "[name=scope]")
        .filter(|element| unticked.contains(&Identity::of(element)))
        .for_each(|element| element.click());
    if let (true, Some(details)) = (opened, all(root, "details").next()) {
        let _ = details.set_attribute("open", "");
    }
    if let Some(control) = all(root, CONTROLS).find(|element| Some(Identity::of(element)) == focused) {
        let _ = control.focus();
    }
    if is_on_heading {
        focus_heading(Heading::Page);
    }
    if let (true, Some(button)) = (pressed, all(root, ".log-in").next()) {
        button.click();
    }
}

/// What a control has in common with the same control in another rendering: its value and its text.
#[derive(PartialEq, Eq)]
struct Identity(Option<String>, Option<String>);

impl Identity {
    fn of(element: &Element) -> Self {
        Self(element.get_attribute("value"), element.text_content())
    }
}
