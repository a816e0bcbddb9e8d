// Runs inline in the page, after `response.js`. It requests the wasm, sees to it that the files of the app load, and shows a static
// message where they don't.
globalThis.stagedoorLoader = (() => {
  /** In a release, the file name and the integrity of the wasm. */
  const { wasm, integrity } = document.currentScript.dataset;
  /** The waits before a file is requested again, in milliseconds. */
  const RETRY_AFTER = [0, 1000];
  /** The parameter in the URL of a page that took the place of an older version, whose files were gone. */
  const FRESH = /[?&]stagedoor-fresh=\d+$/;

  let isUpdated = FRESH.test(location.search);
  let loadAgain;

  /** The absolute URL of a file of the app. Without user name and password: requests of URLs that have them throw. */
  const urlOf = (file) => location.origin + new URL(file, document.baseURI).pathname;

  const parsed = new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** A signal that aborts a request after ten seconds. */
  function limit() {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10_000);
    return controller.signal;
  }

  const message = (kind) => document.getElementById(`failure-${kind}`);

  const app = () => document.getElementById("app");

  /** Shows a static message in place of the app. The focus goes along. */
  async function fail(kind) {
    await parsed;
    const hadFocus = app().contains(document.activeElement);
    app().hidden = true;
    message(kind).hidden = false;
    if (hadFocus) message(kind).querySelector("button")?.focus();
  }

  /** The names of the app's files in a page of this or of another version. */
  function filesOf(page) {
    const scripts = [...page.querySelectorAll("script[data-wasm], script[data-app]")];
    return scripts.map((script) => script.dataset.wasm ?? script.getAttribute("src")).join();
  }

  /** The URL of this page, in a form that no cache has seen. */
  function freshUrl() {
    const { origin, pathname, search, hash } = location;
    return `${origin}${pathname}${search}${search ? "&" : "?"}stagedoor-fresh=${Date.now()}${hash}`;
  }

  /** Whether the host has a newer version of this page by now, which names other files. Renews what the browser has cached, too. */
  async function hasNewVersion() {
    try {
      const request = (url) => fetch(url, { cache: "reload", signal: limit() });
      const [page] = await Promise.all([request(freshUrl()), request(urlOf(location.pathname) + location.search)]);
      const files = filesOf(new DOMParser().parseFromString(await page.text(), "text/html"));
      return files !== "" && files !== filesOf(document);
    } catch {
      return false;
    }
  }

  /** The path that the files of the app are served below, where it is another one than they were built for. */
  async function actualBase() {
    const script = document.querySelector("script[data-app]");
    if (!script) return;
    const builtFor = new URL("./", document.baseURI);
    const name = script.src.slice(builtFor.href.length);
    const above = [...location.pathname.matchAll(/\//g)].map(({ index }) => location.pathname.slice(0, index + 1));
    const find = async (base) => {
      await fetch(location.origin + base + name, { integrity: script.integrity, signal: limit() });
      return base;
    };
    try {
      return await Promise.any(above.filter((base) => base !== builtFor.pathname).map(find));
    } catch {
      // It is nowhere, or something else is there.
    }
  }

  /**
   * Loads a file again by `load`, which rejects when it did not come. A file that is gone because a new version was published leads
   * to that version, once, and by itself where nothing is lost by it.
   */
  async function loadFile(load) {
    let failure;
    for (const wait of RETRY_AFTER) {
      await sleep(wait);
      try {
        return await load();
      } catch (error) {
        failure = error;
      }
    }
    loadAgain = () => loadFile(load);
    if (isOutOfMemory(failure)) return fail("memory");
    if (location.protocol === "file:") return fail("disk");
    if (await hasNewVersion()) return stagedoorResponse.isWaiting() || isUpdated ? fail("updated") : openFresh();
    const base = await actualBase();
    if (!base) return fail("file");
    document.getElementById("actual-base").textContent = base;
    return fail("base");
  }

  const openFresh = () => location.replace(freshUrl());

  /** Whether the browser had no memory for the wasm. Some say so by a mere text. */
  const isOutOfMemory = (error) => /RangeError|out of memory/.test(error);

  /** Adds the script of the app once more. By another URL: a cache may have kept what did not load. */
  function addScript(failed) {
    const script = document.createElement("script");
    for (const { name, value } of failed.attributes) {
      if (name !== "data-app") script.setAttribute(name, value);
    }
    script.src = `${failed.src.split("?")[0]}?${Date.now()}`;
    return new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /** Whether this tab has stored a session (`session::RECORD`). */
  function hasSession() {
    try {
      return sessionStorage.getItem(`stagedoor:${new URL(document.baseURI).pathname}:session`) !== null;
    } catch {
      return false;
    }
  }

  if (isUpdated) history.replaceState(null, "", location.pathname + location.search.replace(FRESH, "") + location.hash);
  // The style of the page before the app: no log-in page, and space for the links of those who are signed in.
  if (hasSession()) document.documentElement.dataset.session = "";
  // Not by a preload: some browsers request that before this has run, with the URL as Referer, and then do not use it.
  const requestWasm = () => wasm && fetch(urlOf(wasm), { integrity });
  let requested = requestWasm();
  // What went wrong is seen by whoever takes it.
  requested?.catch(() => {});
  const onError = ({ target }) => {
    if (!target.matches?.("script[data-app]")) return;
    removeEventListener("error", onError, true);
    loadFile(() => addScript(target));
  };
  addEventListener("error", onError, true);
  parsed.then(() => {
    const onPress = (kind, action) => message(kind)?.querySelector("button").addEventListener("click", action);
    onPress("crash", () => location.reload());
    onPress("updated", openFresh);
    for (const kind of ["file", "memory"]) {
      onPress(kind, () => {
        message(kind).hidden = true;
        app().hidden = false;
        app().querySelector("h1")?.focus();
        loadAgain();
      });
    }
  });

  return {
    fail,
    isOutOfMemory,
    limit,
    loadFile,
    urlOf,
    /** The response to the request for the wasm; from the second call on, to a new one. `undefined` in development. */
    fetchWasm() {
      const taken = requested ?? requestWasm();
      requested = undefined;
      return taken;
    },
    /** Whether this page has just taken the place of an older version; true once. */
    takeUpdated() {
      const taken = isUpdated;
      isUpdated = false;
      return taken;
    },
  };
})();
