// The whole way of a trader: a strategy is activated on the web, an executor is paired, trades on
// paper, is seen at it, and is stopped from the page. The executor is the program itself.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { together } from "./app.mjs";

const PASSWORD = "lima ekor kucing";
const the = together();

async function member(email) {
  const args = ["admin", "create", "--email", email, "--home", the.server.home];
  const made = spawnSync(process.env.PHOENIX_PROGRAM, args, { input: `${PASSWORD}\n`, encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const lab = await the.open();
  await lab.page.goto("/sign-in");
  await lab.page.locator('input[name="email"]').fill(email);
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
  await lab.page.waitForURL("**/dashboard");
  return lab;
}

/** Gold in the market at nearly all times: what crosses reverses, trend or not. */
async function strategy() {
  const text = await readFile(new URL("../../strategies/gold-macd-adx.json", import.meta.url), "utf8");
  const document = JSON.parse(text);
  document.name = "Gold without rest";
  document.parameters.threshold = { value: 1, label: "Least ADX" };
  return JSON.stringify(document, null, 2);
}

/** The program, trading on paper: an hour of history in `pace` milliseconds. */
async function startExecutor(pace) {
  const state = await mkdtemp(join(tmpdir(), "phoenix-executor-"));
  const args = ["--demo", "--pace", String(pace), "--server", the.server.url, "--state", state, "--port", "0"];
  const program = spawn(process.env.PHOENIX_EXECUTOR, args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const heard = [];
  const hear = (text) => {
    log += text;
    for (const waits of heard) waits();
  };
  program.stdout.on("data", hear);
  program.stderr.on("data", hear);
  const ended = new Promise((resolve) => program.once("exit", resolve));
  return {
    log: () => log,
    /** Waits for a line that matches. */
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.exec(log);
        const waits = () => look() && resolve(look());
        heard.push(waits);
        ended.then((code) => reject(new Error(`the executor ended with ${code}: ${log}`)));
        waits();
      }),
    stop: async () => {
      program.kill("SIGINT");
      const code = await ended;
      await rm(state, { recursive: true, force: true });
      return code;
    },
  };
}

test("what is activated on the web trades at a paired executor, and is stopped from the page", async () => {
  const lab = await member("whole@example.com");
  const { page } = lab;
  const saved = await page.request.post(`${the.server.url}/api/fn/save_strategy`, {
    headers: { Origin: the.server.url },
    data: { draft: { replaces: null, document: await strategy() } },
  });
  assert.equal(saved.status(), 200, await saved.text());
  await page.goto("/strategies");
  const drafts = page.getByRole("region", { name: /Drafts/ });
  await drafts.getByText("Activate version 1").click();
  await drafts.getByLabel("Trades on").selectOption({ label: "Every account of my executors" });
  await drafts.getByRole("button", { name: /Let it trade/ }).click();
  await page.waitForURL("**/strategies?done=activated");

  const executor = await startExecutor(150);
  try {
    const [, code, at] = await executor.says(/type (\S+) at (\S+)/);
    assert.equal(new URL(at).pathname, "/account/devices");
    await page.goto(`${at}/approve?code=${code}`);
    await page.getByRole("button", { name: "Approve the device" }).click();
    await page.waitForURL("**/account/devices?notice=device-approved");

    await page.goto("/dashboard");
    await page.evaluate(() => (globalThis.isTheSame = true));
    await page.locator("#executors").getByText("Phoenix executor").waitFor();
    const position = page.locator("#positions tbody tr");
    await position.getByText("XAUUSD").first().waitFor();
    await position.getByText("Gold without rest").first().waitFor();
    // The first reversal closes one: by then there are deals of today.
    await page.locator("#today").getByText("USD").first().waitFor();
    assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
    await lab.axe();

    await page.goto("/executors");
    await page.getByRole("link", { name: /Stop and close all/ }).click();
    await page.getByText("No strategy opens a position there until you start it again").waitFor();
    await lab.axe();
    await page.getByRole("button", { name: /Stop and close all/ }).click();
    await page.waitForURL(/\/commands\/[0-9a-f-]{36}$/);
    await page.locator("#command .tag").getByText("Executed").waitFor();
    await page.goto("/dashboard");
    await page.getByText("No position is open").waitFor();
    const ordered = executor.log().match(/lots of/g).length;
    const told = executor.log().match(/closed at/g).length;
    assert.ok(told > 0 && told <= ordered, executor.log());
    await page.goto("/executors");
    await page.getByText("Stopped").first().waitFor();
  } finally {
    const code = await executor.stop();
    assert.equal(code, 0, executor.log());
  }
  await lab.close();
});
