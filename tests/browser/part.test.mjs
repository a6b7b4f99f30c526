// Parts of the module that come after the page: what does without them, and what is said when one
// does not come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { together } from "./app.mjs";

const the = together();
const BUDGET = 500_000;

/** A page on which the parts of these names do not come, until they are let through. */
async function without(names, options) {
  const lab = await the.open(options);
  const pattern = new RegExp(`/assets/part-(${names})-`);
  lab.expect(/part-|part \w+:/);
  await lab.page.route(pattern, (route) => route.abort());
  return { ...lab, let: () => lab.page.unroute(pattern) };
}

const trades = (lab, text) => lab.page.locator('[data-fact="trades"]').filter(text).waitFor();

test("chart, numbers and live preview need no part, and weigh what was promised", async () => {
  const lab = await without("\\w+");
  const loads = [];
  lab.page.on("requestfinished", async (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/assets/")) loads.push([pathname, request.sizes(), request.response()]);
  });
  await lab.visit("/");
  await trades(lab, { hasText: "1,677" });
  await lab.page.locator(".chart-place canvas").first().waitFor();
  const buy = lab.page.getByRole("group", { name: "Buy", exact: true });
  await buy.getByRole("textbox", { name: "Second value: number" }).fill("20");
  await trades(lab, { hasNotText: "1,677" });
  let weight = 0;
  for (const [name, sizes, response] of loads) {
    assert.equal((await response).headers()["content-encoding"], "br", name);
    weight += (await sizes).responseBodySize;
  }
  assert.ok(loads.some(([name]) => name.endsWith(".wasm")) && loads.some(([name]) => name.includes("chart")));
  assert.ok(weight <= BUDGET, `${weight} bytes`);
  await lab.close();
});

for (const [language, add, told, again] of [
  ["en-US", "Add indicator", /did not arrive: the connection broke off/, "Try again"],
  ["id-ID", "Tambah indikator", /tidak sampai: koneksi terputus/, "Coba lagi"],
]) {
  test(`a dialog whose part does not come says so and what to do, ${language}`, async () => {
    const lab = await without("dialogs", { language });
    await lab.visit("/");
    await lab.page.getByRole("button", { name: add }).click();
    const dialog = lab.page.getByRole("dialog", { name: add });
    await dialog.getByRole("alert").filter({ hasText: told }).waitFor();
    await lab.axe();
    await dialog.getByRole("button", { name: again }).click();
    await dialog.getByRole("alert").filter({ hasText: told }).waitFor();
    await lab.let();
    await dialog.getByRole("button", { name: again }).click();
    await dialog.getByRole("searchbox").waitFor();
    assert.equal(await lab.page.evaluate(() => document.activeElement.type), "search");
    await lab.close();
  });
}

test("saving without its part loses nothing and says so", async () => {
  const lab = await without("dialogs");
  await lab.visit("/");
  const save = lab.page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  await lab.page.getByText(/That was not done/).first().waitFor();
  await lab.let();
  await save.click();
  await lab.page.getByText("Saved: Gold MACD with ADX").waitFor();
  await lab.close();
});

test("a strategy whose indicators do not come is told, and tested when they do", async () => {
  const lab = await without("indicators");
  await lab.visit("/");
  await trades(lab, { hasText: "1,677" });
  await lab.page.getByRole("button", { name: "Add indicator" }).click();
  const dialog = lab.page.getByRole("dialog", { name: "Add indicator" });
  await dialog.getByRole("searchbox").fill("RSI");
  await dialog.getByRole("button", { name: /^RSI / }).first().click();
  const alert = lab.page.getByRole("alert").filter({ hasText: /The test did not run/ });
  await alert.waitFor();
  await lab.let();
  await alert.getByRole("button", { name: "Try again" }).click();
  await alert.waitFor({ state: "detached" });
  await trades(lab, { hasText: "1,677" });
  await lab.close();
});

test("a time zone is judged, and tested with, once the zones are there", async () => {
  const lab = await without("zones");
  await lab.visit("/");
  await trades(lab, { hasText: "1,677" });
  await lab.page.locator('details[data-at="/description"] > summary').click();
  const zone = lab.page.getByLabel("Days begin in");
  await zone.fill("Europe/London");
  await zone.press("Enter");
  const alert = lab.page.getByRole("alert").filter({ hasText: /The test did not run/ });
  await alert.waitFor();
  await lab.let();
  await alert.getByRole("button", { name: "Try again" }).click();
  await trades(lab, { hasText: "1,677" });
  await zone.fill("Europe/Londn");
  await zone.press("Enter");
  await lab.page.getByText(/"Europe\/Londn" is not a known time zone/).first().waitFor();
  await lab.close();
});

test("what may be wanted next is fetched ahead, each part once, for ever", async () => {
  const lab = await the.open();
  const parts = [];
  lab.page.on("response", (response) => /\/part-/.test(response.url()) && parts.push(response));
  await lab.visit("/");
  await trades(lab, { hasText: "1,677" });
  await lab.page.getByRole("tab", { name: "Trades" }).click();
  await lab.page.getByRole("tab", { name: "JSON" }).click();
  await lab.page.getByRole("textbox", { name: /JSON/ }).waitFor();
  const all = ["designer", "dialogs", "files", "indicators", "tables", "zones"];
  await lab.page.waitForFunction(
    (all) => {
      const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
      return all.every((part) => loaded.some((name) => name.includes(`/part-${part}-`)));
    },
    all,
  );
  const names = parts.map((response) => /part-(\w+)-/.exec(response.url())[1]).sort();
  assert.deepEqual(names, all);
  for (const response of parts) {
    const headers = response.headers();
    assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
    assert.equal(headers["content-encoding"], "br");
  }
  await lab.close();
});

test("who saves data gets a part when it is wanted, and not before", async () => {
  const lab = await the.open();
  const parts = [];
  lab.page.on("request", (request) => /\/part-/.test(request.url()) && parts.push(/part-(\w+)/.exec(request.url())[1]));
  await lab.page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
  await lab.visit("/");
  await trades(lab, { hasText: "1,677" });
  // Set after the page's own timer of 800 ms and longer: it ends after it.
  await lab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 900)));
  assert.deepEqual(parts, []);
  await lab.page.getByRole("tab", { name: "Trades" }).click();
  await lab.page.locator(".trades").waitFor();
  assert.deepEqual(parts, ["tables"]);
  await lab.close();
});
