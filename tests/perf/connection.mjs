// What it saves that the page for the response opens its connection to the Web API early: the time from asking for the page to the
// profile, on a slow phone, with the `preconnect` of the build and without it. Here Spotify is a server with TLS behind a proxy that takes as
// long as a mobile network, for the connection too, which DevTools can't delay.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";
import { serve } from "./host.mjs";
import { HOSTS, answer } from "./spotify.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const ROUND_TRIP_MS = 150;
const BYTES_PER_SECOND = 200_000;
const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../dist");
const PRECONNECT = /<link rel="preconnect"[^>]*>/g;

const listen = (server) => new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server.address().port)));

/** A key and a certificate that signs itself. The browser is told not to mind. */
function certificate() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stagedoor-"));
  const file = (name) => path.join(folder, name);
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=localhost"];
  try {
    execFileSync("openssl", [...request, "-keyout", file("key"), "-out", file("certificate")], { stdio: "pipe" });
    return { key: fs.readFileSync(file("key")), cert: fs.readFileSync(file("certificate")) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const spotify = https.createServer(certificate(), (request, response) => {
  const { status, headers, body } = answer(request.method, new URL(request.url, `https://${request.headers.host}`));
  response.writeHead(status, headers).end(body);
});
const spotifyPort = await listen(spotify);

/** Sends on what comes, after half a way there and back. */
function delay(from, to) {
  const later = (act) => setTimeout(() => to.destroyed || act(), ROUND_TRIP_MS / 2);
  from.on("data", (chunk) => later(() => to.write(chunk)));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => to.destroy());
}

const proxy = http.createServer().on("connect", (request, client) => {
  const isSpotify = HOSTS.includes(request.url.split(":")[0]);
  if (!isSpotify) return client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  const server = net.connect(spotifyPort, "127.0.0.1");
  delay(client, server);
  delay(server, client);
  // What a connection by TCP takes.
  setTimeout(() => client.write("HTTP/1.1 200 OK\r\n\r\n"), ROUND_TRIP_MS);
});
const proxyPort = await listen(proxy);

/** Milliseconds from asking for the page for the response to the profile. */
async function callbackToProfile(browser, origin) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const devtools = await page.createCDPSession();
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(origin, { waitUntil: "networkidle0" });
  await page.locator("::-p-aria(Log in with Spotify)").click();
  const heading = await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Ada Example" && performance.now(), { polling: "raf" });
  const duration = await heading.jsonValue();
  await context.close();
  return duration;
}

const network = { latency: ROUND_TRIP_MS, bytesPerSecond: BYTES_PER_SECOND };
let removed = 0;
const withoutPreconnect = (html) => html.replace(PRECONNECT, () => ((removed += 1), ""));
const hosts = {
  with: await serve(dist, { client_id: "measured" }, network),
  without: await serve(dist, { client_id: "measured" }, { ...network, change: withoutPreconnect }),
};
const browser = await openBrowser(`--proxy-server=127.0.0.1:${proxyPort}`, "--ignore-certificate-errors");
const durations = { with: [], without: [] };
for (let run = 0; run < RUNS; run += 1) for (const [name, { origin }] of Object.entries(hosts)) durations[name].push(await callbackToProfile(browser, origin));
await browser.close();
for (const { close } of Object.values(hosts)) close();
proxy.close();
spotify.close();

const sorted = (values) => values.map((value) => Math.round(value)).toSorted((one, other) => one - other);
const saved = sorted(durations.without.map((duration, run) => duration - durations.with[run]));
console.log(`callback to profile, warm, ${ROUND_TRIP_MS} ms there and back (ms)`);
for (const [name, values] of Object.entries(durations)) console.log(`  ${name.padEnd(8)} the early connection: ${sorted(values).join(" ")}`);
console.log(`  saved, in the median: ${saved[Math.floor(RUNS / 2)]} (${saved.join(" ")})`);
if (removed === 0) throw new Error("the pages of the build ask for no early connection, so nothing was compared");
process.exit();
