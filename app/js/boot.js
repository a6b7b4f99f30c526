// Starts the app. The build puts the names of the built files in place of GLUE, WASM and WORKER.
import init, { hydrate } from "GLUE";

// The page's end of the worker calls this with the module that the page has already compiled: the
// worker downloads and compiles nothing.
globalThis.phoenixWorker = (module) => {
  const worker = new Worker("WORKER", { type: "module" });
  worker.postMessage(module);
  return worker;
};

await init({ module_or_path: "WASM" });
hydrate();
// For tests: from here on the page answers to clicks.
document.documentElement.dataset.ready = "";
