// Makes the files that the server serves: node tools/web/build.mjs MODULE.wasm BINDGEN FOLDER
//
// Bindings, small module, style sheet and scripts; names with a hash of the content; packed copies;
// a manifest. What has not changed since the last time is taken from the folder's cache. FOLDER is
// replaced when everything is made: a build that fails leaves the old one.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [module, bindgen, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: build.mjs MODULE.wasm BINDGEN FOLDER");
  process.exit(2);
}
const cache = `${folder}.cache`;
fs.mkdirSync(cache, { recursive: true });

const hash = (...parts) => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex").slice(0, 12);
};
const read = (path) => fs.readFileSync(path);
const tool = (name) => join("node_modules", ".bin", name);
const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ["pipe", "pipe", "inherit"], ...options });
const versions = read("package-lock.json");

// once(NAME, INPUTS, MAKE): the bytes that MAKE made of the same inputs before, or makes now.
const made = new Set();
function once(name, inputs, make) {
  const key = hash(read(import.meta.filename), versions, ...inputs);
  const path = join(cache, `${key}-${name}`);
  if (!fs.existsSync(path)) {
    const start = performance.now();
    const bytes = make();
    fs.writeFileSync(`${path}.new`, bytes);
    fs.renameSync(`${path}.new`, path);
    console.log(`web: ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
  made.add(basename(path));
  return read(path);
}

// --- The module and its bindings ---------------------------------------------------------------

const raw = read(module);
// What the build tool does to the module counts like the module.
const input = [raw, ...sources("tools/web/src", ".rs")];
const names = process.env.PHOENIX_WEB_NAMES ? "names" : "";
const quick = process.env.PHOENIX_WEB_QUICK ? "quick" : "";
let bound;
function bind() {
  if (bound) return bound;
  bound = fs.mkdtempSync(join(cache, "bind-"));
  run(bindgen, [module, bound]);
  return bound;
}
const glue = once("glue.js", [...input, names], () => read(join(bind(), "phoenix.js")));
// The parts that the tool cut out of the module.
const partNames = JSON.parse(
  once("parts.json", [...input, names], () => {
    const found = fs.readdirSync(bind()).map((name) => /^part-(.+)\.wasm$/.exec(name)?.[1]);
    return JSON.stringify(found.filter(Boolean).sort());
  }),
);
// wasm-opt is told which features the module uses; nothing else may come into it.
const features = [
  "bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types",
  "sign-ext", "simd", "extended-const", "call-indirect-overlong",
].map((feature) => `--enable-${feature}`);
const small = (name, file) =>
  once(name, [...input, names, quick], () => {
    if (quick) return read(join(bind(), file));
    const out = join(bind(), `small-${file}`);
    const keep = names ? ["-g"] : [];
    run(tool("wasm-opt"), ["-Oz", ...features, ...keep, join(bind(), file), "-o", out]);
    return read(out);
  });
const wasm = small("phoenix.wasm", "phoenix_bg.wasm");
const parts = partNames.map((name) => [name, small(`part-${name}.wasm`, `part-${name}.wasm`)]);
if (bound) fs.rmSync(bound, { recursive: true });

// --- Style and scripts -------------------------------------------------------------------------

function sources(place, ending) {
  return fs
    .readdirSync(place, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => read(join(place, name)));
}
// The Lab's sheet, and that of the pages that the server alone makes, which has more in it.
const sheet = (name, file) =>
  once(name, [...sources("style", ".css"), ...sources("app/src", ".rs")], () =>
    run(tool("tailwindcss"), ["--input", file, "--minify"], { stdio: ["ignore", "pipe", "ignore"] }),
  );
const style = sheet("style.css", "style/main.css");
const site = sheet("site.css", "style/site.css");

// What a script names is known before the script: its own name depends on it.
const assets = new Map();
function asset(name, bytes) {
  const dot = name.lastIndexOf(".");
  const named = `${name.slice(0, dot)}-${hash(bytes)}${name.slice(dot)}`;
  assets.set(named, bytes);
  return `/assets/${named}`;
}
function script(name, text, inputs = {}) {
  const args = ["--minify", "--format=esm", "--target=es2022", "--log-level=warning"];
  return once(name, [text, JSON.stringify(inputs)], () => {
    let filled = text.toString();
    for (const [key, path] of Object.entries(inputs)) {
      filled = filled.replaceAll(`"${key}"`, JSON.stringify(path));
    }
    return run(tool("esbuild"), args, { input: filled });
  });
}
// A folder of scripts with what they import, as one.
function bundle(name, folder) {
  const args = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"];
  return once(name, sources(folder, ".js"), () => run(tool("esbuild"), [join(folder, "main.js"), ...args]));
}
const GLUE = asset("phoenix.js", script("phoenix.js", glue));
const WASM = asset("phoenix.wasm", wasm);
const WORKER = asset("worker.js", script("worker.js", read("app/js/worker.js"), { GLUE }));
const CHART = asset("chart.js", bundle("chart.js", "app/js/chart"));
const PARTS = Object.fromEntries(parts.map(([name, bytes]) => [name, asset(`part-${name}.wasm`, bytes)]));
const boot = asset("boot.js", script("boot.js", read("app/js/boot.js"), { GLUE, WASM, WORKER, CHART, PARTS }));
const reload = asset("reload.js", script("reload.js", read("app/js/reload.js")));
// What keeps live pages up to date; browsers check that it is this one.
const liveScript = script("live.js", read("site/js/live.js"));
const live = asset("live.js", liveScript);
const manifest = {
  boot,
  glue: GLUE,
  wasm: WASM,
  style: asset("style.css", style),
  site_style: asset("site.css", site),
  icon: asset("icon.svg", read("style/icon.svg")),
  reload,
  live,
  live_integrity: `sha384-${createHash("sha384").update(liveScript).digest("base64")}`,
};

// --- The folder --------------------------------------------------------------------------------

const next = `${folder}.new`;
fs.rmSync(next, { recursive: true, force: true });
fs.mkdirSync(join(next, "assets"), { recursive: true });
let first = 0;
const sizes = [];
for (const [name, bytes] of assets) {
  const brotli = once(`${name}.br`, [bytes, quick], () =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quick ? 3 : 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
  const gzip = once(`${name}.gz`, [bytes], () => gzipSync(bytes, { level: 9 }));
  fs.writeFileSync(join(next, "assets", name), bytes);
  fs.writeFileSync(join(next, "assets", `${name}.br`), brotli);
  fs.writeFileSync(join(next, "assets", `${name}.gz`), gzip);
  if (!/^(reload|live|part|site)-/.test(name)) first += brotli.length;
  sizes.push(`${name.replace(/-[0-9a-f]{12}/, "")} ${(brotli.length / 1024).toFixed(1)}`);
}
fs.writeFileSync(join(next, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
fs.rmSync(folder, { recursive: true, force: true });
fs.renameSync(next, folder);
for (const name of fs.readdirSync(cache)) {
  if (!made.has(name)) fs.rmSync(join(cache, name), { recursive: true });
}
// What is downloaded before the Lab shows its chart and numbers and can be edited: everything but
// what is only for developing, for other pages, and the parts that come later.
const BUDGET = 500_000;
console.log(`web: ${(first / 1024).toFixed(1)} KB with brotli at first (${sizes.join(", ")})`);
if (first > BUDGET && !quick && !names) {
  console.error(`web: that is ${first} bytes, more than the ${BUDGET} that were promised (docs/benchmarks.md)`);
  process.exit(1);
}
