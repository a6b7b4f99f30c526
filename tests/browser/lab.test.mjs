// The thin slice through everything: page, server, worker, engine, storage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./app.mjs";

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("gold is tested in a worker and trades as the golden list does", async () => {
  const lab = await browser.open(server.url);
  const loaded = [];
  lab.page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await lab.visit("/");
  assert.equal(await lab.fact("trades"), "1,677");
  await lab.page.getByRole("tab", { name: "Typical costs" }).click();
  assert.match(await lab.fact("net-profit"), /^\u22125,216\.\d\d USD$/);
  assert.equal(lab.page.workers().length, 1);
  const modules = loaded.filter((path) => path.endsWith(".wasm"));
  assert.equal(modules.length, 1, `the module is downloaded once: ${modules}`);
  await lab.close();
});

test("another strategy supersedes the one before, and one without history says so", async () => {
  const lab = await browser.open(server.url);
  lab.expect(/404/);
  await lab.visit("/");
  await lab.fact("trades");
  const row = (name) => lab.page.getByRole("row").filter({ hasText: name });
  await row("EURUSD").first().getByRole("button", { name: "Test" }).click();
  await lab.page.getByText(/There is no H1 history of EURUSD here/).first().waitFor();
  await row("Gold MACD with ADX").getByRole("button", { name: "Test" }).click();
  assert.equal(await lab.fact("trades"), "1,677");
  await lab.close();
});

test("a saved copy survives a reload, is nobody else's, and is deleted after a question", async () => {
  const lab = await browser.open(server.url);
  await lab.visit("/");
  await lab.page.getByText("Nothing saved yet").waitFor();
  const row = lab.page.getByRole("row").filter({ hasText: "Gold MACD with ADX" });
  await row.getByRole("button", { name: "Save a copy" }).click();
  await lab.page.getByText("Saved: Gold MACD with ADX").waitFor();
  await lab.visit("/");
  const own = lab.page.getByRole("listitem").filter({ hasText: "Gold MACD with ADX" });
  await own.waitFor();

  const other = await browser.open(server.url);
  await other.visit("/");
  await other.page.getByText("Nothing saved yet").waitFor();
  await other.close();

  const opener = own.getByRole("button", { name: "Delete" });
  await opener.click();
  const dialog = lab.page.getByRole("dialog");
  await dialog.waitFor();
  await lab.axe();
  await lab.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await opener.evaluate((button) => button === document.activeElement), "focus comes back");
  await opener.click();
  await dialog.getByRole("button", { name: "Delete it" }).click();
  await lab.page.getByText("Nothing saved yet").waitFor();
  await lab.close();
});
