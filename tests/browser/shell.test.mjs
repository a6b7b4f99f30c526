// What is around every page: language, theme, keyboard, phone, errors, health.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startServer, together } from "./app.mjs";

const the = together();

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const theme of ["dark", "light"]) {
    for (const [code, locale] of [["en", "en-US"], ["id", "id-ID"]]) {
      test(`the Lab is sound at ${width} pixels, ${theme}, ${code}`, async () => {
        const lab = await the.open({ width, height, theme, language: locale });
        await lab.visit("/");
        assert.equal(await lab.page.locator("html").getAttribute("lang"), code);
        assert.equal(await lab.page.locator("html").getAttribute("data-theme"), theme);
        const trades = lab.page.locator('[data-fact="trades"]').filter({ hasText: code === "en" ? "1,677" : "1.677" });
        await trades.waitFor({ state: "attached" });
        await lab.page.locator(".chart-place canvas").first().waitFor({ state: "attached" });
        await lab.axe();
        await lab.fits();
        await lab.screen(`lab-${width}-${theme}-${code}`);
        for (const part of width < 1080 ? [1, 2] : []) {
          await lab.page.locator(".views button").nth(part).click();
          await lab.axe();
          await lab.fits();
          await lab.screen(`lab-${width}-${theme}-${code}-${["strategy", "chart", "result"][part]}`);
        }
        await lab.close();
      });
    }
  }
}

test("language and theme are switched at once and remembered", async () => {
  const lab = await the.open();
  await lab.visit("/");
  await lab.page.getByLabel("Language").selectOption("id");
  await lab.page.getByRole("heading", { name: "Lab Strategi" }).waitFor();
  await lab.page.getByLabel("Warna").selectOption("light");
  const html = await (await lab.page.goto("/")).text();
  assert.match(html, /<html lang="id" data-theme="light"/, "right in the first bytes already");
  await lab.close();
});

test("tabs and the skip link go by keyboard", async () => {
  const lab = await the.open();
  await lab.visit("/");
  await lab.page.keyboard.press("Tab");
  await lab.page.keyboard.press("Enter");
  assert.equal(await lab.page.evaluate(() => document.activeElement.id), "content");
  await lab.page.getByRole("tab", { name: "Statistics" }).focus();
  await lab.page.keyboard.press("ArrowRight");
  await lab.page.getByRole("tab", { name: "Months", selected: true }).waitFor();
  await lab.page.keyboard.press("Home");
  await lab.page.getByRole("tab", { name: "Statistics", selected: true }).waitFor();
  await lab.close();
});

test("a page that is not there says so, with its status", async () => {
  const lab = await the.open();
  lab.expect(/404/);
  const response = await lab.visit("/nowhere");
  assert.equal(response.status(), 404);
  await lab.page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await lab.axe();
  await lab.close();
});

test("answers carry their headers, and calls from other sites are refused", async () => {
  const page = await fetch(`${the.server.url}/`);
  const policy = page.headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'; script-src 'self' 'nonce-[^']{16,}' 'wasm-unsafe-eval'/);
  assert.match(page.headers.get("set-cookie"), /phoenix_visitor=[0-9a-f]{64}; .*HttpOnly; SameSite=Lax/);
  assert.equal(page.headers.get("x-content-type-options"), "nosniff");
  for (const path of ["/healthz", "/readyz"]) assert.equal((await fetch(the.server.url + path)).status, 200);
  const asset = /\/assets\/boot-[^"]+/.exec(await page.text())[0];
  const file = await fetch(the.server.url + asset, { headers: { "accept-encoding": "br" } });
  assert.equal(file.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(file.headers.get("content-encoding"), "br");
  const call = (headers) =>
    fetch(`${the.server.url}/api/fn/list_strategies`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: "{}",
    });
  assert.equal((await call({ "sec-fetch-site": "cross-site" })).status, 403);
  const nobody = await call({});
  assert.equal(nobody.status, 401);
  assert.match(await nobody.text(), /no-visitor/);
});

test("history is listed, packed, and asked about again by its tag", async () => {
  const list = await (await fetch(`${the.server.url}/api/history`)).json();
  assert.deepEqual(list.map((one) => `${one.symbol} ${one.timeframe}`), ["GBPUSD H1", "XAUUSD H1"]);
  const first = await fetch(`${the.server.url}/api/history/XAUUSD/H1`);
  const bytes = Buffer.from(await first.arrayBuffer());
  assert.equal(bytes.subarray(0, 4).toString(), "PHXB");
  assert.equal(bytes.readUInt32LE(8), list[1].bars);
  const headers = { "if-none-match": first.headers.get("etag") };
  assert.equal((await fetch(`${the.server.url}/api/history/XAUUSD/H1`, { headers })).status, 304);
  for (const path of ["XAUUSD/H9", "NONE/H1", "..%2f..%2fetc/H1"]) {
    assert.equal((await fetch(`${the.server.url}/api/history/${path}`)).status, 404, path);
  }
});

test("what was saved survives the server, which stops when asked", async () => {
  const home = await mkdtemp(join(tmpdir(), "phoenix-"));
  let first = await startServer(home);
  const lab = await the.browser.open(first.url);
  await lab.visit("/");
  await lab.page.getByRole("button", { name: "Save", exact: true }).click();
  await lab.page.getByText("Saved: Gold MACD with ADX").waitFor();
  const cookies = await lab.page.context().cookies();
  await lab.close();
  assert.equal(await first.stop(), 0);
  first = await startServer(home);
  const again = await the.browser.open(first.url);
  await again.page.context().addCookies(cookies.map(({ name, value }) => ({ name, value, url: first.url })));
  await again.visit("/");
  await again.page.getByRole("button", { name: "Open…" }).click();
  await again.page.getByRole("tab", { name: "Your strategies" }).click();
  await again.page.getByRole("listitem").filter({ hasText: "Gold MACD with ADX" }).waitFor();
  await again.close();
  await first.stop();
  await rm(home, { recursive: true });
});
