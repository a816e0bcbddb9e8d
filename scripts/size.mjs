// What a first visit to the last build downloads, as hosts with brotli send it, what follows when more is to be shown, and what
// the wasm is made of. Fails over the budget of a first visit (bytes, BUDGET). The tables of functions are read from the same
// wasm with its names left in, target/*-named.wasm.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotli } from "./policy.mjs";
import { functionsOf } from "./wasm.mjs";

const BUDGET = Number(process.env.BUDGET ?? 80_000);
const LARGEST = 12;

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const row = (...cells) => console.log(cells.map((cell, index) => (index < cells.length - 1 ? String(cell).padStart(9) : cell)).join("  "));

/** Prints what the files weigh, and gives the sum of their brotli bytes. */
function weigh(title, names) {
  row("bytes", "brotli", title);
  const sizes = names.map((name) => {
    const bytes = fs.readFileSync(path.join(dist, name));
    const small = brotli(bytes).length;
    row(bytes.length, small, name);
    return small;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Prints what the code of a part is made of. */
function explain(part, title) {
  const functions = functionsOf(fs.readFileSync(path.join(root, `target/${part}-named.wasm`)));
  const crates = new Map();
  for (const { name, bytes } of functions) {
    // A generic function counts for the crate whose code it is made for.
    const crate = name.includes("stagedoor") ? "stagedoor" : (name.match(/[a-z_][a-z0-9_]*(?=(\[[0-9a-f]+\])?::)/) ?? ["other"])[0];
    crates.set(crate, (crates.get(crate) ?? 0) + bytes);
  }
  console.log();
  row("bytes", `code of ${title} by crate, uncompressed`);
  for (const [crate, bytes] of [...crates].sort(([, one], [, other]) => other - one).slice(0, LARGEST)) row(bytes, crate);
  console.log();
  row("bytes", `largest functions of ${title}`);
  for (const { name, bytes } of functions.slice(0, LARGEST)) row(bytes, name.replace(/\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, "").slice(0, 110));
}

const assets = fs.readdirSync(path.join(dist, "assets")).filter((name) => !/\.(br|gz)$/.test(name));
const isLater = (name) => name.startsWith("whole-");
const inAssets = (names) => names.map((name) => `assets/${name}`);
const first = ["index.html", ...inAssets(assets.filter((name) => !isLater(name))), "config.json", "icon.svg", "manifest.webmanifest"];
const total = weigh("a first visit loads", first);
row("", total, `of ${BUDGET} that a first visit may weigh\n`);
const later = weigh("and what follows, when more is to be shown", ["callback.html", ...inAssets(assets.filter(isLater))]);
row("", total + later, "for a whole log-in");
explain("stagedoor", "the first part");
explain("whole", "the second part");

if (total > BUDGET) {
  console.error(`\nstagedoor: a first visit weighs ${total - BUDGET} bytes too much.`);
  process.exit(1);
}
