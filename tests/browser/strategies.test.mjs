// Strategies as a trader has them: saved in the Lab, activated, compared, put away.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { together } from "./app.mjs";

const PASSWORD = "lima ekor kucing";
const the = together();

/** Somebody with an account of their own, made from the command line: no mail has to be read. */
async function member(name, options) {
  const email = `${name}@example.com`;
  const args = ["admin", "create", "--email", email, "--home", the.server.home];
  const made = spawnSync(process.env.PHOENIX_PROGRAM, args, { input: `${PASSWORD}\n`, encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const lab = await the.open(options);
  await lab.page.goto("/sign-in");
  await lab.page.locator('input[name="email"]').fill(email);
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
  await lab.page.waitForURL("**/dashboard");
  return lab;
}

/** Saves a document as the Lab does; answers what the list shows of it. */
async function save(lab, document, replaces = null) {
  const url = `${the.server.url}/api/fn/save_strategy`;
  const headers = { Origin: the.server.url };
  const answer = await lab.page.request.post(url, { headers, data: { draft: { replaces, document } } });
  assert.equal(answer.status(), 200, await answer.text());
  return answer.json();
}

/** The document of the strategy that comes with Phoenix, under another name. */
async function gold(name) {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(new URL("../../strategies/gold-macd-adx.json", import.meta.url), "utf8");
  return JSON.stringify({ ...JSON.parse(text), name }, null, 2);
}

test("a strategy is saved in the Lab, trades, is edited, and what trades stays", async () => {
  const lab = await member("sari");
  await lab.visit("/");
  await lab.page.getByRole("button", { name: "Save", exact: true }).click();
  await lab.page.getByText("Saved: Gold MACD with ADX").waitFor();
  await lab.page.goto("/strategies");
  await lab.axe();
  const drafts = lab.page.getByRole("region", { name: /Drafts/ });
  const live = lab.page.getByRole("region", { name: /^Live/ });
  await drafts.getByText("Activate version 1").click();
  await lab.axe();
  // Nothing is chosen before somebody chooses: the browser itself asks.
  await drafts.getByRole("button", { name: /Let it trade/ }).click();
  assert.equal(new URL(lab.page.url()).pathname, "/strategies");
  await drafts.getByLabel("Trades on").selectOption({ label: "Every account of my executors" });
  await drafts.getByRole("button", { name: /Let it trade/ }).click();
  await lab.page.waitForURL("**/strategies?done=activated");
  await live.getByText("Version 1 trades on every account of your executors").waitFor();
  await lab.axe();

  // Its link opens it in the Lab, where another save is another version.
  const open = await live.getByRole("link", { name: /Open in Lab/ }).getAttribute("href");
  const id = new URL(open, the.server.url).searchParams.get("strategy");
  await lab.visit(open);
  await lab.page.waitForFunction(() => document.title.startsWith("Gold MACD with ADX"));
  const changed = (await gold("Gold MACD with ADX")).replace("25", "21");
  await save(lab, changed, [id, 1]);
  await lab.page.goto(`/strategies/${id}`);
  await lab.page.getByText("Version 2 is newer and does not trade.").waitFor();
  await lab.page.locator(".difference ins").first().waitFor();
  assert.match(await lab.page.locator(".difference ins").first().innerText(), /21/);
  assert.match(await lab.page.locator(".difference del").first().innerText(), /25/);
  await lab.axe();

  // Brought back, it is the third.
  await lab.page.getByText("Bring back").first().click();
  await lab.page.getByRole("button", { name: /Save as a new version/ }).click();
  await lab.page.getByText("Brings back version 1").waitFor();
  await lab.axe();

  await lab.page.locator("summary").filter({ hasText: "Deactivate" }).click();
  await lab.page.getByText("Nothing is closed").waitFor();
  await lab.page.getByRole("button", { name: /Stop trading/ }).click();
  await lab.page.getByText("The strategy opens nothing more.").waitFor();
  await lab.page.getByRole("button", { name: /^Archive/ }).click();
  await lab.page.getByText("The strategy is archived.").waitFor();
  await lab.page.goto("/strategies");
  await lab.page.getByRole("region", { name: /Archived/ }).getByRole("link", { name: "Gold MACD with ADX", exact: true }).waitFor();
  await lab.close();
});

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const [theme, language] of [["dark", "en-US"], ["light", "id-ID"]]) {
    test(`strategies are sound at ${width} pixels, ${theme}, ${language}`, async () => {
      const lab = await member(`tika${width}${theme}`, { width, height, theme, language });
      const screen = async (name) => {
        await lab.axe();
        await lab.fits();
        await lab.screen(`${name}-${width}-${theme}-${language.slice(0, 2)}`);
      };
      await lab.page.goto("/strategies");
      assert.equal(await lab.page.locator("html").getAttribute("lang"), language.slice(0, 2));
      await screen("strategies-empty");
      const first = await save(lab, await gold("Gold in the morning"));
      await save(lab, await gold("A strategy with quite a long name that has to break somewhere on a phone"));
      const changed = (await gold("Gold in the morning")).replace("25", "21");
      await save(lab, changed, [first.id, 1]);
      await lab.page.goto("/strategies");
      await lab.page.locator(`select[id="on-${first.id}-2"]`).evaluate((select) => {
        select.value = "every";
        select.form.requestSubmit();
      });
      await lab.page.waitForURL("**/strategies?done=activated");
      await screen("strategies");
      for (const summary of await lab.page.locator("details.deed > summary").all()) await summary.click();
      await screen("strategies-open");
      await lab.page.goto(`/strategies/${first.id}`);
      await screen("strategy");
      for (const summary of await lab.page.locator("details > summary").all()) await summary.click();
      await screen("strategy-open");
      await lab.close();
    });
  }
}
