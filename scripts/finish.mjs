// Trunk runs this after each build, on the finished files (TRUNK_STAGING_DIR). Every route gets a file with a shell of its
// own, so that a plain file host answers it with no rewrite rule. A release is made small, named after its content, compressed
// and locked down as well. STAGEDOOR_CONFIG names a config.json to take in place of public/config.json.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { lockDown } from "./policy.mjs";
import { exportsOf, importsOf, renameImports } from "./wasm.mjs";

const dist = process.env.TRUNK_STAGING_DIR;
const source = process.env.TRUNK_SOURCE_DIR;
const at = (...names) => path.join(dist, ...names);
const WASM_FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
// Traps never happen (a panic has shown its message before it traps), and nothing is stored below the stack.
const WASM_PASSES = ["-Oz", "-tnh", "-lmu", "--flatten", "--rereloop", "-Oz", "-tnh"];

/** The HTML of each shell's page: everything but the other shells, with its own title. */
function pages(html) {
  const [before, ...parts] = html.split(/^ *<!-- shell: /m);
  const [last, after] = parts.pop().split(/^ *<!-- end of shells -->\n/m);
  return Object.fromEntries(
    [...parts, last].map((part) => {
      const [, name, title, shell] = part.match(/^([a-z-]+) \| (.*) -->\n([^]*)$/);
      return [name, (before + shell + after).replace(/<title>.*<\/title>/, `<title>${title}</title>`)];
    }),
  );
}

function writePages({ "log-in": logIn, "not-found": notFound, ...routes }) {
  fs.writeFileSync(at("index.html"), logIn);
  fs.writeFileSync(at("404.html"), notFound);
  for (const [route, html] of Object.entries(routes)) {
    fs.mkdirSync(at(route), { recursive: true });
    fs.writeFileSync(at(route, "index.html"), html);
    fs.writeFileSync(at(`${route}.html`), html);
  }
}

function run(tool, ...options) {
  try {
    execFileSync(tool, options, { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    if (error.code === "ENOENT") console.error(`${tool} is not on PATH; \`make setup\` brings it.`);
    throw error;
  }
}

const minify = (file, ...options) => run("esbuild", at(file), "--minify", "--allow-overwrite", `--outfile=${at(file)}`, "--log-level=warning", ...options);

/**
 * Cuts the app in two where src/main.rs says so: the log-in page, which becomes the wasm that the glue starts, and the rest,
 * which start.js loads when it is asked for. Replaces what Trunk has made of the uncut app.
 */
function split() {
  const built = path.join(process.env.CARGO_TARGET_DIR ?? path.join(source, "target"), "wasm32-unknown-unknown/release/stagedoor.wasm");
  if (!importsOf(fs.readFileSync(built)).includes("__wasm_split_load_whole")) throw new Error("a release is built by `make build`, so that it can be cut");
  const parts = at("parts");
  run("wasm-split-cli", built, parts, "--out-name", "stagedoor", "--target", "web");
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "stagedoor", "--out-dir", dist, path.join(parts, "stagedoor.wasm"));
  fs.renameSync(path.join(parts, "split_whole.wasm"), at("whole.wasm"));
  fs.writeFileSync(at("__wasm_split.js"), 'export { loadWhole as __wasm_split_load_whole } from "./start.js";\n');
  fs.rmSync(parts, { recursive: true });
}

/**
 * Leaves out of the first part what neither the script nor the second part calls, makes both small, and shortens the names
 * between wasm and script.
 */
function shrink() {
  const glue = at("stagedoor.js");
  const wasm = at("stagedoor_bg.wasm");
  const whole = at("whole.wasm");
  fs.writeFileSync(glue, withoutUnusedClasses(fs.readFileSync(glue, "utf8")));
  minify("start.js", "--bundle", "--format=esm");
  const script = fs.readFileSync(at("start.js"), "utf8");
  const shared = importsOf(fs.readFileSync(whole));
  const used = exportsOf(fs.readFileSync(wasm)).filter((name) => shared.includes(name) || script.includes(`.${name}`));
  const graph = [{ name: "script", root: true, reaches: used }, ...used.map((name) => ({ name, export: name }))];
  fs.writeFileSync(at("graph.json"), JSON.stringify(graph));
  const features = WASM_FEATURES.map((feature) => `--enable-${feature}`);
  run("wasm-metadce", ...features, wasm, "--graph-file", at("graph.json"), "--debuginfo", "-o", wasm, "--quiet");
  for (const [file, name] of [[wasm, "stagedoor"], [whole, "whole"]]) {
    const named = path.join(source, `target/${name}-named.wasm`);
    fs.mkdirSync(path.dirname(named), { recursive: true });
    run("wasm-opt", ...features, ...WASM_PASSES, "--debuginfo", "--quiet", file, "-o", named);
    run("wasm-opt", ...features, "--strip-debug", "--strip-producers", "--strip-target-features", "--quiet", named, "-o", file);
  }
  const renamed = renameImports(fs.readFileSync(wasm), script);
  fs.writeFileSync(wasm, renamed.wasm);
  fs.writeFileSync(at("start.js"), renamed.script);
  for (const left of ["graph.json", "stagedoor.js", "__wasm_split.js"]) fs.rmSync(at(left));
}

/** The glue without what would keep classes in the bundle that a dependency exports and this app never makes. */
function withoutUnusedClasses(glue) {
  const names = [...glue.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
  const unused = names.filter((name) => !glue.includes(`${name}.__wrap`));
  const ties = (name) => new RegExp(`^if \\(Symbol.dispose\\) ${name}\\..*\\n|^const ${name}Finalization = [^;]*;\\n`, "gm");
  return unused.reduce((text, name) => text.replace(ties(name), ""), glue);
}

/** Moves a file to assets/, named after its content. */
function name(file, stem) {
  const bytes = fs.readFileSync(at(file));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const named = `assets/${stem}-${hash}${path.extname(file)}`;
  fs.mkdirSync(at("assets"), { recursive: true });
  fs.renameSync(at(file), at(named));
  return { named, integrity: `sha384-${createHash("sha384").update(bytes).digest("base64")}` };
}

function release(html) {
  split();
  shrink();
  const style = [...html.matchAll(/<link rel="stylesheet" href="[^"]*?([a-z]+\.css)"/g)].map(([, sheet]) => {
    minify(sheet);
    const text = fs.readFileSync(at(sheet), "utf8").trim();
    fs.rmSync(at(sheet));
    return text;
  });
  const wasm = name("stagedoor_bg.wasm", "stagedoor");
  const whole = name("whole.wasm", "whole");
  const script = name("start.js", "start");
  const head = [
    preload(wasm.named),
    preload(whole.named),
    `<script type="module" src="${script.named}" integrity="${script.integrity}" data-wasm="${wasm.named}" data-integrity="${wasm.integrity}" data-whole="${whole.named}" data-whole-integrity="${whole.integrity}"></script>`,
    `<style>${style.join("")}</style>`,
  ];
  return html
    .replace(/<link rel="stylesheet"[^>]*>\s*/g, "")
    .replace(/<script type="module"[^>]*><\/script>\s*/, "")
    .replace("</head>", `${head.join("")}</head>`)
    .replace(/<!--(?! shell| end of shells)[^]*?-->\s*/g, "");
}

const preload = (file) => `<link rel="preload" href="${file}" as="fetch" type="application/wasm" crossorigin>`;

/** The log-in page without the preload of what it can do without. */
const later = (html) => html.replace(/<link rel="preload" href="assets\/whole[^>]*>/, "");

const tidy = (html) => html.replace(/\n\s*/g, "\n").replace(/>\n</g, "><").trim();

if (process.env.STAGEDOOR_CONFIG) fs.copyFileSync(process.env.STAGEDOOR_CONFIG, at("config.json"));
const html = fs.readFileSync(at("index.html"), "utf8");
if (process.env.TRUNK_PROFILE === "release") {
  const finished = pages(release(html));
  finished["log-in"] = later(finished["log-in"]);
  writePages(Object.fromEntries(Object.entries(finished).map(([name, page]) => [name, tidy(page)])));
  lockDown(dist, process.env.STAGEDOOR_DEPLOY ?? path.join(source, "target/deploy"));
} else {
  writePages(pages(html));
}
