// Starts the app. Settings and wasm come side by side; where the app can't be loaded, or breaks later on, the message that
// the page holds ready takes its place. A release build makes one file of this and of the generated glue.
import start from "./stagedoor.js";

const { wasm, integrity, whole, wholeIntegrity } = document.querySelector("script[type=module]").dataset;

function fail() {
  document.getElementById("app").hidden = true;
  document.getElementById("failure").hidden = false;
}

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) fail();
});

// Taken over by the app. Asked for here, not preloaded: a preload could come out of the browser's cache, and be stale.
globalThis.settings = fetch("config.json", { cache: "no-cache", signal: AbortSignal.timeout(10_000) }).catch(() => undefined);

// A release comes in two parts. The log-in page does with the first; pages that need the second preload it. Whoever logs in
// comes back to one of those, so the browser fetches it from when the button is reached for.
const hint = () => document.querySelector(`link[href="${whole}"]`);

function prefetch({ target }) {
  if (whole && !hint() && target.closest?.(".log-in")) {
    const link = { rel: "prefetch", href: whole, as: "fetch", crossOrigin: "anonymous" };
    document.head.append(Object.assign(document.createElement("link"), link));
  }
}
for (const sign of ["pointerover", "focusin", "click"]) addEventListener(sign, prefetch);

const load = () => fetch(whole, { integrity: wholeIntegrity });

/** The second part. A host that does not know the type of its file keeps it from being compiled as it comes. */
function compile() {
  return WebAssembly.compileStreaming(load()).catch(async () => WebAssembly.compile(await (await load()).arrayBuffer()));
}

/** Whether this tab keeps a session (`session::RECORD`): then the log-in page is not what comes next. */
function isKept() {
  try {
    return sessionStorage.getItem(`stagedoor:${new URL(document.baseURI).pathname}:session`) !== null;
  } catch {
    return false;
  }
}

const kept = isKept();
if (kept) document.querySelector(".welcome")?.setAttribute("hidden", "");

const app = start({ module_or_path: wasm && fetch(wasm, { integrity }) });
let second = (hint() || (whole && kept)) && compile();
Promise.all([app, second]).catch(fail);

/** A turn of its own for what follows, so that a slow machine can answer a press in between. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Loads the second part for the first, then calls it back through the table that both share. */
export async function loadWhole(callback, data) {
  try {
    const [shared, compiled] = await Promise.all([app, (second ||= compile())]);
    await turn();
    await WebAssembly.instantiate(compiled, { __wasm_split: shared });
    await turn();
    shared.__indirect_function_table.get(callback)(data, true);
  } catch {
    fail();
  }
}
