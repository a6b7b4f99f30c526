// Starts the app. The build puts the names of the built files in place of GLUE, WASM, WORKER and
// CHART.
import init, { hydrate } from "GLUE";

// The page's end of the worker calls this with the module that the page has already compiled: the
// worker downloads and compiles nothing.
globalThis.phoenixWorker = (module) => {
  const worker = new Worker("WORKER", { type: "module" });
  worker.postMessage(module);
  return worker;
};

// The charts' script, loaded when the first chart is shown. Asked for again after a failure it has
// another name: some browsers remember that a script did not come.
const chart = "CHART";
globalThis.phoenixChart = (attempt) => import(attempt ? `${chart}?${attempt}` : chart);

await init({ module_or_path: "WASM" });
hydrate();
// For tests: from here on the page answers to clicks.
document.documentElement.dataset.ready = "";
