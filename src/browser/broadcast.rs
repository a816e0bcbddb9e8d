//! Messages between the tabs of this origin (`BroadcastChannel`). They are stored nowhere and reach no other origin.

use gloo_events::EventListener;
use serde::Serialize;
use serde::de::DeserializeOwned;
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
    /// Opens the channel of that name; `None` where the browser has none. Messages of another type or version are ignored.
    pub fn open<T: DeserializeOwned>(name: &str, mut receive: impl FnMut(T) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&full_key(name)).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let message = event
                .dyn_ref::<MessageEvent>()
                .and_then(|event| event.data().as_string());
            if let Some(message) = message.as_deref().and_then(record::from_text) {
                receive(message);
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
