// The server is killed in the middle of saving: what it had acknowledged is there afterwards, whole,
// and what it had not is there whole or not at all.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startServer } from "./app.mjs";

const GOLD = JSON.parse(await readFile("strategies/gold-macd-adx.json", "utf8"));

/** A visitor: calls server functions with a cookie of their own. */
async function visitor(url, cookie) {
  cookie ??= (await fetch(url)).headers.getSetCookie().find((c) => c.startsWith("phoenix_visitor=")).split(";")[0];
  const call = async (name, body) => {
    const response = await fetch(`${url}/api/fn/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
  return { cookie, call };
}

test("a killed server loses nothing that it acknowledged and leaves nothing half-written", async () => {
  const home = await mkdtemp(join(tmpdir(), "phoenix-kill-"));
  let cookie;
  const acknowledged = new Set();
  for (let round = 0; round < 3; round++) {
    const server = await startServer(home);
    const trader = await visitor(server.url, cookie);
    cookie = trader.cookie;
    // Several at once, until the server dies under them.
    const save = async (worker) => {
      for (let number = 0; ; number++) {
        const name = `round ${round}, worker ${worker}, ${number}`;
        const document = JSON.stringify({ ...GOLD, name });
        await trader.call("save_strategy", { draft: { replaces: null, document } });
        acknowledged.add(name);
        if (acknowledged.size === (round + 1) * 30) await server.stop("SIGKILL");
      }
    };
    const ends = await Promise.allSettled([0, 1, 2, 3].map(save));
    assert.ok(ends.every((end) => end.status === "rejected"), "the server is gone");
  }
  const server = await startServer(home);
  const trader = await visitor(server.url, cookie);
  const list = await trader.call("list_strategies", {});
  const names = new Set(list.map((one) => one.name));
  for (const name of acknowledged) assert.ok(names.has(name), `${name} is lost`);
  assert.equal(names.size, list.length, "nothing is there twice");
  for (const { id, name } of list) {
    const { document } = await trader.call("load_strategy", { id });
    assert.equal(JSON.parse(document).name, name, "whole");
  }
  assert.equal(await server.stop(), 0);
  await rm(home, { recursive: true, force: true });
});
