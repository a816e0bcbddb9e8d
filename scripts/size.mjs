// What a first visit to the last build downloads, as hosts with brotli send it, and what
// the wasm is made of. Fails over the budget of a first visit (bytes, BUDGET). The table of functions is read from a wasm with its
// names, made the same way from what the last build compiled.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { functionsOf } from "./wasm.mjs";

const BUDGET = Number(process.env.BUDGET ?? 220_000);
const LARGEST = 12;

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const row = (...cells) => console.log(cells.map((cell, index) => (index < cells.length - 1 ? String(cell).padStart(9) : cell)).join("  "));

/** Prints what the files weigh, and gives the sum of their brotli bytes. */
function weigh(title, names) {
  row("bytes", "brotli", title);
  const sizes = names.map((name) => {
    const bytes = fs.readFileSync(path.join(dist, name));
    const small = zlib.brotliCompressSync(bytes).length;
    row(bytes.length, small, name);
    return small;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The wasm of the last build with the names of its functions: what Trunk does with it, without stripping them. */
function named() {
  const folder = path.join(root, "target/size");
  const built = path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "wasm32-unknown-unknown/release/stagedoor.wasm");
  const params = fs.readFileSync(path.join(root, "index.html"), "utf8").match(/data-wasm-opt-params="([^"]*)"/)[1].split(" ");
  execFileSync("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-name", "named", "--out-dir", folder, built]);
  const file = path.join(folder, "named_bg.wasm");
  execFileSync("wasm-opt", ["-Oz", ...params, "--debuginfo", file, "-o", file]);
  return fs.readFileSync(file);
}

/** Prints what the code is made of. */
function explain() {
  const functions = functionsOf(named());
  const crates = new Map();
  for (const { name, bytes } of functions) {
    // A generic function counts for the crate whose code it is made for.
    const crate = name.includes("stagedoor") ? "stagedoor" : (name.match(/[a-z_][a-z0-9_]*(?=(\[[0-9a-f]+\])?::)/) ?? ["other"])[0];
    crates.set(crate, (crates.get(crate) ?? 0) + bytes);
  }
  console.log();
  row("bytes", "code by crate, uncompressed");
  for (const [crate, bytes] of [...crates].sort(([, one], [, other]) => other - one).slice(0, LARGEST)) row(bytes, crate);
  console.log();
  row("bytes", "largest functions");
  for (const { name, bytes } of functions.slice(0, LARGEST)) row(bytes, name.replace(/\[[0-9a-f]{16}\]|::h[0-9a-f]{16}/g, "").slice(0, 110));
}

const assets = fs.readdirSync(path.join(dist, "assets")).filter((name) => !/\.(br|gz)$/.test(name));
const first = ["index.html", ...assets.map((name) => `assets/${name}`), "config.json", "icon.svg", "manifest.webmanifest"];
const total = weigh("a first visit loads", first);
row("", total, `of ${BUDGET} that a first visit may weigh`);
explain();

if (total > BUDGET) {
  console.error(`\nstagedoor: a first visit weighs ${total - BUDGET} bytes too much.`);
  process.exit(1);
}
