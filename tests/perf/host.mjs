// A host of static files as the bench and Lighthouse need it: compressed files, the headers that the build comes with, HTTP/1.1
// on a free port of 127.0.0.1.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";

const KINDS = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** The headers of all answers, as the build names them in `_headers`. The page to compare with has none. */
function headersOf(folder) {
  const file = path.join(folder, "_headers");
  if (!fs.existsSync(file)) return [];
  const [, ...lines] = fs.readFileSync(file, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("  "));
  return lines.slice(0, end).map((line) => line.trim().split(/: (.*)/));
}

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Serves `folder`, every route from its own file, else `index.html` where there is no such file. `config` is config.json. Answers come
 * after `latency` ms and by so many bytes a second, and pages as `change` makes them.
 */
export async function serve(folder, config, { latency = 0, bytesPerSecond = Infinity, change } = {}) {
  const files = new Map();
  const load = (name) => {
    const file = path.join(folder, name);
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return undefined;
    if (!files.has(name)) files.set(name, fs.existsSync(`${file}.br`) ? fs.readFileSync(`${file}.br`) : zlib.brotliCompressSync(fs.readFileSync(file)));
    return { name, body: files.get(name) };
  };
  const common = headersOf(folder);
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const name = pathname.slice(1);
    const found =
      name === "config.json"
        ? { name, body: zlib.brotliCompressSync(Buffer.from(JSON.stringify(config))) }
        : (load(name) ?? load(path.join(name, "index.html")) ?? load("404.html") ?? load("index.html"));
    const hashed = name.startsWith("assets/");
    for (const [field, value] of common) response.setHeader(field, value);
    // The page to compare with has no hashes in its names, so it gets the best that is left: an hour.
    response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : /\.(js|css)$/.test(name) ? "max-age=3600" : "no-cache");
    response.setHeader("Content-Type", KINDS[path.extname(found.name)] ?? "application/octet-stream");
    response.setHeader("Content-Encoding", "br");
    response.statusCode = found.name === "404.html" ? 404 : 200;
    const isChanged = change && path.extname(found.name) === ".html";
    const body = isChanged ? zlib.brotliCompressSync(change(zlib.brotliDecompressSync(found.body).toString())) : found.body;
    await later(latency + (body.length / bytesPerSecond) * 1000);
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
