// The operator's pages and notifications in a real browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { together } from "./app.mjs";

const PASSWORD = "lima ekor kucing";
const the = together();

let isThere = false;
/** Signs an administrator in, who is made from the command line. */
async function signIn(lab) {
  if (!isThere) {
    const args = ["admin", "create", "--email", "root@example.com", "--home", the.server.home];
    const made = spawnSync(process.env.PHOENIX_PROGRAM, args, { input: `${PASSWORD}\n`, encoding: "utf8" });
    assert.equal(made.status, 0, made.stderr);
    isThere = true;
  }
  await lab.page.goto("/sign-in");
  await lab.page.locator('input[name="email"]').fill("root@example.com");
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
  await lab.page.waitForURL("**/dashboard");
}

const press = (lab, action) => lab.page.locator(`form[action="${action}"] button[type="submit"]`).first().click();

test("an announcement is made, seen, told and dismissed", async () => {
  const lab = await the.open();
  await signIn(lab);
  await lab.page.goto("/admin/announcements");
  await lab.page.locator("#english").fill("Maintenance on Sunday <b>at noon</b>");
  await lab.page.locator("#indonesian").fill("Pemeliharaan hari Minggu siang");
  await lab.page.locator("#severity").selectOption("warning");
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 16);
  await lab.page.locator("#until").fill(until);
  await lab.page.locator('input[name="public"]').check();
  await press(lab, "/admin/announcements/new");
  await lab.page.waitForURL("**/admin/announcements?done=announced");
  await lab.page.locator(".banner", { hasText: "Maintenance on Sunday <b>at noon</b>" }).waitFor();
  await lab.axe();

  const other = await the.open({ language: "id-ID" });
  await other.page.goto("/pricing");
  await other.page.locator(".banner", { hasText: "Pemeliharaan hari Minggu siang" }).waitFor();
  await other.axe();
  await press(other, "/announcements/dismiss");
  await other.page.waitForURL("**/pricing");
  assert.equal(await other.page.locator(".banner").count(), 0);
  await other.close();
  await lab.close();
});

test("a webhook is made, and its secret shown once", async () => {
  const lab = await the.open();
  lab.expect(/422/);
  await signIn(lab);
  await lab.page.goto("/notifications/settings");
  await lab.page.locator("#url").fill("https://127.0.0.1/hook");
  await press(lab, "/notifications/webhooks/add");
  await lab.page.locator("#url[aria-invalid]").waitFor();
  await lab.axe();
  await lab.page.locator("#url").fill("https://example.com/hook");
  await press(lab, "/notifications/webhooks/add");
  await lab.page.getByText(/^whsec_/).waitFor();
  await lab.axe();
  await lab.page.locator('main a[href="/notifications/settings"]').click();
  await lab.page.getByText("https://example.com/hook").first().waitFor();
  assert.equal(await lab.page.getByText("whsec_").count(), 0);
  await lab.page.locator('input[value="sign-in:webhook"]').uncheck();
  await press(lab, "/notifications/preferences");
  await lab.page.waitForURL("**/notifications/settings?done=saved");
  assert.equal(await lab.page.locator('input[value="sign-in:webhook"]').isChecked(), false);
  await press(lab, "/notifications/webhooks/remove");
  await lab.page.waitForURL("**/notifications/settings?done=removed");
  await lab.close();
});

const PAGES = [
  "/notifications", "/notifications/settings", "/admin/plans", "/admin/subscriptions",
  "/admin/executors", "/admin/commands", "/admin/flags", "/admin/announcements", "/admin/health",
];

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const [theme, language] of [["dark", "en-US"], ["light", "id-ID"]]) {
    test(`every page is sound at ${width} pixels, ${theme}, ${language}`, async () => {
      const lab = await the.open({ width, height, theme, language });
      await signIn(lab);
      for (const path of PAGES) {
        const response = await lab.page.goto(path);
        assert.equal(response.status(), 200, path);
        assert.equal(await lab.page.locator("html").getAttribute("lang"), language.slice(0, 2));
        await lab.axe();
        await lab.fits();
        const name = path.slice(1).replaceAll("/", "-");
        await lab.screen(`${name}-${width}-${theme}-${language.slice(0, 2)}`);
      }
      await lab.close();
    });
  }
}
