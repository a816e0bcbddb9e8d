// The stand-in for Spotify as a process, and a person who logs in there.
import { spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A stand-in on a free port that is not started yet, and the config.json of an app that logs in there. */
export async function standin() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = {
    client_id: "measured",
    authorize_url: `${url}/authorize`,
    token_url: `${url}/api/token`,
    api_url: `${url}/v1`,
    scopes: ["user-read-private", "user-read-email", "user-top-read"],
  };
  /** Starts it for the app at `origin`. Returns what ends it; where this process fails half-way, it ends as well. */
  const start = (origin) => {
    const server = spawn(path.join(root, "target/debug/standin"), ["--port", port, "--client-id", config.client_id, "--redirect-uri", `${origin}/callback`], { stdio: "ignore" });
    process.on("exit", () => server.kill());
    return () => server.kill();
  };
  return { config, start };
}

/** Logs in from the log-in page, and waits for the profile. */
export async function logIn(page, origin) {
  await page.goto(origin);
  await page.locator("::-p-aria(Log in with Spotify)").click();
  await page.locator("::-p-aria(Agree)").click();
  await page.locator("::-p-aria(Log out)").wait();
}
