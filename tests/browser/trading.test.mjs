// Live trading in a real browser: an executor that speaks the real API through fetch, and pages that
// show what it says without being loaded again.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { startBrowser, startServer, together } from "./app.mjs";

const PASSWORD = "lima ekor kucing";
const the = together();

/** Signs somebody in who is made from the command line. */
async function signIn(lab, server, email) {
  const args = ["admin", "create", "--email", email, "--home", server.home];
  const made = spawnSync(process.env.PHOENIX_PROGRAM, args, { input: `${PASSWORD}\n`, encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  await enter(lab, email);
}

async function enter(lab, email) {
  await lab.page.goto("/sign-in");
  await lab.page.locator('input[name="email"]').fill(email);
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
  await lab.page.waitForURL("**/dashboard");
}

/** An executor of whoever is signed in on the page: speaks the API as a program does. */
async function executor(lab, url, name) {
  const made = await lab.page.evaluate(async (name) => {
    const answer = await fetch("/api/v1/credentials", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({ name, scope: "executor" }),
    });
    return answer.json();
  }, name);
  const headers = { authorization: `Bearer ${made.key}`, "content-type": "application/json" };
  const post = async (path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: "POST",
      headers: { ...headers, "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, await answer.clone().text());
    return answer.json();
  };
  const health = { is_running: true, is_connected: true, may_trade: true, waiting_reports: 0 };
  return {
    beat: (more = {}) => post("/executor/heartbeat", { name, version: "0.1.0", health: { ...health, ...more } }),
    report: (more, currency = "USD", login = 5012345) =>
      post("/reporting", { login: { login, server: "Broker-Live" }, currency, ...more }),
    receipt: (id, outcome, remark) => post(`/command/${id}/receipt`, { outcome, remark }),
    /** The next command that is pushed. */
    hear: async () => {
      const stream = await fetch(`${url}/api/v1/events`, { headers });
      assert.equal(stream.status, 200);
      const found = (async () => {
        let text = "";
        const decoder = new TextDecoder();
        for await (const bytes of stream.body) {
          text += decoder.decode(bytes, { stream: true });
          const data = /event: ?command_delivered\n(?:.*\n)*?data: ?(.*)\n/.exec(text);
          const other = /data: ?(.*)\n(?:.*\n)*?event: ?command_delivered\n/.exec(text);
          if (data ?? other) return JSON.parse((data ?? other)[1]).command;
        }
        throw new Error("the stream ended");
      })();
      return found;
    },
  };
}

const position = (ticket, profit, more = {}) => ({
  ticket, symbol: "XAUUSD", side: "buy", volume: 0.1, opened_price: 2345.6, price: 2363.8,
  profit, opened_at: Date.now() - 60_000, ...more,
});

const equity = (minutes, value) => ({
  at: Date.now() - minutes * 60_000, balance: value - 12.5, equity: value, margin: 40,
});

const deal = (ticket, at, entry, profit) => ({
  ticket, position: ticket - (ticket % 2), symbol: "XAUUSD", side: "buy", entry, volume: 0.1,
  price: 2350, profit, commission: -0.7, time: at,
});

test("a position appears by itself, is closed from the page, and the page says so", async () => {
  const lab = await the.open();
  await signIn(lab, the.server, "live@example.com");
  const { page } = lab;
  // Whatever the hour: half an hour ago may have been yesterday.
  await page.goto("/dashboard?range=7d");
  await page.locator('#live-mark[data-state="on"]').waitFor();
  await page.getByText("No position is open").waitFor();
  // Were the page loaded again, this would be gone.
  await page.evaluate(() => (globalThis.isTheSame = true));
  const pc = await executor(lab, the.server.url, "Trading PC");
  await pc.beat();
  await page.locator("#executors").getByText("Trading PC").waitFor();
  await pc.report({
    positions: { at: Date.now(), positions: [position(77, 182.35)] },
    equity: [equity(30, 1000), equity(20, 1050), equity(10, 1040)],
  });
  const row = page.locator("#positions tbody tr");
  await row.getByText("USD +182.35").waitFor();
  await page.locator("#equity").getByText("USD 1,040.00").first().waitFor();
  await page.locator("#equity svg.curve").waitFor();
  // What has the focus keeps it while its part is put into place anew.
  await row.getByRole("link", { name: "Close" }).focus();
  await pc.report({ positions: { at: Date.now() + 1, positions: [position(77, 190)] } });
  await row.getByText("USD +190.00").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim().startsWith("Close")), true);
  assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
  await lab.axe();

  const heard = pc.hear();
  await row.getByRole("link", { name: "Close" }).click();
  await page.getByText("Buy 0.1 lots of XAUUSD, opened at 2,345.6, about USD +190.00 now.").waitFor();
  await lab.axe();
  await page.getByRole("button", { name: "Close position 77" }).click();
  await page.waitForURL(/\/commands\/[0-9a-f-]{36}$/);
  const command = await heard;
  assert.deepEqual(command.action, { kind: "close_position", ticket: 77 });
  await page.getByText("Delivered", { exact: true }).first().waitFor();
  await page.evaluate(() => (globalThis.isTheSame = true));
  await pc.report({ positions: { at: Date.now() + 2, positions: [] } });
  await pc.receipt(command.id, "executed", "closed at 2363.90");
  await page.locator("#command").getByText("closed at 2363.90").waitFor();
  await page.locator("#command .tag").getByText("Executed").waitFor();
  assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
  await lab.axe();
  await page.goto("/dashboard");
  await page.getByText("No position is open").waitFor();
  await page.locator("#commands").getByText("Executed").waitFor();
  await lab.close();
});

/** What the page is told of whether it is seen. */
const seen = (page, isSeen) =>
  page.evaluate((isSeen) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !isSeen });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isSeen);

test("a page that nobody sees holds no line, and is up to date when it is seen again", async () => {
  const lab = await the.open();
  const { page } = lab;
  await page.addInitScript(() => {
    const lines = (globalThis.lines = []);
    globalThis.EventSource = class extends EventSource {
      constructor(...more) {
        super(...more);
        lines.push(this);
      }
    };
  });
  const open = () => page.evaluate(() => globalThis.lines.filter((one) => one.readyState !== 2).length);
  await signIn(lab, the.server, "hidden@example.com");
  await page.locator('#live-mark[data-state="on"]').waitFor();
  assert.equal(await open(), 1);
  await seen(page, false);
  assert.equal(await open(), 0);
  await page.locator('#live-mark[data-state="off"]').waitFor({ state: "attached" });
  // Another page, which is seen, says when there was something to be read.
  const other = await page.context().newPage();
  await other.goto("/dashboard");
  await other.locator('#live-mark[data-state="on"]').waitFor();
  let readings = 0;
  page.on("request", (request) => (readings += request.url().endsWith("/dashboard") ? 1 : 0));
  const pc = await executor(lab, the.server.url, "Unseen PC");
  await pc.beat();
  await other.locator("#executors").getByText("Unseen PC").waitFor();
  await other.close();
  assert.equal(readings, 0, "it was read while nobody saw it");
  await seen(page, true);
  await page.locator("#executors").getByText("Unseen PC").waitFor();
  await page.locator('#live-mark[data-state="on"]').waitFor();
  assert.equal(await open(), 1);
  await lab.close();
});

test("a page that cannot be read again does not say that it is live", async () => {
  const lab = await the.open();
  lab.expect(/503|Failed to load resource/);
  const { page } = lab;
  await signIn(lab, the.server, "unread@example.com");
  await page.locator('#live-mark[data-state="on"]').waitFor();
  await page.route("**/dashboard", (route) => route.fulfill({ status: 503, body: "away" }));
  const pc = await executor(lab, the.server.url, "PC of a page");
  await pc.beat();
  await page.locator('#live-mark[data-state="lost"]').waitFor();
  await page.unroute("**/dashboard");
  await pc.beat({ waiting_reports: 1 });
  await page.locator('#live-mark[data-state="on"]').waitFor();
  await page.locator("#executors").getByText("PC of a page").waitFor();
  await lab.close();
});

test("a page whose server is gone says so", async () => {
  const server = await startServer();
  const browser = await startBrowser();
  const lab = await browser.open(server.url);
  lab.expect(/ERR_|Failed to load resource/);
  try {
    await signIn(lab, server, "gone@example.com");
    await lab.page.locator('#live-mark[data-state="on"]').waitFor();
    await server.stop();
    await lab.page.locator('#live-mark[data-state="lost"]').waitFor();
    await lab.page.getByText("Disconnected, connecting again").waitFor();
    await lab.close();
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("on a phone the pages are in a menu, which needs no script", async () => {
  const lab = await the.open({ width: 390, height: 844 });
  await signIn(lab, the.server, "phone@example.com");
  const reports = lab.page.getByRole("link", { name: "Reports", exact: true });
  assert.equal(await reports.isVisible(), false);
  await lab.page.getByRole("button", { name: "Menu" }).click();
  await lab.axe();
  await lab.screen("menu-390");
  await reports.click();
  await lab.page.waitForURL("**/reports");
  await lab.page.locator(".site-account > summary").click();
  await lab.axe();
  await lab.fits();
  await lab.page.getByRole("link", { name: "Devices" }).click();
  await lab.page.waitForURL("**/account/devices");
  await lab.close();
});

/** Chooses a plan, which costs nothing in test mode: the free one has one account at a broker. */
async function choose(lab, plan) {
  await lab.page.goto("/account/billing");
  const key = await lab.page.locator('input[name="key"]').first().getAttribute("value");
  const form = { plan, interval: "month", currency: "USD", key };
  const headers = { Origin: the.server.url };
  const answer = await lab.page.request.post("/account/billing/buy", { form, headers });
  assert.match(answer.url(), /notice=plan-changed/);
  // The page of plans may call nobody.
  await lab.page.goto("/dashboard");
}

let isFilled = false;
/** Somebody with two accounts, a month of trading and commands in several states. */
async function fill(lab) {
  const email = "month@example.com";
  if (isFilled) return enter(lab, email);
  isFilled = true;
  await signIn(lab, the.server, email);
  await choose(lab, "pro");
  const [vps, laptop] = [
    await executor(lab, the.server.url, "VPS Jakarta"),
    await executor(lab, the.server.url, "Laptop"),
  ];
  await laptop.beat({ is_connected: false, remark: "AutoTrading disabled by client" });
  const { executor: id } = await vps.beat();
  const now = Date.now();
  const wave = (place) => 10_000 + 300 * Math.sin(place / 7) + place * 6;
  const equities = Array.from({ length: 240 }, (_, place) => equity((240 - place) * 180 + 1, wave(place)));
  const deals = Array.from({ length: 60 }, (_, place) => {
    const at = now - (60 - place) * 11 * 3_600_000;
    return [deal(place * 2 + 100, at, "in", 0), deal(place * 2 + 101, at + 3_600_000, "out", 90 * Math.sin(place * 1.7) + 8)];
  }).flat();
  await vps.report({
    equity: equities, deals: deals.filter((one) => one.time < now),
    positions: { at: now, positions: [position(77, 182.35), position(78, -42.1, { symbol: "EURUSD", side: "sell", opened_price: 1.08512, price: 1.08554 })] },
  });
  await laptop.report({ equity: [equity(300, 840), equity(30, 835.4)], deals: [deal(2, now - 5000, "in", 0), deal(3, now - 4000, "out", -12.04)] }, "EUR", 88);
  await lab.page.evaluate(async (id) => {
    for (const kind of ["stop_bot", "close_mine", "close_everything"]) {
      await fetch("/api/v1/command", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ action: { kind }, target: { executor: id }, expires_at: Date.now() + 600_000 }),
      });
    }
  }, id);
  const { commands } = await vps.beat();
  await vps.receipt(commands[0].id, "executed", "");
  await vps.receipt(commands[1].id, "failed", "10018 market closed");
}

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const [theme, language] of [["dark", "en-US"], ["light", "id-ID"]]) {
    test(`every page of live trading is sound at ${width} pixels, ${theme}, ${language}`, async () => {
      const lab = await the.open({ width, height, theme, language });
      await fill(lab);
      for (const path of [
        "/dashboard?range=30d", "/executors", "/commands", "/commands/new", "/reports",
        "/reports?by=week", "/reports?by=month", "/reports?by=strategy",
      ]) {
        const response = await lab.page.goto(path);
        assert.equal(response.status(), 200, path);
        await lab.axe();
        await lab.fits();
        const [name, more] = path.slice(1).split("?by=");
        const shown = name.split("?")[0].replaceAll("/", "-");
        if (!more) await lab.screen(`${shown}-${width}-${theme}-${language.slice(0, 2)}`);
      }
      await lab.page.goto("/commands");
      await lab.page.locator("tbody a").first().click();
      await lab.page.waitForURL("**/commands/*-*");
      await lab.axe();
      await lab.fits();
      await lab.page.goto("/dashboard");
      await lab.page.locator("#positions tbody a.button").first().click();
      await lab.page.waitForURL("**/commands/confirm?*");
      await lab.axe();
      await lab.fits();
      await lab.screen(`confirm-${width}-${theme}-${language.slice(0, 2)}`);
      await lab.close();
    });
  }
}
