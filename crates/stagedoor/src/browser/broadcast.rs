//! Messages between the tabs of this origin (`BroadcastChannel`). They are stored nowhere and reach no other origin.

use gloo_events::EventListener;
use serde::Serialize;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

use super::storage::full_key;
use crate::store::record;

/// A channel to the other tabs. A tab does not receive its own messages.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Opens the channel of that name; `None` where the browser has none. What is no text is ignored; the text of a message is a record
    /// ([`record::from_text`]).
    pub fn open(name: &str, mut receive: Box<dyn FnMut(&str)>) -> Option<Self> {
        let channel = BroadcastChannel::new(&full_key(name)).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            if let Some(message) = event.unchecked_ref::<MessageEvent>().data().as_string() {
                receive(&message);
            }
        });
        Some(Self {
            channel,
            _listener: listener,
        })
    }

    /// Sends `message` to the other tabs.
    pub fn send<T: Serialize>(&self, message: &T) {
        if let Some(text) = record::to_text(message) {
            let _ = self.channel.post_message(&text.into());
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
