// What both charts have in common: the library's chart in the house's dress, language, zone, keys.
import { createChartEx, CrosshairMode } from "lightweight-charts";
import { colours, watchColours } from "./theme.js";
import { Formats, Scale } from "./zone.js";

const PAN = 0.1;
const ZOOM = 1.25;
/** Bars at least in view when zooming in. */
const CLOSEST = 8;
const QUARTER = 91 * 86_400;

/** A chart in an element. Those who extend it draw in `dress` and say in `tell`. */
export class Base {
  constructor(host, words, step) {
    this.host = host;
    this.words = JSON.parse(words);
    this.isLocal = false;
    this.seconds = 3600;
    this.times = new Float64Array();
    this.formats = new Formats(this.words.language, false, this.seconds);
    this.scale = new Scale();
    this.colours = colours();
    this.chart = createChartEx(host, this.scale, {
      autoSize: true,
      // Its logo brings a style element of its own, which the policy refuses: the notice is beside
      // the chart instead, with the link.
      layout: { attributionLogo: false, fontSize: 12 },
      crosshair: { mode: CrosshairMode.Normal },
      localization: { dateFormat: "dd MMM 'yy" },
      handleScroll: { vertTouchDrag: false },
      timeScale: {
        minBarSpacing: 0.001, rightOffset: 4, timeVisible: true, enableConflation: true, lockVisibleTimeRangeOnResize: true,
        tickMarkFormatter: (time, kind) => this.formats.tick(time, kind),
      },
      kineticScroll: { mouse: false, touch: !matchMedia("(prefers-reduced-motion: reduce)").matches },
    });
    this.chart.subscribeCrosshairMove(({ logical, point }) => {
      this.pointed = point ? logical : undefined;
      this.tell();
    });
    this.keys = (event) => this.press(event, step);
    host.addEventListener("keydown", this.keys);
    host.tabIndex = 0;
    host.setAttribute("role", "img");
    this.resized = new ResizeObserver(() => requestAnimationFrame(() => this.catchUp()));
    this.resized.observe(host);
    this.unwatch = watchColours(() => this.redress());
  }

  /** After the constructor of those who extend it. */
  redress() {
    this.colours = colours();
    const { ground, grid, line, soft, raised, font } = this.colours;
    const cross = { color: soft, labelBackgroundColor: raised };
    this.chart.applyOptions({
      layout: {
        background: { color: ground }, textColor: soft, fontFamily: font,
        panes: { separatorColor: line, separatorHoverColor: raised },
      },
      grid: { vertLines: { color: grid }, horzLines: { color: grid } },
      crosshair: { vertLine: cross, horzLine: cross },
      timeScale: { borderColor: line },
      rightPriceScale: { borderColor: line, entireTextOnly: true },
    });
    this.dress();
    this.tell();
  }

  setWords(words) {
    this.words = JSON.parse(words);
    this.reformat();
  }

  setZone(isLocal) {
    if (this.isLocal === isLocal) return;
    this.isLocal = isLocal;
    this.reformat();
    if (this.times.length) this.keepRange(() => this.refill());
  }

  reformat() {
    // A bar of a day or longer is that of a day of the market, whatever the viewer's clock says.
    const isLocal = this.isLocal && this.seconds < 86_400;
    this.scale.isLocal = isLocal;
    this.formats = new Formats(this.words.language, isLocal, this.seconds);
    this.chart.applyOptions({
      localization: { locale: this.formats.locale, timeFormatter: (time) => this.formats.time(time) },
      timeScale: { timeVisible: this.seconds < 86_400 },
    });
    this.host.setAttribute("aria-label", this.summary());
    this.dress();
    this.tell();
  }

  /** What is in view can only be set where there is room: on a phone a chart may begin hidden. */
  whenSeen(work) {
    this.later = work;
    this.catchUp();
  }

  catchUp() {
    if (!this.later || this.chart.timeScale().width() <= 0) return;
    const work = this.later;
    this.later = undefined;
    work();
  }

  /** Does it without moving what is in view. */
  keepRange(work) {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    work();
    if (range) this.chart.timeScale().setVisibleLogicalRange(range);
  }

  /** The bar under the crosshair, else the last one in view. */
  bar() {
    const last = this.times.length - 1;
    const at = this.pointed ?? this.chart.timeScale().getVisibleLogicalRange()?.to ?? last;
    return Math.min(last, Math.max(0, Math.round(at)));
  }

  fill(text, values) {
    return values.reduce((told, value) => told.replace("{}", () => value), text);
  }

  show(what) {
    const scale = this.chart.timeScale();
    const last = this.times.length - 1;
    const range = scale.getVisibleLogicalRange();
    if (last < 0 || !range) return;
    const width = range.to - range.from;
    const move = (by) => scale.setVisibleLogicalRange({ from: range.from + by, to: range.to + by });
    const zoom = (times) => {
      const half = Math.min(last + 10, Math.max(CLOSEST, width / times)) / 2;
      const middle = (range.from + range.to) / 2;
      scale.setVisibleLogicalRange({ from: middle - half, to: middle + half });
    };
    const margin = (from) => Math.max(1, (last - from) * 0.02);
    const since = (from) => scale.setVisibleLogicalRange({ from: from - 0.5, to: last + margin(from) });
    switch (what) {
      case "all": return since(0);
      case "quarter": return since(firstAfter(this.times, this.times[last] - QUARTER));
      case "end": return move(last + margin(last - width) - range.to);
      case "start": return move(-0.5 - range.from);
      case "left": return move(-width * PAN);
      case "right": return move(width * PAN);
      case "in": return zoom(ZOOM);
      case "out": return zoom(1 / ZOOM);
    }
  }

  press(event, step) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowLeft: "left", ArrowRight: "right", "+": "in", "=": "in", "-": "out", Home: "start", End: "end" }[event.key];
    const trade = { j: true, k: false }[event.key.toLowerCase()];
    if (way) this.show(way);
    else if (trade !== undefined && step) step(trade);
    else return;
    event.preventDefault();
    // The page has the same keys for the whole Lab: not twice.
    event.stopPropagation();
  }

  remove() {
    this.later = undefined;
    this.resized.disconnect();
    this.unwatch();
    this.host.removeEventListener("keydown", this.keys);
    this.chart.remove();
  }
}

function firstAfter(times, time) {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
