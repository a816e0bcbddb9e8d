// Starts the app: requests its configuration, and starts the wasm with the glue that wasm-bindgen generates, which defines
// `wasm_bindgen`. What comes before, and what is shown when something does not load, is in `loader.js`.
(() => {
  const loader = globalThis.stagedoorLoader;
  if (!loader) return tellOfPolicy();

  /** The loader is missing: a policy of the host refuses what is inline. Does what the loader would do first, and says what is wrong. */
  function tellOfPolicy() {
    const { pathname, search, hash } = location;
    if (/\/callback/.test(pathname) || /[?#&](access_token|code|error)=/.test(search + hash)) {
      history.replaceState(null, "", pathname.replace(/\/{2,}/g, "/"));
    }
    document.getElementById("app").hidden = true;
    document.getElementById("failure-policy").hidden = false;
  }

  /** Requests the configuration. Here, not by a preload, which could come out of the browser's cache, and be stale. */
  async function requestConfig() {
    const response = await fetch(loader.urlOf("config.json"), { cache: "no-cache", signal: loader.limit() });
    return { status: response.status, body: await response.text() };
  }

  let config = requestConfig();
  // What went wrong is seen by whoever takes it.
  config.catch(() => {});

  /** The response to the request for the configuration; from the second call on, to a new one. */
  loader.fetchConfig = () => {
    const taken = config ?? requestConfig();
    config = undefined;
    return taken;
  };

  /** Starts the wasm. Rejects when it did not arrive; what happens afterwards is another matter. */
  async function load() {
    const response = await loader.fetchWasm();
    if (response?.ok === false) throw new Error("the wasm did not arrive");
    try {
      await wasm_bindgen(response && { module_or_path: response });
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) loader.fail("crash");
      else if (error instanceof TypeError || loader.isOutOfMemory(error)) throw error;
      else loader.fail("webassembly");
    }
  }

  if (typeof WebAssembly === "object") load().catch(() => loader.loadFile(load));
  else loader.fail("webassembly");
})();
