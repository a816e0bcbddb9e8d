// How fast the release build is beside a hand-written page of plain JavaScript that goes the same way (plain/). Both are loaded
// in turn, RUNS times each, by a fast machine and by a slow phone. A table shows the medians, and the ratio of the two with its
// spread: machines differ and are busy, but both pages meet the same. BEFORE=folder puts another build's dist/ beside them. Fails where
// a ratio is above its limit, or where a page shifts.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";
import { serve } from "./host.mjs";
import { pagesThatShift } from "./shifts.mjs";
import { Visit } from "./visit.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const LATENCY_MS = 150;
const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "../../dist");

const CONDITIONS = {
  fast: { cpu: 1, network: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }, latency: 0 },
  // 1.6 Mbit/s down, 750 kbit/s up, 150 ms, a processor four times slower.
  slow: { cpu: 4, network: { offline: false, latency: LATENCY_MS, downloadThroughput: 200_000, uploadThroughput: 93_750 }, latency: LATENCY_MS },
};

/** What the ratios on a slow phone may be: what they are, and a margin for what they differ by from run to run. */
const LIMITS = { "first paint, cold": 0.9, "press to profile": 1.35, "callback to profile, cold": 2.6 };

/** The figures of one run, and the steps of the ways in it. */
async function measure(browser, { implicit, pkce }, condition) {
  const figures = {};
  const steps = {};
  const visit = await Visit.begin(browser, implicit.origin, condition);
  await visit.open();
  figures["button in sight, cold"] = await visit.moment("buttonAt");
  figures["first paint, cold"] = await visit.firstPaint();
  figures["bytes, cold"] = visit.bytes;
  await visit.open();
  figures["button in sight, warm"] = await visit.moment("buttonAt");
  figures["first paint, warm"] = await visit.firstPaint();
  figures["press to profile, first time"] = (await visit.pressToProfile()).total;
  // Signed out again, with everything that the way needs in the browser's cache.
  await visit.page.evaluate(() => sessionStorage.clear());
  await visit.open();
  await visit.moment("buttonAt");
  const pressed = await visit.pressToProfile();
  figures["press to profile"] = pressed.total;
  steps["press to profile"] = pressed.steps;
  figures["JS heap, signed in (bytes)"] = await visit.memory();
  await visit.end();

  const withCode = await Visit.begin(browser, pkce.origin, condition);
  await withCode.open();
  await withCode.moment("buttonAt");
  figures["press to profile, first time, PKCE"] = (await withCode.pressToProfile()).total;
  await withCode.end();

  for (const [name, { origin }] of Object.entries({ "callback to profile, cold": implicit, "callback to profile, cold, PKCE": pkce })) {
    const cold = await Visit.begin(browser, origin, condition);
    const authorize = await cold.loadToAuthorize();
    figures["load to authorize request, cold"] ??= authorize;
    await cold.devtools.send("Network.clearBrowserCache");
    await cold.open(cold.callback);
    steps[name] = await cold.stepsSince();
    figures[name] = steps[name].heading;
    await cold.end();
  }
  return { figures, steps };
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const mediansOf = (runs) => Object.fromEntries(Object.keys(runs[0]).map((name) => [name, median(runs.map((run) => run[name]))]));
const row = (name, cells) => console.log(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join("")}`);

/** Prints the figures of all runs by page. Returns the names of those above their limit. */
function report(runs, limits) {
  const medians = Object.fromEntries(Object.entries(runs).map(([page, all]) => [page, mediansOf(all.map(({ figures }) => figures))]));
  row("", ["ours", "plain", "ratio", "spread", "limit", ...(medians.before ? ["before"] : [])]);
  const above = [];
  for (const figure of Object.keys(medians.ours)) {
    const ratios = runs.ours.map(({ figures }, run) => figures[figure] / runs.plain[run].figures[figure]);
    const [ratio, limit] = [median(ratios), limits[figure]];
    const isAbove = limit !== undefined && ratio > limit;
    if (isAbove) above.push(figure);
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    const cells = [medians.ours[figure].toFixed(0), medians.plain[figure].toFixed(0), ratio.toFixed(2), spread, limit === undefined ? "" : `≤ ${limit.toFixed(2)}${isAbove ? " !" : ""}`];
    if (medians.before) cells.push(medians.before[figure].toFixed(0));
    row(figure, cells);
  }
  return above;
}

/** Prints what lies between the begin and the end of each way. */
function reportSteps(runs) {
  for (const way of Object.keys(runs.ours[0].steps)) {
    const [ours, plain] = [runs.ours, runs.plain].map((all) => mediansOf(all.map(({ steps }) => steps[way])));
    console.log(`\n${way}, step by step (ms since its begin)`);
    for (const step of Object.keys(ours)) row(`  ${step}`, [ours, plain].map((steps) => steps[step]?.toFixed(0) ?? "–"));
  }
}

const both = async (folder) => ({ implicit: await serve(folder, { client_id: "bench" }), pkce: await serve(folder, { client_id: "bench", flow: "pkce" }) });
const pages = { ours: await both(dist), plain: await both(path.join(here, "plain")) };
if (process.env.BEFORE) pages.before = await both(process.env.BEFORE);
const browser = await openBrowser();
const failures = [];
for (const [name, condition] of Object.entries(CONDITIONS)) {
  const runs = Object.fromEntries(Object.keys(pages).map((page) => [page, []]));
  for (let run = 0; run < RUNS; run += 1) for (const [page, hosts] of Object.entries(pages)) runs[page].push(await measure(browser, hosts, condition));
  console.log(`\n${name === "slow" ? "slow: 1.6 Mbit/s, 150 ms, 4x slower CPU" : "fast: unthrottled"}; medians of ${RUNS} runs (ms unless said)`);
  const above = report(runs, name === "slow" ? LIMITS : {});
  failures.push(...above.map((figure) => `${figure}: the ratio to the plain page is above its limit`));
  if (name === "slow") reportSteps(runs);
}
failures.push(...(await pagesThatShift(browser, dist, CONDITIONS.slow)));
await browser.close();
for (const { implicit, pkce } of Object.values(pages)) for (const { close } of [implicit, pkce]) close();
for (const failure of failures) console.error(`stagedoor: ${failure}.`);
if (failures.length > 0) process.exitCode = 1;
