// Writes the rules that a browser is to enforce: the Content-Security-Policy as the first meta of every page, and with the
// other headers as _headers (Netlify, Cloudflare Pages) and as configuration for nginx and Caddy. Then compresses every file
// for hosts that serve .br and .gz. To be run again (`make policy`) when config.json names other hosts:
//
//   node scripts/policy.mjs [DIST [FOLDER FOR THE SERVERS' CONFIGURATION]]
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { routes } from "./routes.mjs";

const AUTHORIZE_URL = "https://accounts.spotify.com/authorize";
const TOKEN_URL = "https://accounts.spotify.com/api/token";
const API_URL = "https://api.spotify.com/v1";
const YEAR_S = 365 * 24 * 3600;
export const HASHED = "public, max-age=31536000, immutable";
export const FRESH = "no-cache";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The policy of a page with an inline script and an inline style, for an app that calls these URLs (CSP Level 3). */
export function policy(html, urls) {
  const inline = (tag) => hash(html.match(`<${tag}[^>]*>([^]*?)</${tag}>`)[1]);
  const origins = [...new Set(urls.map((url) => new URL(url).origin))];
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${inline("script")}`,
    `style-src ${inline("style")}`,
    // Pictures of people come from whatever hosts the Web API names.
    "img-src 'self' https:",
    // A server on the reader's own machine does no harm, and the stand-in is one.
    `connect-src 'self' ${origins.join(" ")} http://127.0.0.1:*`,
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ");
}

/** Every header but Cache-Control, for all answers. */
export const headers = (csp) => ({
  // A meta can't say who may frame the page, a header can.
  "Content-Security-Policy": `${csp}; frame-ancestors 'none'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": `max-age=${YEAR_S}`,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
});

/** Rewrites everything that depends on config.json or on the content of the files in `dist`. */
export function lockDown(dist, servers) {
  const config = JSON.parse(fs.readFileSync(path.join(dist, "config.json"), "utf8"));
  const authorize = new URL(config.authorize_url ?? AUTHORIZE_URL).origin;
  const calls = [config.token_url ?? TOKEN_URL, config.api_url ?? API_URL];
  const pages = filesOf(dist).filter((file) => file.endsWith(".html"));
  let csp;
  let base;
  for (const page of pages) {
    const html = fs.readFileSync(page, "utf8").replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "").replace(/<link rel="preconnect"[^>]*>/g, "");
    csp = policy(html, calls);
    base = html.match(/<base href="([^"]*)"/)[1];
    const first = `<head><meta http-equiv="Content-Security-Policy" content="${csp}">`;
    const ahead = [`<link rel="preconnect" href="${authorize}">`, `<link rel="preconnect" href="${new URL(calls[1]).origin}" crossorigin>`];
    fs.writeFileSync(page, html.replace(/<head>\s*/, first).replace("</head>", `${ahead.join("")}</head>`));
  }
  fs.writeFileSync(path.join(dist, "_headers"), forPages(csp, base));
  fs.mkdirSync(servers, { recursive: true });
  fs.writeFileSync(path.join(servers, "nginx.conf"), forNginx(csp, base));
  fs.writeFileSync(path.join(servers, "Caddyfile"), forCaddy(csp, base));
  compress(dist);
}

/** `_headers`, as Netlify and Cloudflare Pages read it. A path with two matching rules would get both values of a header. */
function forPages(csp, base) {
  const rule = (where, fields) => [`${base}${where}`, ...Object.entries(fields).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  const names = routes.map(({ name }) => name).filter((name) => name !== "" && name !== "404");
  const fresh = ["", "config.json", ...names.flatMap((name) => [name, `${name}/`])];
  return `${[rule("*", headers(csp)), rule("assets/*", { "Cache-Control": HASHED }), ...fresh.map((where) => rule(where, { "Cache-Control": FRESH }))].join("\n")}\n`;
}

function forNginx(csp, base) {
  const fields = Object.entries(headers(csp)).map(([name, value]) => `    add_header ${name} "${value}" always;`);
  return `# For /etc/nginx/conf.d/. Change server_name; the files belong into root${base === "/" ? "" : ` + ${base}`}.
map $uri $stagedoor_cache {
    default "${FRESH}";
    ~^${base}assets/ "${HASHED}";
}

server {
    listen 80;
    server_name stagedoor.example;
    root /var/www/stagedoor;
    server_tokens off;

    gzip_static on;
    # With the package libnginx-mod-http-brotli-static:
    # brotli_static on;

${fields.join("\n")}
    add_header Cache-Control $stagedoor_cache always;

    location / {
        try_files $uri $uri/index.html $uri.html =404;
    }
    location ~ \\.wasm$ {
        types { application/wasm wasm; }
    }
    location ~ \\.webmanifest$ {
        types { application/manifest+json webmanifest; }
    }
    error_page 404 ${base}404.html;
}
`;
}

function forCaddy(csp, base) {
  const fields = Object.entries(headers(csp)).map(([name, value]) => `\t\t${name} "${value}"`);
  return `# For /etc/caddy/Caddyfile. Change the host: Caddy gets its certificate by itself.
(stagedoor) {
	header {
${fields.join("\n")}
		-Server
	}
	header ?Cache-Control "${FRESH}"
}

stagedoor.example {
	root * /var/www/stagedoor
	import stagedoor
	@hashed {
		path ${base}assets/*
		file
	}
	header @hashed Cache-Control "${HASHED}"
	try_files {path} {path}/index.html {path}.html
	file_server {
		precompressed br gzip
	}
	handle_errors {
		import stagedoor
		rewrite * ${base}404.html
		file_server {
			precompressed br gzip
		}
	}
}
`;
}

/** Puts .br and .gz beside what is worth it; not beside config.json, which people edit. */
function compress(dist) {
  const packed = /\.(br|gz)$/;
  for (const file of filesOf(dist).filter((file) => packed.test(file))) fs.rmSync(file);
  for (const file of filesOf(dist).filter((file) => /\.(html|js|svg|wasm|webmanifest)$/.test(file))) {
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(`${file}.br`, brotli(bytes));
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
  }
}

/** As small as brotli makes it (RFC 7932). */
export const brotli = (bytes) =>
  zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

function filesOf(folder) {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , dist = "dist", servers = "target/deploy"] = process.argv;
  try {
    lockDown(dist, servers);
  } catch (error) {
    console.error(`stagedoor: the policy could not be written: ${error.message}`);
    console.error(`Look at ${path.join(dist, "config.json")}, or run \`make build\` first.`);
    process.exit(1);
  }
}
