// How long from a key press to new numbers: scripts/bench calls it. The whole way is timed inside
// the page: from the key's own time stamp, over the worker's backtest of every shipped H1 bar, to
// the frame in which the new number of trades is drawn.
import { startBrowser, startServer } from "./app.mjs";

const ROUNDS = 24;
const DIGITS = [6, 2, 8, 4];
const server = await startServer();
const browser = await startBrowser();
const lab = await browser.open(server.url);
await lab.visit("/");
await lab.fact("trades");

/** Presses a key and gives [milliseconds until the number stands in the page, until it is drawn]. */
async function press(key) {
  await lab.page.evaluate(() => {
      globalThis.timed = new Promise((resolve) => {
        const number = () => document.querySelector('[data-fact="trades"]')?.textContent;
        const before = number();
        let start;
        addEventListener("keydown", (event) => (start = event.timeStamp), { capture: true, once: true });
        const watch = new MutationObserver(() => {
          const now = number();
          if (start === undefined || !now || now === before) return;
          watch.disconnect();
          const told = performance.now() - start;
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve([told, performance.now() - start]);
            port2.postMessage(0);
          });
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
  });
  await lab.page.keyboard.press(key);
  return lab.page.evaluate(() => globalThis.timed);
}

const buy = lab.page.getByRole("group", { name: "Buy", exact: true });
const level = buy.getByRole("textbox", { name: "Second value: number" });
await level.focus();
await lab.page.keyboard.press("End");
const times = [];
for (let round = 0; round < ROUNDS; round += 1) {
  // 25, 2, 26, 2, 22 …: every key gives another strategy.
  for (const key of ["Backspace", String(DIGITS[round % DIGITS.length])]) times.push(await press(key));
}
const bars = await lab.fact("bars").catch(() => "?");
await lab.close();
await browser.close();
await server.stop();

const column = (at) => times.map((pair) => pair[at]).sort((a, b) => a - b);
const line = (name, sorted) => {
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].toFixed(1);
  console.log(`${name}: best ${at(0)} ms, median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, worst ${at(1)} ms`);
};
console.log(`key press to new numbers over ${bars}, ${times.length} presses`);
line("in the page", column(0));
line("drawn", column(1));
