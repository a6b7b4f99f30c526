// A trader's own broker's data in a real browser: an executor uploads it through the real API, and the
// Lab tests on it, with the broker's terms.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { together } from "./app.mjs";

const PASSWORD = "lima ekor kucing";
const HOUR = 3_600_000;
const the = together();

async function signIn(lab, email) {
  const args = ["admin", "create", "--email", email, "--home", the.server.home];
  const made = spawnSync(process.env.PHOENIX_PROGRAM, args, { input: `${PASSWORD}\n`, encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  await lab.page.goto("/sign-in");
  await lab.page.locator('input[name="email"]').fill(email);
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
  await lab.page.waitForURL("**/dashboard");
}

/** Bars as `protocol::bars` has them, with numbers as they are. */
function packed(bars) {
  const head = Buffer.alloc(12);
  head.write("PHXB");
  head.set([1, 255, 255, 255], 4);
  head.writeUInt32LE(bars.length, 8);
  const times = [];
  let [before, step] = [0n, 0n];
  for (const { time } of bars) {
    const now = BigInt(time) - before;
    let rest = ((now - step) << 1n) ^ ((now - step) >> 63n);
    for (; rest >= 0x80n; rest >>= 7n) times.push(Number(rest & 0x7fn) | 0x80);
    times.push(Number(rest));
    [before, step] = [BigInt(time), now];
  }
  const columns = ["open", "high", "low", "close", "volume", "spread"].map((name) =>
    Buffer.from(Float64Array.from(bars, (bar) => bar[name]).buffer),
  );
  return Buffer.concat([head, Buffer.from(times), ...columns]).toString("base64");
}

/** Prices that go up and down, the same every time. */
function walk(count) {
  const first = Date.UTC(2024, 0, 1);
  let price = 2000;
  let seed = 7;
  return Array.from({ length: count }, (_, hour) => {
    const open = price;
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    price += (seed / 2_147_483_648 - 0.5) * 12 + 3 * Math.sin(hour / 30);
    const [low, high] = [Math.min(open, price) - 1, Math.max(open, price) + 1];
    return { time: first + hour * HOUR, open, high, low, close: price, volume: 50, spread: 25 };
  });
}

const LOGIN = { login: 5012345, server: "Broker-Live" };
const SPEC = {
  symbol: "XAUUSD.m", digits: 2, tick_size: 0.01, tick_value: 16000, contract_size: 100,
  volume_min: 0.01, volume_max: 50, volume_step: 0.01, stops_level: 0, freeze_level: 0,
  profit_currency: "USD", margin_currency: "USD", swap_mode: 1, swap_long: -35.5, swap_short: 12,
  triple: 3, account_currency: "IDR", is_hedging: true, time_zone: "America/New_York+7",
};

/** Uploads as an executor of whoever is signed in on the page. */
async function upload(lab) {
  const key = await lab.page.evaluate(async () => {
    const answer = await fetch("/api/v1/credentials", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({ name: "Trading PC", scope: "executor" }),
    });
    return (await answer.json()).key;
  });
  const post = async (path, body) => {
    const answer = await fetch(`${the.server.url}/api/v1${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`, "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, await answer.clone().text());
  };
  const health = { is_running: true, is_connected: true, may_trade: true, waiting_reports: 0 };
  await post("/executor/heartbeat", { name: "Trading PC", version: "0.1.0", health });
  await post("/reporting", { login: LOGIN, currency: "IDR" });
  await post("/markets/specs", { login: LOGIN, spec: SPEC });
  return (bars) =>
    post("/markets/bars", { login: LOGIN, symbol: "XAUUSD.m", timeframe: "H1", bars: packed(bars) });
}

test("a trader tests on their own broker's bars and terms", async () => {
  const lab = await the.open();
  const { page } = lab;
  await signIn(lab, "broker@example.com");
  const bars = await upload(lab);
  await lab.visit("/");
  await lab.fact("trades");
  await page.getByRole("button", { name: "Data…" }).click();
  const dialog = page.getByRole("dialog", { name: "Price history" });
  await dialog.getByText(/allow share_history/).waitFor();
  await page.keyboard.press("Escape");

  await bars(walk(3000));
  await page.getByRole("button", { name: "Data…" }).click();
  const row = dialog.getByRole("row").filter({ hasText: "Broker-Live, 5012345" });
  await row.getByText("3,000").waitFor();
  await lab.axe();
  await row.getByRole("button", { name: "Use XAUUSD.m H1" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText(/Your broker's bars and terms/).waitFor();
  const profit = page.locator('[data-fact="net-profit"]:visible');
  await profit.filter({ hasText: "IDR" }).waitFor();

  // What comes with Phoenix is there as before.
  await page.getByRole("button", { name: "Data…" }).click();
  await dialog.getByRole("button", { name: "Use XAUUSD H1" }).click();
  await page.getByText(/a retail broker's usual spread/).waitFor();
  await lab.close();

  const visitor = await the.open();
  await visitor.visit("/");
  await visitor.page.getByRole("button", { name: "Data…" }).click();
  await visitor.page.getByRole("dialog").getByText("XAUUSD H1").waitFor();
  assert.equal(await visitor.page.getByText("Your broker's data").count(), 0);
  await visitor.close();
});
