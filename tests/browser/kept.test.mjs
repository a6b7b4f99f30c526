// What was not saved is kept, what was saved is named by the address, and nothing of one strategy
// comes into another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { named, together } from "./app.mjs";

const the = together();

const level = (page) =>
  page.getByRole("group", { name: "Buy", exact: true }).getByRole("textbox", { name: "Second value: number" });
const field = (page) => page.getByRole("textbox", { name: "Strategy name" });
const trades = (page, text) => page.locator('[data-fact="trades"]').filter({ hasText: text }).waitFor();
const isAt = (page, address) => page.waitForURL((url) => url.pathname + url.search === address);
const reload = async (page) => {
  await page.reload();
  await page.locator("html[data-ready]").waitFor();
};

async function rename(page, name) {
  await field(page).fill(name);
  await field(page).press("Enter");
}

test("a reload goes on with what was not saved", async () => {
  const lab = await the.open();
  const { page } = lab;
  await lab.visit("/");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/strategy=/);
  const address = new URL(page.url());
  await level(page).fill("26");
  await trades(page, "1,535");
  await reload(page);
  await trades(page, "1,535");
  assert.equal(new URL(page.url()).search, address.search);

  // Another one in its place: the address does not name the old one any more.
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("dialog", { name: "Discard your changes?" }).getByRole("button", { name: "Discard" }).click();
  await isAt(page, "/");
  await rename(page, "Not saved yet at all");
  await reload(page);
  assert.equal(await field(page).inputValue(), "Not saved yet at all");

  // A second tab that asks for something else leaves it alone.
  const other = await page.context().newPage();
  await other.goto("/?ready=gold-turtle-breakout");
  await other.locator("html[data-ready]").waitFor();
  await other.getByText("Donchian").first().waitFor();
  await page.close();
  const third = await other.context().newPage();
  await third.goto("/");
  await third.locator("html[data-ready]").waitFor();
  await named(third, "Not saved yet at all");
  await lab.close();
});

test("what is saved while another strategy is opened stays what it was", async () => {
  const lab = await the.open();
  const { page } = lab;
  await lab.visit("/");
  await rename(page, "The first");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/save_strategy/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("dialog", { name: "Discard your changes?" }).getByRole("button", { name: "Discard" }).click();
  await named(page, "New strategy");
  release();
  await page.getByText("Saved: The first").waitFor();
  await page.getByText("Not saved yet").waitFor();
  await isAt(page, "/");
  await lab.close();
});

test("a deleted strategy that is still open says that it is not saved", async () => {
  const lab = await the.open();
  const { page } = lab;
  await lab.visit("/?ready=gold-turtle-breakout");
  await page.getByText("Donchian").first().waitFor();
  await rename(page, "To be deleted");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/strategy=/);
  await page.getByRole("button", { name: "Open…" }).click();
  await page.getByRole("tab", { name: "Your strategies" }).click();
  await page.getByRole("button", { name: "Delete To be deleted" }).click();
  await page.getByRole("dialog", { name: /delete/i }).getByRole("button", { name: /delete/i }).click();
  await page.getByText("Deleted: To be deleted").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Not saved yet").waitFor();
  await isAt(page, "/");
  await lab.close();
});

test("text with faults never comes into another strategy", async () => {
  const lab = await the.open();
  const { page } = lab;
  await lab.visit("/");
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = page.getByRole("textbox", { name: /JSON/ });
  const good = await text.inputValue();
  await text.fill(good.replace('"crosses_above"', '"crosses_over"'));
  await page.locator(".json [data-fault]").first().waitFor();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.locator(".json [data-fault]").first().waitFor({ state: "detached" });
  assert.ok(!(await text.inputValue()).includes("macd"), "the text is that of the new strategy");

  // The document was changed elsewhere meanwhile: the text asks before it takes its place.
  await text.fill("{");
  await page.locator(".json [data-fault]").first().waitFor();
  await rename(page, "Changed elsewhere");
  await text.fill(good);
  await page.getByText("changed elsewhere since").waitFor();
  assert.equal(await field(page).inputValue(), "Changed elsewhere");
  await page.getByRole("button", { name: "Use this text" }).click();
  await trades(page, "1,677");
  await lab.close();
});

test("the command palette does what it is told, by keyboard alone", async () => {
  const lab = await the.open();
  const { page } = lab;
  await lab.visit("/");
  await trades(page, "1,677");
  const ask = page.getByRole("combobox", { name: "What would you like to do?" });
  await page.keyboard.press("Control+K");
  await ask.fill("costs ideal");
  await lab.axe();
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "Ideal" }).and(page.locator(":checked")).waitFor();
  await page.keyboard.press("Control+K");
  await ask.fill("no such thing");
  await page.getByText("No command has these words").waitFor();
  await ask.fill("language");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator('html[lang="id"]').waitFor();
  await lab.close();
});
