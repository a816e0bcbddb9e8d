// A headless Chromium with a profile of its own, driven by puppeteer-core.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

// Lighthouse and what it drives browsers with lie in the cache folder, where `make bench` and `make lighthouse` put them.
const tools = createRequire(path.join(process.env.LIGHTHOUSE_HOME, "node_modules/"));
const puppeteer = tools("puppeteer-core");
export const lighthouse = async (...all) => (await import(tools.resolve("lighthouse"))).default(...all);

export const openBrowser = (...args) =>
  puppeteer.launch({
    executablePath: execFileSync("sh", ["-c", 'command -v "$0"', process.env.CHROME]).toString().trim(),
    headless: true,
    args: [
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...args,
    ],
  });
