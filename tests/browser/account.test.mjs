// Accounts in a real browser: the whole way in, and every page that the server alone makes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { together } from "./app.mjs";

const PASSWORD = "lima ekor kucing";
const the = together();

let isThere = false;
/** Signs an administrator in, who is made from the command line. */
async function signInAsAdmin(lab) {
  if (!isThere) {
    const args = ["admin", "create", "--email", "root@example.com", "--home", the.server.home];
    const made = spawnSync(process.env.PHOENIX_PROGRAM, args, { input: `${PASSWORD}\n`, encoding: "utf8" });
    assert.equal(made.status, 0, made.stderr);
    isThere = true;
  }
  await signIn(lab, "root@example.com");
  await lab.page.waitForURL("**/dashboard");
}

/** Goes to a page without a script: there is nothing to wait for. */
const visit = (lab, path) => lab.page.goto(path);

async function signIn(lab, email) {
  await visit(lab, "/sign-in");
  await lab.page.locator('input[name="email"]').fill(email);
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
}

/** The link in the last mail to an address, as an administrator reads it. */
async function link(email) {
  const admin = await the.open();
  await signInAsAdmin(admin);
  await visit(admin, "/admin/mails");
  const mails = await admin.page.locator("main").innerHTML();
  await admin.close();
  const mail = mails.slice(mails.indexOf(email));
  return /http:\/\/[^\s<]+token=[\w-]+/.exec(mail)[0].replaceAll("&amp;", "&");
}

async function join(lab, email) {
  await visit(lab, "/register");
  await lab.page.locator('input[name="email"]').fill(email);
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.keyboard.press("Enter");
  await lab.page.getByText(email).first().waitFor();
  await visit(lab, await link(email));
  await lab.page.locator('input[name="password"]').fill(PASSWORD);
  await lab.page.locator('main button[type="submit"]').first().click();
  await lab.page.waitForURL("**/account?notice=account-ready");
}

/** What an authenticator shows (RFC 6238), so many steps from now. */
function code(secret, steps = 0) {
  const bits = [...secret.replaceAll(/\s/g, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("from a visitor's strategy to an account with a second factor", async () => {
  const lab = await the.open();
  await lab.visit("/");
  await lab.page.getByRole("button", { name: "Save", exact: true }).click();
  await lab.page.getByText("Saved: Gold MACD with ADX").waitFor();
  await lab.page.getByRole("link", { name: "Account" }).click();
  await lab.page.waitForURL("**/sign-in?next=/account");
  await join(lab, "ada@example.com");

  // What the visitor made is the account's now.
  await lab.visit("/");
  await lab.page.getByRole("button", { name: "Open…" }).click();
  await lab.page.getByRole("tab", { name: "Your strategies" }).click();
  await lab.page.getByRole("listitem").filter({ hasText: "Gold MACD with ADX" }).waitFor();

  await visit(lab, "/account");
  const start = lab.page.locator('form[action="/account/two-factor"]');
  if (!(await start.isVisible())) await lab.page.locator("details:has(form[action='/account/two-factor']) summary").click();
  await start.locator('input[name="password"]').fill(PASSWORD);
  await start.locator('button[type="submit"]').click();
  await lab.page.waitForURL("**/account/two-factor");
  const text = await lab.page.locator("main").innerText();
  const secret = /(?:[A-Z2-7]{4}\s?){8}/.exec(text)[0];
  await lab.axe();
  await lab.page.locator('input[name="code"]').fill(code(secret));
  await lab.page.keyboard.press("Enter");
  await lab.page.getByText(/[0-9a-z]{5}-[0-9a-z]{5}/).first().waitFor();
  await lab.axe();
  await lab.page.locator(".site-account > summary").click();
  await lab.page.locator('form[action="/sign-out"] button').click();
  await lab.page.waitForURL("**/sign-in?notice=signed-out");

  await signIn(lab, "ada@example.com");
  await lab.page.waitForURL("**/sign-in/code");
  await lab.axe();
  await lab.page.locator('input[name="code"]').fill(code(secret, 1));
  await lab.page.keyboard.press("Enter");
  await lab.page.waitForURL("**/dashboard");
  await lab.close();
});

test("a fault is said at its field, and what was typed is kept", async () => {
  const lab = await the.open();
  lab.expect(/422/);
  await visit(lab, "/register");
  await lab.page.locator('input[name="email"]').fill("dewi@example.com");
  await lab.page.locator('input[name="password"]').fill("short");
  await lab.page.keyboard.press("Enter");
  const field = lab.page.locator('input[name="password"][aria-invalid="true"]');
  await field.waitFor();
  assert.equal(await lab.page.locator('input[name="email"]').inputValue(), "dewi@example.com");
  assert.equal(await field.inputValue(), "");
  const described = await field.getAttribute("aria-describedby");
  const said = described.split(" ").map((id) => `#${id}`).join(",");
  assert.match((await lab.page.locator(said).allInnerTexts()).join(" "), /10/);
  await lab.axe();
  await lab.close();
});

const PAGES = {
  stranger: ["/sign-in", "/register", "/forgot", "/pricing"],
  member: ["/account", "/account/billing", "/account/devices"],
  staff: ["/admin/users", "/admin/mails", "/admin/jobs", "/admin/audit"],
};

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const [theme, language] of [["dark", "en-US"], ["light", "id-ID"]]) {
    test(`every page is sound at ${width} pixels, ${theme}, ${language}`, async () => {
      const lab = await the.open({ width, height, theme, language });
      const look = async (path) => {
        const response = await visit(lab, path);
        assert.equal(response.status(), 200, path);
        assert.equal(await lab.page.locator("html").getAttribute("lang"), language.slice(0, 2));
        await lab.axe();
        await lab.fits();
        const name = path.slice(1).replaceAll("/", "-");
        await lab.screen(`${name}-${width}-${theme}-${language.slice(0, 2)}`);
      };
      for (const path of PAGES.stranger) await look(path);
      await signInAsAdmin(lab);
      for (const path of [...PAGES.member, ...PAGES.staff]) await look(path);
      await lab.close();
    });
  }
}

test("a plan is chosen where nothing is charged, and it is said so", async () => {
  const lab = await the.open();
  await join(lab, "citra@example.com");
  await visit(lab, "/account/billing?currency=USD");
  await lab.page.getByText("Test mode").first().waitFor();
  const form = lab.page.locator('form[action="/account/billing/buy"]').first();
  await form.locator('button[type="submit"]').first().click();
  await lab.page.waitForURL("**/account/billing?notice=plan-changed");
  await lab.axe();
  await lab.close();
});
