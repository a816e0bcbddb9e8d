// One visit of somebody who has never been there before, in a browser whose network and processor are as `condition` says. Spotify is
// played through DevTools, for its addresses alone, so that the browser's cache stays on.
import { HOSTS, answer } from "./spotify.mjs";

/** What still is under way when the profile is there ends within this time, in milliseconds. */
const REST_MS = 1000;

// Runs before anything of the page: notes when the log-in button and the profile come into sight, in milliseconds since the
// page was asked for, and presses the button as soon as it is there when told so.
const WITNESS = `
  const seen = (selector, text) => [...document.querySelectorAll(selector)].some((found) => found.textContent.includes(text) && found.checkVisibility());
  const look = () => {
    if (!globalThis.buttonAt && seen("button", "Log in with Spotify")) {
      globalThis.buttonAt = performance.now();
      if (globalThis.pressAtOnce) document.querySelector(".log-in, button").click();
    }
    if (!globalThis.profileAt && seen("h1", "Ada Example")) globalThis.profileAt = performance.now();
    requestAnimationFrame(look);
  };
  look();
`;

export class Visit {
  static async begin(browser, origin, condition) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const devtools = await page.createCDPSession();
    const visit = Object.assign(new Visit(), { context, page, devtools, origin, condition, bytes: 0, stopsAtAuthorize: false });
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", condition.network);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: condition.cpu });
    await devtools.send("Page.enable");
    await devtools.send("Page.addScriptToEvaluateOnNewDocument", { source: WITNESS });
    await devtools.send("Fetch.enable", { patterns: HOSTS.map((host) => ({ urlPattern: `https://${host}/*` })) });
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (visit.bytes += encodedDataLength));
    devtools.on("Fetch.requestPaused", (event) => visit.play(event));
    return visit;
  }

  /** Plays Spotify, after the time that the way there and back takes. */
  async play({ requestId, request }) {
    await new Promise((later) => setTimeout(later, this.condition.latency));
    const { status, headers, body } = answer(request.method, new URL(request.url));
    if (headers.Location) {
      this.authorizeAt = performance.now();
      this.callback = headers.Location;
      if (this.stopsAtAuthorize) {
        this.reached?.();
        return this.devtools.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
      }
    }
    return this.devtools.send("Fetch.fulfillRequest", {
      requestId,
      responseCode: status,
      responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: Buffer.from(body).toString("base64"),
    });
  }

  /** Opens a page, and waits until nothing of it is under way. */
  open(url = `${this.origin}/`) {
    return this.page.goto(url, { waitUntil: "networkidle0" });
  }

  async moment(name) {
    const found = this.page.waitForFunction((name) => globalThis[name], { polling: 20 }, name);
    const there = await found.catch(async (error) => {
      throw new Error(`no ${name} at ${this.page.url()}: ${await this.page.evaluate(() => document.body.innerText)}`, { cause: error });
    });
    return there.jsonValue();
  }

  firstPaint() {
    return this.page.evaluate(
      () =>
        new Promise((paint) => {
          new PerformanceObserver((list) => paint(list.getEntries()[0].startTime)).observe({ type: "paint", buffered: true });
        }),
    );
  }

  /** Milliseconds from asking for the page to the authorization request, when the button is pressed as soon as it is there. */
  async loadToAuthorize() {
    this.stopsAtAuthorize = true;
    const reached = new Promise((resolve) => (this.reached = resolve));
    const { identifier } = await this.devtools.send("Page.addScriptToEvaluateOnNewDocument", { source: "globalThis.pressAtOnce = true" });
    const begin = performance.now();
    this.page.goto(`${this.origin}/`).catch(() => {});
    await reached;
    await this.devtools.send("Page.removeScriptToEvaluateOnNewDocument", { identifier });
    return this.authorizeAt - this.condition.latency - begin;
  }

  /** Presses the button. Returns the time from there to the profile, and its steps, in milliseconds. */
  async pressToProfile() {
    const pressedAt = await this.page.evaluate(() => {
      const at = performance.timeOrigin + performance.now();
      [...document.querySelectorAll("button")].find((button) => button.textContent.includes("Log in")).click();
      return at;
    });
    const steps = await this.stepsSince(pressedAt);
    await new Promise((later) => setTimeout(later, REST_MS));
    return { total: steps.heading, steps };
  }

  /** What came when until the profile was there, in milliseconds since a time of the page's clock, by default since this page was asked for. */
  async stepsSince(time) {
    await this.moment("profileAt");
    return this.page.evaluate((time) => {
      const offset = time === undefined ? 0 : performance.timeOrigin - time;
      const [page] = performance.getEntriesByType("navigation");
      const files = performance.getEntriesByType("resource");
      const last = (test) => files.findLast(({ name }) => test.test(new URL(name).pathname));
      const [script, wasm, token, me] = [/\.js$/, /\.wasm$/, /\/api\/token$/, /\/v1\/me$/].map(last);
      const steps = {
        "page asked for": page.startTime,
        "html there": page.responseEnd,
        "script there": script?.responseEnd,
        "wasm asked for": wasm?.startTime,
        "wasm there": wasm?.responseEnd,
        "code sent": token?.startTime,
        "token there": token?.responseEnd,
        "profile asked for": me?.startTime,
        "profile there": me?.responseEnd,
        heading: globalThis.profileAt,
      };
      const there = Object.entries(steps).filter(([, at]) => at !== undefined);
      return Object.fromEntries(there.map(([step, at]) => [step, at + offset]));
    }, time);
  }

  async memory() {
    const { usedSize, backingStorageSize = 0 } = await this.devtools.send("Runtime.getHeapUsage");
    return usedSize + backingStorageSize;
  }

  end() {
    return this.context.close();
  }
}
