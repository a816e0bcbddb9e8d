// Lighthouse, as it judges a phone, on the log-in page, and on profile and music of somebody who has logged in at the stand-in. Every
// category has to reach its target, as the median of three runs: one run alone can be off by a point or two. Nothing may shift.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { lighthouse, openBrowser } from "./browser.mjs";
import { serve } from "./host.mjs";
import { logIn, standin } from "./standin.mjs";

const RUNS = 3;
const TARGETS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const CATEGORIES = Object.keys(TARGETS);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

const { config, start } = await standin();
const { origin, close } = await serve(path.join(root, "dist"), config);
const stop = start(origin);
const browser = await openBrowser();
const page = await browser.newPage();

async function judge(url) {
  const flags = { output: "json", logLevel: "error", onlyCategories: CATEGORIES, disableStorageReset: true };
  const runs = [];
  while (runs.length < RUNS) runs.push((await lighthouse(url, flags, undefined, page)).lhr);
  const scores = CATEGORIES.map((category) => runs.map(({ categories }) => Math.round(categories[category].score * 100)).sort((one, other) => one - other));
  console.log(`${runs[0].finalDisplayedUrl}: ${CATEGORIES.map((category, index) => `${category} ${scores[index].join(" ")}`).join(", ")}`);
  for (const { categories, audits } of runs) {
    const short = CATEGORIES.flatMap((category) => categories[category].auditRefs).filter(({ weight }) => weight > 0).map(({ id }) => audits[id]);
    for (const audit of short.filter(({ score }) => score !== null && score < 1)) console.log(`  ${audit.id}: ${audit.score} ${audit.displayValue ?? ""}`);
  }
  const shifts = runs.map(({ audits }) => audits["cumulative-layout-shift"].numericValue);
  console.log(`  layout shift ${shifts.join(" ")}`);
  if (shifts.some((shift) => shift > 0)) return false;
  return CATEGORIES.every((category, index) => scores[index][Math.floor(RUNS / 2)] >= TARGETS[category]);
}

const results = [await judge(`${origin}/`)];
await logIn(page, origin);
results.push(await judge(`${origin}/profile`));
results.push(await judge(`${origin}/music`));
await browser.close();
stop();
close();
if (results.includes(false)) {
  console.error("\nstagedoor: Lighthouse gives less than it should.");
  process.exitCode = 1;
}
