//! What the page of a tab takes of the machine.

use serde_json::{Value, json};

use crate::{Need, User, cdp};

/// What a page takes, after the garbage was collected.
#[derive(Clone, Debug)]
pub struct Memory {
    /// The heap of its scripts, in bytes.
    pub heap: u64,
    /// The memory of the wasm, in bytes, where the page has put it into `window.wasmMemory`.
    pub wasm: u64,
    /// The nodes of its documents.
    pub nodes: u64,
    /// The listeners for events.
    pub listeners: u64,
}

impl User {
    /// What the page of this tab takes now.
    pub async fn memory(&mut self) -> Memory {
        self.needs(Need::DevTools);
        let client = self.browser.client.clone();
        cdp::run(&client, "HeapProfiler.collectGarbage", json!({})).await;
        let heap = cdp::run(&client, "Runtime.getHeapUsage", json!({})).await;
        let counters = cdp::run(&client, "Memory.getDOMCounters", json!({})).await;
        let wasm = self
            .script("return window.wasmMemory?.buffer.byteLength ?? 0", vec![])
            .await;
        Memory {
            heap: number(&heap["usedSize"]),
            wasm: number(&wasm),
            nodes: number(&counters["nodes"]),
            listeners: number(&counters["jsEventListeners"]),
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes")]
fn number(value: &Value) -> u64 {
    value.as_f64().expect("a number") as u64
}
