// Whether anything moves while a page loads: the layout shift of every page, cold, on a slow phone, signed out and signed in.
import { serve } from "./host.mjs";
import { logIn, standin } from "./standin.mjs";

const PAGES = ["/", "/callback", "/profile", "/music", "/music?show=tracks", "/track", "/track?id=1standin0track0one0000", "/nowhere"];
/** How long a page is watched once it is there, in milliseconds. */
const SETTLE_MS = 1000;
const PHONE = { width: 360, height: 640, isMobile: true, hasTouch: true };

const WITNESS = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: "layout-shift", buffered: true });
`;

/** Loads every page. Returns a line for each that shifts. */
export async function pagesThatShift(browser, dist, condition) {
  const { config, start } = await standin();
  const { origin, close } = await serve(dist, config);
  const stop = start(origin);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const devtools = await page.createCDPSession();
  await page.setViewport(PHONE);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Network.emulateNetworkConditions", condition.network);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: condition.cpu });
  await page.evaluateOnNewDocument(WITNESS);
  const failures = [];
  console.log("\nlayout shift");
  const look = async (who) => {
    for (const url of PAGES) {
      await page.goto(origin + url, { waitUntil: "networkidle0" });
      await page.waitForSelector("#app:not([data-prerendered]) h1");
      await new Promise((later) => setTimeout(later, SETTLE_MS));
      const shift = await page.evaluate(() => globalThis.shifts.reduce((sum, value) => sum + value, 0));
      console.log(`  ${`${url}, ${who}`.padEnd(46)}${shift.toFixed(4)}`);
      if (shift > 0) failures.push(`${url}, ${who}: shifts by ${shift.toFixed(4)}`);
    }
  };
  await look("signed out");
  await logIn(page, origin);
  await look("signed in");
  await context.close();
  stop();
  close();
  return failures;
}
