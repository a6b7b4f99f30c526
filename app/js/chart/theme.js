// The house's colours, as the style sheet has them now.

const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
brush.canvas.width = brush.canvas.height = 1;

// Whatever way the style sheet writes a colour: the library reads fewer ways than the browser.
function plain(colour, alpha = 1) {
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue, opaque] = brush.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${((opaque / 255) * alpha).toFixed(3)})`;
}

const NAMES = {
  ground: "--surface", raised: "--raised", line: "--line", strong: "--line-strong", ink: "--ink", soft: "--ink-soft",
  accent: "--accent", profit: "--profit", loss: "--loss", grid: "--chart-grid", up: "--chart-up", down: "--chart-down",
  edge: "--chart-edge", equity: "--chart-equity",
};

/** Every colour a chart needs, and its font. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name, alpha) => plain(style.getPropertyValue(name).trim(), alpha);
  const found = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, read(name)]));
  found.plots = [1, 2, 3, 4, 5, 6].map((number) => read(`--chart-plot-${number}`));
  found.shade = read("--accent", 0.1);
  found.fill = read("--chart-equity", 0.22);
  found.fall = read("--loss", 0.28);
  found.clear = read("--chart-equity", 0);
  found.font = style.fontFamily;
  return found;
}

/** Calls `change` whenever the colours are other ones; gives a function that ends this. */
export function watchColours(change) {
  const observer = new MutationObserver(change);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: light)");
  system.addEventListener("change", change);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", change);
  };
}
