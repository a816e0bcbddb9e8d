// Trunk runs this after each build, on the finished files (TRUNK_STAGING_DIR). Every route gets a file with a shell of its
// own, so that a plain file host answers it with no rewrite rule. A release is made small and named after its content as well.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { routes } from "./routes.mjs";

const dist = process.env.TRUNK_STAGING_DIR;
const at = (...names) => path.join(dist, ...names);

/** The HTML of each route's file: everything but the other shells, with its own title. */
function pages(html) {
  const [before, ...parts] = html.split(/^ *<!-- shell: /m);
  const [last, after] = parts.pop().split(/^ *<!-- end of shells -->\n/m);
  const shells = Object.fromEntries([...parts, last].map((part) => part.split(" -->\n")));
  return routes.map(({ name, title }) => {
    const shell = shells[`/${name}`] ?? shells["any other"];
    return { name, html: (before + shell + after).replace(/<title>.*<\/title>/, `<title>${title}</title>`) };
  });
}

/** Writes `name.html` and `name/index.html`: static hosts look for the one or the other. */
function writePage({ name, html }) {
  if (name === "" || name === "404") return fs.writeFileSync(at(`${name || "index"}.html`), html);
  fs.mkdirSync(at(name), { recursive: true });
  fs.writeFileSync(at(name, "index.html"), html);
  fs.writeFileSync(at(`${name}.html`), html);
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
  minify("start.js", "--bundle", "--format=esm");
  fs.rmSync(at("stagedoor.js"));
  const style = [...html.matchAll(/<link rel="stylesheet" href="[^"]*?([a-z]+\.css)"/g)].map(([, sheet]) => {
    minify(sheet);
    const text = fs.readFileSync(at(sheet), "utf8").trim();
    fs.rmSync(at(sheet));
    return text;
  });
  minify("loader.js");
  const loader = fs.readFileSync(at("loader.js"), "utf8").trim();
  fs.rmSync(at("loader.js"));
  const wasm = name("stagedoor_bg.wasm", "stagedoor");
  const script = name("start.js", "start");
  const head = [
    // Browsers that scan ahead request files before they have read the policy of the page, from the URL that holds the response.
    `<script type="module" src="${script.named}" integrity="${script.integrity}" referrerpolicy="no-referrer" data-app></script>`,
    `<style>${style.join("")}</style>`,
  ];
  return html
    .replace(/<link rel="stylesheet"[^>]*>\s*/g, "")
    .replace('<script src="loader.js"></script>', () => `<script data-wasm="${wasm.named}" data-integrity="${wasm.integrity}">${loader}</script>`)
    .replace(/<script type="module"[^>]*><\/script>\s*/, "")
    .replace("</head>", `${head.join("")}</head>`)
    .replace(/<!--(?! shell| end of shells)[^]*?-->\s*/g, "");
}

const tidy = (html) => html.replace(/\n\s*/g, "\n").replace(/>\n</g, "><").trim();

const html = fs.readFileSync(at("index.html"), "utf8");
if (process.env.TRUNK_PROFILE === "release") {
  for (const { name, html: page } of pages(release(html))) writePage({ name, html: tidy(page) });
} else {
  pages(html).forEach(writePage);
}
