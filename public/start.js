// Loads the app. First of all it takes an authorization response out of the URL, before any request, and keeps it in memory for
// the app. Where the app can't be loaded, or crashes later, a static message takes its place. A release build makes one file of
// this and of the generated glue.
import start from "./stagedoor.js";

// Its own element: extensions put scripts of theirs into the page.
const { wasm, integrity } = [...document.scripts].find(({ src }) => src === import.meta.url)?.dataset ?? {};

/** The parameters of an authorization response (RFC 6749 sections 4.1.2 and 4.2.2, RFC 9207). */
const PARAMETERS = ["access_token", "code", "error", "error_description", "expires_in", "iss", "scope", "state", "token_type"];

let response;

/**
 * Removes an authorization response from the URL, on any page. Keeps what came to `/callback` for the app, and returns whether
 * there was anything.
 */
function removeResponse() {
  const { pathname, search, hash } = location;
  const isCallback = /\/callback(\/(index\.html)?)?$/.test(pathname);
  const names = [search, hash.slice(1)].flatMap((part) => [...new URLSearchParams(part).keys()]);
  const isResponse = names.some((name) => PARAMETERS.includes(name));
  if (!isResponse && !(isCallback && search + hash)) return false;
  history.replaceState(null, "", pathname);
  if (!isCallback) return false;
  response = { query: search, fragment: hash };
  return true;
}

removeResponse();
// A response can come into a living page as well, by a change of the fragment.
addEventListener("popstate", () => {
  if (removeResponse()) dispatchEvent(new Event("authorizationresponse"));
});

// Asked for here, not preloaded: a preload could come out of the browser's cache, and be stale.
let config = fetch("config.json", { cache: "no-cache", signal: AbortSignal.timeout?.(10_000) }).catch(() => undefined);

/** What the app takes, once each. */
globalThis.stagedoorLoader = {
  takeResponse() {
    const taken = response;
    response = undefined;
    return taken;
  },
  takeConfig() {
    const taken = config;
    config = undefined;
    return taken;
  },
};

const app = () => document.getElementById("app");
const message = (kind) => document.getElementById(`failure-${kind}`);

function fail(kind) {
  app().hidden = true;
  message(kind).hidden = false;
}

/** Loads the wasm and starts the app; a file that does not load is tried once more. */
async function load(retries = 1) {
  if (typeof WebAssembly !== "object") return fail("webassembly");
  try {
    await start({ module_or_path: wasm && fetch(wasm, { integrity }) });
  } catch {
    if (retries > 0) await load(retries - 1);
    else fail("file");
  }
}

addEventListener("error", ({ error }) => {
  if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) fail("crash");
});
message("crash").querySelector("button").addEventListener("click", () => location.reload());
message("file").querySelector("button").addEventListener("click", () => {
  message("file").hidden = true;
  app().hidden = false;
  load();
});

/** Whether this tab has stored a session (`session::RECORD`): then the log-in page is hidden. */
function hasSession() {
  try {
    return sessionStorage.getItem(`stagedoor:${new URL(document.baseURI).pathname}:session`) !== null;
  } catch {
    return false;
  }
}

if (hasSession()) document.querySelector("[data-prerendered] .welcome")?.setAttribute("hidden", "");
load();
