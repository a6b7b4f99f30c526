// The Lab as a trader uses it: designer, worker, chart, result, storage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { named, together } from "./app.mjs";

const the = together();

/** Waits until a number of the result reads so. */
async function reads(lab, name, text) {
  await lab.page.locator(`[data-fact="${name}"]`).filter({ hasText: text }).waitFor();
}

/** The reference strategy from an empty designer, by mouse and keyboard. */
async function build({ page }) {
  await page.getByRole("button", { name: "New", exact: true }).click();
  for (const name of ["ADX", "MACD"]) {
    await page.getByRole("button", { name: "Add indicator" }).click();
    await page.getByRole("searchbox").fill(name);
    const dialog = page.getByRole("dialog", { name: "Add indicator" });
    await dialog.getByRole("button", { name: new RegExp(`^${name} `) }).first().click();
  }
  for (const [side, crossing] of [["Buy", "crosses above"], ["Sell", "crosses below"]]) {
    const rule = page.getByRole("group", { name: side, exact: true });
    const add = rule.getByRole("button", { name: "Add condition" });
    await add.click();
    await rule.getByRole("combobox", { name: "First value" }).selectOption("MACD line");
    await rule.getByRole("combobox", { name: "Comparison" }).selectOption(crossing);
    await rule.getByRole("combobox", { name: "Second value" }).selectOption("MACD signal");
    await add.click();
    await rule.getByRole("combobox", { name: "First value" }).nth(1).selectOption("ADX(14)");
    const level = rule.getByRole("textbox", { name: "Second value: number" });
    await level.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("25");
    await page.keyboard.press("Enter");
  }
  await page.getByLabel("On the opposite signal").selectOption("close and reverse");
}

test("the reference strategy, built from nothing, trades as the golden list does, and is kept", async () => {
  const lab = await the.open();
  const loaded = [];
  lab.page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await lab.visit("/");
  await build(lab);
  await lab.page.getByRole("radio", { name: "Ideal" }).check();
  await reads(lab, "trades", "1,677");
  assert.equal(lab.page.workers().length, 1);
  const modules = loaded.filter((path) => path.endsWith(".wasm"));
  assert.equal(new Set(modules).size, modules.length, `every module is downloaded once: ${modules}`);
  assert.equal(modules.filter((path) => !/part-/.test(path)).length, 1);

  const name = lab.page.getByRole("textbox", { name: "Strategy name" });
  await name.fill("Built by hand");
  await name.press("Enter");
  await lab.page.getByRole("button", { name: "Save", exact: true }).click();
  await lab.page.getByText("Saved: Built by hand").waitFor();
  await lab.page.waitForURL(/strategy=/);
  await lab.page.reload();
  await lab.page.locator("html[data-ready]").waitFor();
  await named(lab.page, "Built by hand");
  await lab.page.getByRole("radio", { name: "Ideal" }).check();
  await reads(lab, "trades", "1,677");
  await lab.close();
});

test("an edit shows at once, is undone and done again", async () => {
  const lab = await the.open();
  await lab.visit("/");
  await reads(lab, "trades", "1,677");
  const buy = lab.page.getByRole("group", { name: "Buy", exact: true });
  await buy.getByRole("textbox", { name: "Second value: number" }).fill("20");
  await lab.page.getByText("ADX(14) is above 20").first().waitFor();
  const trades = lab.page.locator('[data-fact="trades"]');
  await trades.filter({ hasNotText: "1,677" }).waitFor();
  await lab.page.getByRole("button", { name: "Undo" }).click();
  await reads(lab, "trades", "1,677");
  await lab.page.getByRole("button", { name: "Redo" }).click();
  await trades.filter({ hasNotText: "1,677" }).waitFor();
  await lab.close();
});

test("JSON with faults names the places and loses nothing", async () => {
  const lab = await the.open();
  await lab.visit("/");
  await lab.page.getByRole("tab", { name: "JSON" }).click();
  const text = lab.page.getByRole("textbox", { name: /JSON/ });
  const good = await text.inputValue();
  await text.fill(good.replace('"crosses_above"', '"crosses_over"'));
  await lab.page.getByText("crosses_over").first().waitFor();
  await lab.page.locator("[data-fault]").first().waitFor();
  await reads(lab, "trades", "1,677");
  await text.fill("{");
  await lab.page.locator("[data-fault]").first().waitFor();
  assert.equal(await text.inputValue(), "{", "what was typed stays");
  await text.fill(good.replace(": 25", ": 30"));
  await lab.page.locator('[data-fact="trades"]').filter({ hasNotText: "1,677" }).waitFor();
  await lab.close();
});

test("a symbol without history and one with too few bars say what to do", async () => {
  const lab = await the.open();
  lab.expect(/404/);
  await lab.visit("/");
  await reads(lab, "trades", "1,677");
  await lab.page.getByRole("combobox", { name: "Symbol" }).selectOption("EURUSD");
  await lab.page.getByText(/no H1 history of EURUSD/i).first().waitFor();

  await lab.page.getByRole("button", { name: "Data…" }).click();
  const dialog = lab.page.getByRole("dialog", { name: "Price history" });
  await dialog.getByText("XAUUSD H1").waitFor();
  const rows = Array.from({ length: 30 }, (_, hour) => {
    const time = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19).replace("T", " ");
    const [low, high] = hour === 7 ? [1.2, 1.1] : [1.1, 1.2];
    return `${time},1.15,${high},${low},1.15,10`;
  });
  const csv = (text) => ({ name: "bars.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await dialog.getByLabel("Symbol").fill("EURUSD");
  await dialog.getByLabel("File", { exact: true }).setInputFiles(csv(["time,open,high,low,close,volume", ...rows].join("\n")));
  await dialog.getByRole("button", { name: "Read the file" }).click();
  await dialog.getByText("EURUSD H1: 29 bars read").waitFor();
  await dialog.getByText(/line 9/).waitFor();
  await dialog.getByLabel("File", { exact: true }).setInputFiles(csv("\0\xff not a history"));
  await dialog.getByRole("button", { name: "Read the file" }).click();
  await dialog.getByRole("alert").waitFor();
  await lab.axe();
  await lab.page.keyboard.press("Escape");
  await lab.page.getByText(/29 bars/).first().waitFor();
  await lab.close();
});

test("a tab closed in the middle of an edit loses nothing", async () => {
  const lab = await the.open();
  await lab.visit("/");
  const name = lab.page.getByRole("textbox", { name: "Strategy name" });
  await name.fill("Half done");
  await name.press("Enter");
  await named(lab.page, "Half done");
  const again = await lab.page.context().newPage();
  await lab.page.close();
  await again.goto("/");
  await named(again, "Half done");
  await lab.close();
});

test("one's own strategy is opened, is nobody else's, and is deleted after a question", async () => {
  const lab = await the.open();
  await lab.visit("/");
  await lab.page.getByRole("button", { name: "Save", exact: true }).click();
  await lab.page.getByText("Saved: Gold MACD with ADX").waitFor();

  const other = await the.open();
  await other.visit("/");
  await other.page.getByRole("button", { name: "Open…" }).click();
  await other.page.getByRole("tab", { name: "Your strategies" }).click();
  await other.page.getByText("Nothing saved yet").waitFor();
  await other.close();

  await lab.page.getByRole("button", { name: "Open…" }).click();
  await lab.axe();
  await lab.page.getByRole("button", { name: "Open Gold turtle breakout" }).click();
  await named(lab.page, "Gold Turtle breakout");
  await lab.page.getByRole("button", { name: "Open…" }).click();
  await lab.page.getByRole("tab", { name: "Your strategies" }).click();
  const own = lab.page.getByRole("listitem").filter({ hasText: "Gold MACD with ADX" });
  const opener = own.getByRole("button", { name: "Delete" });
  await opener.click();
  const question = lab.page.getByRole("dialog", { name: "Delete this strategy?" });
  await lab.page.keyboard.press("Escape");
  await question.waitFor({ state: "hidden" });
  await opener.click();
  await question.getByRole("button", { name: "Delete it" }).click();
  await lab.page.getByText("Nothing saved yet").waitFor();
  await lab.close();
});

test("two runs stand side by side, and every button does what it says after an edit", async () => {
  const lab = await the.open();
  const { page } = lab;
  await lab.visit("/");
  await reads(lab, "trades", "1,677");
  for (const terms of ["Typical costs", "Ideal"]) {
    await page.getByRole("radio", { name: terms }).check();
    await reads(lab, "net-profit", terms === "Ideal" ? "+338.67" : "−5,216.00");
    await page.getByRole("button", { name: "Keep this run" }).click();
    await page.getByText("Kept: Gold MACD with ADX").last().waitFor();
  }
  await page.getByRole("tab", { name: "Compare" }).click();
  const rows = page.locator(".kept tbody tr");
  await rows.nth(1).waitFor();
  // The list is drawn anew when a run is kept: its buttons are those of the new list.
  const costly = rows.filter({ hasText: "−5,216.00 USD" });
  const compare = costly.getByRole("button", { name: /^Compare/ });
  await compare.click();
  await page.locator(".beside").waitFor();
  assert.equal(await compare.getAttribute("aria-pressed"), "true");
  await lab.axe();
  await compare.click();
  await page.locator(".beside").waitFor({ state: "detached" });
  await costly.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog", { name: /delete/i }).getByRole("button", { name: /delete/i }).click();
  await costly.waitFor({ state: "detached" });
  assert.equal(await rows.count(), 1);
  await lab.close();
});
