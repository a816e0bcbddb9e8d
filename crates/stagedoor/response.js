// Takes an authorization response out of the address before anything else happens, and keeps it in memory for the app. To be inline,
// as the first script of the page. `<html data-callback="/callback">` names a page for responses alone, by the end of its path: all of
// what comes there with one is taken, and elsewhere a response is given up. Without it, every page takes one.
globalThis.stagedoorResponse = (() => {
  /** The parameters of an authorization response (RFC 6749 sections 4.1.2 and 4.2.2, OpenID Connect, RFC 9207). */
  const PARAMETER = /^(access_token|code|error(_description|_uri)?|expires_in|id_token|iss|refresh_token|scope|state|token_type)$/;
  const { callback } = document.documentElement.dataset;

  let response;

  /** The names of the parameters in a query or a fragment, without its `?` or `#`. */
  const namesIn = (part) => [...new URLSearchParams(part).keys()];

  /** What of a query or a fragment is of a response, or is not. */
  function pick(part, isOfResponse) {
    const picked = part.slice(1).split("&").filter((piece) => PARAMETER.test(namesIn(piece)) === isOfResponse);
    return picked.length ? part.slice(0, 1) + picked.join("&") : "";
  }

  /** Takes a response out of the address, and makes one of doubled slashes, which `replaceState` takes for the beginning of a host. */
  function clean() {
    const { pathname, search, hash } = location;
    const path = pathname.replace(/\/{2,}/g, "/");
    const isCallback = callback && path.replace(/\/(index\.html)?$/, "").endsWith(callback);
    const names = [search, hash].flatMap((part) => namesIn(part.slice(1)));
    const has = (name) => names.includes(name);
    const isResponse = isCallback
      ? names.some((name) => PARAMETER.test(name))
      : has("access_token") || (has("state") && (has("code") || has("error")));
    if (path === pathname && !isResponse) return;
    const all = search + hash;
    const both = (isOfResponse) => pick(search, isOfResponse) + pick(hash, isOfResponse);
    const [taken, left] = !isResponse ? ["", all] : isCallback ? [all, ""] : [both(true), both(false)];
    try {
      // Without the origin: a page that was opened with a user name in its URL may not leave that out here.
      history.replaceState(null, "", path + left);
    } catch {
      // Browsers refuse it after a hundred calls in half a minute. The response is given up.
      location.replace(path + left);
      return;
    }
    if (taken && (isCallback || !callback)) response = taken;
  }

  clean();
  // A response can come into a living page as well, by a change of the fragment.
  addEventListener("popstate", clean);

  return {
    isWaiting: () => response !== undefined,
    /** The response, once. */
    take() {
      const taken = response;
      response = undefined;
      return taken;
    },
  };
})();
