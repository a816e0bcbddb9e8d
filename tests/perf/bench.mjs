// How fast the release build is beside a hand-written page of plain JavaScript that goes the same way (plain/). Both are loaded
// in turn, RUNS times each, by a fast machine and by a slow phone; the medians and their ratios are printed as a table, and the
// targets checked. BEFORE=folder puts another build's dist/ beside them. Spotify's two hosts are played through the DevTools protocol, for their addresses alone, so that the
// browser's cache stays on.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";
import { serve } from "./host.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const LATENCY_MS = 150;
const IDLE_MS = 1000;
const here = path.dirname(fileURLToPath(import.meta.url));

const CONDITIONS = {
  fast: { cpu: 1, network: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }, latency: 0 },
  // 1.6 Mbit/s down, 750 kbit/s up, 150 ms, a processor four times slower.
  slow: { cpu: 4, network: { offline: false, latency: LATENCY_MS, downloadThroughput: 200_000, uploadThroughput: 93_750 }, latency: LATENCY_MS },
};

const TARGETS = { "first paint, cold": 1.0, "press to profile": 1.15, "callback to profile, cold": 1.8 };

const PERSON = {
  id: "ada",
  display_name: "Ada Example",
  email: "ada@example.com",
  country: "SE",
  product: "premium",
  followers: { total: 1815 },
  images: [],
  external_urls: { spotify: "https://open.spotify.com/user/ada" },
};

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

class Visit {
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
    await devtools.send("Fetch.enable", { patterns: [{ urlPattern: "https://accounts.spotify.com/*" }, { urlPattern: "https://api.spotify.com/*" }] });
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (visit.bytes += encodedDataLength));
    devtools.on("Fetch.requestPaused", (event) => visit.play(event));
    return visit;
  }

  /** Plays Spotify, after the time that the way there and back takes. */
  async play({ requestId, request }) {
    const url = new URL(request.url);
    await new Promise((later) => setTimeout(later, this.condition.latency));
    const respond = (responseCode, headers, body = "") =>
      this.devtools.send("Fetch.fulfillRequest", {
        requestId,
        responseCode,
        responseHeaders: Object.entries({ "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", ...headers }).map(([name, value]) => ({ name, value })),
        body: Buffer.from(body).toString("base64"),
      });
    if (url.hostname.startsWith("api.")) return respond(200, { "Content-Type": "application/json" }, JSON.stringify(PERSON));
    this.authorizeAt = performance.now();
    const answer = new URLSearchParams({ access_token: "bench-token", token_type: "Bearer", expires_in: "3600", state: url.searchParams.get("state") });
    this.callback = `${url.searchParams.get("redirect_uri")}#${answer}`;
    if (this.stopsAtAuthorize) {
      this.reached?.();
      return this.devtools.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
    }
    return respond(302, { Location: this.callback });
  }

  open(url = `${this.origin}/`) {
    return this.page.goto(url, { waitUntil: "load" });
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

  /** Milliseconds from a press of the button to the profile. What was still under way gets time to end. */
  async pressToProfile() {
    const pressedAt = await this.page.evaluate(() => {
      const at = performance.timeOrigin + performance.now();
      [...document.querySelectorAll("button")].find((button) => button.textContent.includes("Log in")).click();
      return at;
    });
    await this.moment("profileAt");
    const duration = await this.page.evaluate((at) => performance.timeOrigin + globalThis.profileAt - at, pressedAt);
    // Not until the network is idle: DevTools never tell the end of a request whose page was left.
    await new Promise((later) => setTimeout(later, IDLE_MS));
    return duration;
  }

  async memory() {
    const { usedSize, backingStorageSize = 0 } = await this.devtools.send("Runtime.getHeapUsage");
    return usedSize + backingStorageSize;
  }

  end() {
    return this.context.close();
  }
}

/** The figures of one run. */
async function measure(browser, origin, condition) {
  const figures = {};
  const visit = await Visit.begin(browser, origin, condition);
  await visit.open();
  figures["button in sight, cold"] = await visit.moment("buttonAt");
  figures["first paint, cold"] = await visit.firstPaint();
  await visit.page.waitForNetworkIdle({ idleTime: IDLE_MS });
  figures["bytes, cold"] = visit.bytes;
  await visit.open();
  figures["button in sight, warm"] = await visit.moment("buttonAt");
  figures["first paint, warm"] = await visit.firstPaint();
  await visit.page.waitForNetworkIdle({ idleTime: IDLE_MS });

  figures["press to profile, first time"] = await visit.pressToProfile();
  // Signed out again, with everything that the way needs in the browser's cache.
  await visit.page.evaluate(() => sessionStorage.clear());
  await visit.open();
  await visit.moment("buttonAt");
  await new Promise((later) => setTimeout(later, IDLE_MS));
  figures["press to profile"] = await visit.pressToProfile();
  figures["JS heap, signed in (bytes)"] = await visit.memory();
  await visit.end();

  const cold = await Visit.begin(browser, origin, condition);
  figures["load to authorize request, cold"] = await cold.loadToAuthorize();
  await cold.devtools.send("Network.clearBrowserCache");
  await cold.open(cold.callback);
  figures["callback to profile, cold"] = await cold.moment("profileAt");
  await cold.end();
  return figures;
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

const config = { client_id: "bench" };
const pages = { ours: await serve(path.join(here, "../../dist"), config), plain: await serve(path.join(here, "plain"), config) };
if (process.env.BEFORE) pages.before = await serve(process.env.BEFORE, config);
const browser = await openBrowser();
let missed = 0;
for (const [name, condition] of Object.entries(CONDITIONS)) {
  const runs = Object.fromEntries(Object.keys(pages).map((page) => [page, []]));
  for (let run = 0; run < RUNS; run += 1) for (const [page, { origin }] of Object.entries(pages)) runs[page].push(await measure(browser, origin, condition));
  console.log(`\n${name === "slow" ? "slow: 1.6 Mbit/s, 150 ms, 4x slower CPU" : "fast: unthrottled"}; medians of ${RUNS} runs (ms unless said)`);
  console.log(`${"".padEnd(34)}${["ours", "plain", "ratio", "target", ...(runs.before ? ["before"] : [])].map((head) => head.padStart(10)).join("")}`);
  for (const figure of Object.keys(runs.ours[0])) {
    const [ours, plain] = [runs.ours, runs.plain].map((all) => median(all.map((one) => one[figure])));
    const target = name === "slow" ? TARGETS[figure] : undefined;
    const misses = target !== undefined && ours / plain > target;
    if (misses) missed += 1;
    const cells = [ours.toFixed(0), plain.toFixed(0), (ours / plain).toFixed(2), target === undefined ? "" : `≤ ${target.toFixed(1)}${misses ? " !" : ""}`];
    if (runs.before) cells.push(median(runs.before.map((one) => one[figure])).toFixed(0));
    console.log(`${figure.padEnd(34)}${cells.map((cell) => cell.padStart(10)).join("")}`);
  }
}
await browser.close();
for (const { close } of Object.values(pages)) close();
if (missed > 0) {
  console.error(`\nstagedoor: ${missed} of the targets missed.`);
  process.exitCode = 1;
}
