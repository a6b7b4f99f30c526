// The real server on a free port with an empty data folder, a real Chromium, and pages that fail
// the test when anything is written to the console as an error or refused by the policy.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** A running server: `url`, `home`, `stop()`. */
export async function startServer(home) {
  const own = home === undefined;
  home ??= await mkdtemp(join(tmpdir(), "phoenix-"));
  const server = spawn(process.env.PHOENIX_PROGRAM, ["serve", "--listen", "127.0.0.1:0", "--home", home], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PHOENIX_DATA: "" },
  });
  let log = "";
  server.stderr.on("data", (text) => (log += text));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`phoenix serve ended with ${code}: ${log}`)));
  });
  const stop = async (signal = "SIGTERM") => {
    server.kill(signal);
    const code = await ended;
    if (own) await rm(home, { recursive: true, force: true });
    return code;
  };
  return { url, home, stop, log: () => log };
}

/** A server and a browser for all tests of a file: `open(options)` gives a page of that server. */
export function together() {
  const the = { open: (options) => the.browser.open(the.server.url, options) };
  before(async () => {
    the.server = await startServer();
    the.browser = await startBrowser();
  });
  after(async () => {
    await the.browser?.close();
    await the.server?.stop();
  });
  return the;
}

/** Waits until the strategy that is open in a page has this name. */
export const named = (page, name) =>
  page.waitForFunction((name) => document.title.startsWith(`${name} · `), name);

/** A browser: `open(options)` gives a page in a context of its own. */
export async function startBrowser() {
  const browser = await chromium.launch({ executablePath: process.env.PHOENIX_CHROMIUM, args: FLAGS });
  return {
    close: () => browser.close(),
    open: (url, options) => openPage(browser, url, options),
  };
}

async function openPage(browser, url, { width = 1440, height = 900, language = "en-US", theme } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    reducedMotion: "reduce",
    baseURL: url,
  });
  if (theme) await context.addCookies([{ name: "phoenix_theme", value: theme, url }]);
  const page = await context.newPage();
  const faults = [];
  const expected = [];
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    const text = `${message.text()} (${message.location().url})`;
    if (!expected.some((pattern) => pattern.test(text))) faults.push(text);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  return {
    page,
    /** Errors on the console that the test causes on purpose. */
    expect: (pattern) => expected.push(pattern),
    /** Goes to a path and waits until the page answers to clicks. */
    visit: async (path) => {
      const response = await page.goto(path);
      await page.locator("html[data-ready]").waitFor();
      return response;
    },
    /** The text of a number on the open tab, once it is there. */
    fact: async (name) => {
      const place = page.locator(`[data-fact="${name}"]:visible`);
      await place.waitFor();
      return place.textContent();
    },
    axe: async () => {
      // Not as an element in the page, which the policy would refuse.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
      assert.deepEqual(told, []);
    },
    /** Nothing wider than the window. */
    fits: async () => {
      const [wide, window] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok(wide <= window, `the page is ${wide} wide in a window of ${window}`);
    },
    /** Writes docs/screens/NAME.png when PHOENIX_SCREENS is set. */
    screen: async (name) => {
      if (process.env.PHOENIX_SCREENS) await page.screenshot({ path: `docs/screens/${name}.png`, fullPage: false });
    },
    close: async () => {
      await context.close();
      assert.deepEqual(faults, [], "errors on the console");
    },
  };
}
