// The golden suite in WASM: node run.mjs MODULE.wasm FOLDER-WITH-RAW-BARS GOLDEN.json [--bench N]
// Plain Node.js, no packages. Ends with `N passed, N failed`; exit status 1 when anything differs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [modulePath, folder, goldenPath, ...options] = process.argv.slice(2);
if (!goldenPath) {
  console.error("usage: run.mjs MODULE.wasm FOLDER GOLDEN.json [--bench N]");
  process.exit(2);
}
const repeats = options[0] === "--bench" ? Number(options[1] ?? 5) : 0;

// The module may import nothing: a clock, a random source or a file would show up here.
const module = await WebAssembly.compile(await readFile(modulePath));
const imports = WebAssembly.Module.imports(module);
let passed = 0;
let failed = 0;

function check(name, isRight, detail) {
  if (isRight) {
    passed += 1;
    return;
  }
  failed += 1;
  console.error(`FAIL ${name}: ${detail}`);
}

check("imports", imports.length === 0, JSON.stringify(imports));
const wasm = imports.length === 0 ? (await WebAssembly.instantiate(module)).exports : undefined;

function write(bytes) {
  const at = wasm.alloc(bytes.length) >>> 0;
  // Views die when the memory grows: made anew for each use.
  new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
}

function load(bytes) {
  write(bytes);
  return wasm.load_bars();
}

function read(at) {
  const start = at >>> 0;
  const length = new DataView(wasm.memory.buffer).getUint32(start, true);
  const bytes = new Uint8Array(wasm.memory.buffer, start + 4, length);
  return JSON.parse(new TextDecoder().decode(bytes));
}

// A ready strategy as it would be for another symbol.
async function strategy(name, symbol) {
  const document = JSON.parse(await readFile(join("strategies", `${name}.json`), "utf8"));
  return new TextEncoder().encode(JSON.stringify({ ...document, symbol }));
}

// Both directions: a result without a golden value is a failure too.
function compare(name, golden, now) {
  for (const key of new Set([...Object.keys(golden), ...Object.keys(now)])) {
    check(`${name}/${key}`, golden[key] === now[key], `golden ${golden[key]}, WASM ${now[key]}`);
  }
}

// The best of several runs, in milliseconds: what the engine can do, not what else the machine did.
function best(run) {
  let least = Infinity;
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

if (wasm) {
  const golden = JSON.parse(await readFile(goldenPath, "utf8"));
  for (const [name, expected] of Object.entries(golden)) {
    const bars = load(await readFile(join(folder, `${name}.bars`)));
    check(`${name}/bars`, bars > 0, "no bars could be read");
    if (bars <= 0) continue;
    compare(`${name}/indicators`, expected.indicators, read(wasm.indicators()));
    for (const [file, expected_result] of Object.entries(expected.strategies)) {
      write(await strategy(file, name.split("-")[0]));
      const now = read(wasm.strategy());
      for (const terms of ["ideal", "typical"]) {
        compare(`${name}/${file}/${terms}`, expected_result[terms], now[terms] ?? now);
      }
    }
    if (repeats > 0) {
      console.log(`${name}: all indicators over ${bars} bars ${best(() => wasm.indicators()).toFixed(1)} ms`);
    }
  }
}

if (wasm && repeats > 0) {
  // The million bars may not be shipped: timed where they are.
  for (const name of ["XAUUSD-H1", "XAUUSD-M1"]) {
    const bytes = await readFile(join(folder, `${name}.bars`)).catch(() => undefined);
    if (!bytes) continue;
    const bars = load(bytes);
    write(await strategy("gold-macd-adx", "XAUUSD"));
    let trades = 0;
    const time = best(() => (trades = wasm.timed_run()));
    console.log(`reference strategy in WASM: ${bars} bars, ${trades} trades, ${time.toFixed(2)} ms`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 1 ? 0 : 1;
