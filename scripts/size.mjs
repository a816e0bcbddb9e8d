// What a first visit to the last build downloads, as hosts with brotli send it, and what the wasm is made of. Fails over the
// budget (bytes, BUDGET). The table of functions is read from the same wasm with its names left in, target/stagedoor-named.wasm.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotli } from "./policy.mjs";
import { functionsOf } from "./wasm.mjs";

// Where it stands now; docs/size.md says where it is to go.
const BUDGET = Number(process.env.BUDGET ?? 128_000);
const LARGEST = 15;

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const row = (...cells) => console.log(cells.map((cell, index) => (index < cells.length - 1 ? String(cell).padStart(9) : cell)).join("  "));

const assets = fs.readdirSync(path.join(dist, "assets")).filter((name) => !/\.(br|gz)$/.test(name));
const first = ["index.html", ...assets.map((name) => `assets/${name}`), "config.json", "icon.svg", "manifest.webmanifest"];
let total = 0;
row("bytes", "brotli", "a first visit loads");
for (const name of first) {
  const bytes = fs.readFileSync(path.join(dist, name));
  const small = brotli(bytes).length;
  total += small;
  row(bytes.length, small, name);
}
row("", total, `of ${BUDGET} that a first visit may weigh\n`);

const functions = functionsOf(fs.readFileSync(path.join(root, "target/stagedoor-named.wasm")));
const crates = new Map();
for (const { name, bytes } of functions) {
  // A generic function counts for the crate whose code it is made for.
  const crate = name.includes("stagedoor") ? "stagedoor" : (name.match(/[a-z_][a-z0-9_]*(?=(\[[0-9a-f]+\])?::)/) ?? ["other"])[0];
  crates.set(crate, (crates.get(crate) ?? 0) + bytes);
}
row("bytes", "code of the wasm by crate, uncompressed");
for (const [crate, bytes] of [...crates].sort(([, one], [, other]) => other - one).slice(0, LARGEST)) row(bytes, crate);
console.log();
row("bytes", "largest functions");
for (const { name, bytes } of functions.slice(0, LARGEST)) row(bytes, name.replace(/\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, "").slice(0, 110));

if (total > BUDGET) {
  console.error(`\nstagedoor: a first visit weighs ${total - BUDGET} bytes too much.`);
  process.exit(1);
}
