// Starts the app. The build puts the names of the built files in place of GLUE, WASM, WORKER, CHART
// and PARTS.
import init, { hydrate } from "GLUE";

// The module's parts: where they are, which were asked for, and those that are here.
const parts = "PARTS";
const asked = {};
const here = [];
let main;
let worker;

// The page's end of the worker calls this with the module that the page has already compiled: the
// worker downloads and compiles nothing.
globalThis.phoenixWorker = (module) => {
  worker = new Worker("WORKER", { type: "module" });
  worker.postMessage([module, ...here]);
  return worker;
};

async function load(name) {
  const answer = await fetch(parts[name]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const part = await WebAssembly.compile(await answer.arrayBuffer());
  await WebAssembly.instantiate(part, { m: main });
  // The worker has it before it hears of anything that needs it.
  here.push(part);
  worker?.postMessage(part);
}
// One that did not come is fetched again when it is asked for again.
globalThis.phoenixPart = (name) =>
  (asked[name] ??= load(name).catch((fault) => {
    delete asked[name];
    throw fault;
  }));

// The charts' script, loaded when the first chart is shown. Asked for again after a failure it has
// another name: some browsers remember that a script did not come.
const chart = "CHART";
globalThis.phoenixChart = (attempt) => import(attempt ? `${chart}?${attempt}` : chart);

main = await init({ module_or_path: "WASM" });
hydrate();
// For tests: from here on the page answers to clicks.
document.documentElement.dataset.ready = "";
