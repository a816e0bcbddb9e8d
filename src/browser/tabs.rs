//! Word between the tabs of this origin (`BroadcastChannel`). It is kept nowhere and reaches no other origin.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::record;
use super::storage::full_key;

/// A channel to the other tabs. A tab does not hear itself.
pub struct Channel {
    channel: BroadcastChannel,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the channel of that name; `None` where the browser has none. What is no message of this version is ignored.
    pub fn open<T: DeserializeOwned>(name: &str, mut hear: impl FnMut(T) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&full_key(name)).ok()?;
        let hear = Closure::new(move |event: MessageEvent| {
            let message = event.data().as_string();
            if let Some(message) = message.as_deref().and_then(record::from_text) {
                hear(message);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Some(Self { channel, _hear: hear })
    }

    /// Says `message` to the other tabs.
    pub fn say<T: Serialize>(&self, message: &T) {
        if let Some(text) = record::to_text(message) {
            let _ = self.channel.post_message(&text.into());
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
