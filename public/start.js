// Starts the app. Settings and wasm come side by side; where the app can't be loaded, or breaks later on, the message that
// the page holds ready takes its place. A release build makes one file of this and of the generated glue.
import start from "./stagedoor.js";

const { wasm, integrity } = document.querySelector("script[type=module]").dataset;

function fail() {
  document.getElementById("app").hidden = true;
  document.getElementById("failure").hidden = false;
}

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) fail();
});

// Taken over by the app. Asked for here, not preloaded: a preload could come out of the browser's cache, and be stale.
globalThis.settings = fetch("config.json", { cache: "no-cache", signal: AbortSignal.timeout(10_000) }).catch(() => undefined);

start({ module_or_path: wasm && fetch(wasm, { integrity }) }).catch(fail);
