// Candles with what a strategy saw and did: indicators over and below them, and its trades.
import { CandlestickSeries, LineSeries } from "lightweight-charts";
import { Base } from "./base.js";
import { Histogram, isHistogram } from "./histogram.js";
import { Legend } from "./legend.js";
import { Lines } from "./line.js";
import { NONE, Trades } from "./trades.js";

/** What the candles' pane is worth in panes of indicators. */
const MAIN = 3;
/** What is first seen of a history. */
const FIRST_VIEW = 300;
/** Bars around a trade that is jumped to, at least. */
const AROUND = 24;

/**
 * `words`: JSON text. `choose(index)`: a trade was clicked, or none (-1); `step(isNext)`: the next
 * or the previous one is wanted.
 */
export class PriceChart extends Base {
  constructor(host, words, choose, step) {
    super(host, words, step);
    this.digits = 2;
    this.bars = { open: [], high: [], low: [], close: [] };
    this.candles = this.chart.addSeries(CandlestickSeries, {
      priceLineVisible: false, lastValueVisible: true, wickVisible: true, borderVisible: true,
    });
    this.top = 0;
    this.overlays = new Lines();
    this.candles.attachPrimitive(this.overlays);
    this.trades = new Trades();
    this.trades.label = (price, which) => `${this.words[which]} ${this.price(price)}`;
    this.candles.attachPrimitive(this.trades);
    this.legend = new Legend("chart-legend-main");
    this.panes = [];
    this.plots = [];
    this.chart.subscribeClick(({ point, paneIndex }) => {
      if (!point || paneIndex !== 0) return;
      const trade = this.trades.at(point.x, point.y);
      // Not moved under the pointer: what was clicked is in view.
      this.clicked = trade;
      choose(trade);
    });
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.tellSoon());
    this.redress();
    this.reformat();
  }

  /** Another history: columns of numbers, times in seconds. */
  setBars(symbol, timeframe, seconds, time, open, high, low, close) {
    this.name = `${symbol} ${timeframe}`;
    this.seconds = seconds;
    this.times = time;
    this.bars = { open, high, low, close };
    this.trades.low = low;
    this.trades.high = high;
    // Of the history before.
    this.setPlots("[]", []);
    this.setTrades(...Object.values(NONE));
    this.rows = Array.from(time, (at, bar) => ({
      time: at, open: open[bar], high: high[bar], low: low[bar], close: close[bar],
    }));
    this.digits = decimals(close);
    this.reformat();
    this.refill();
    this.whenSeen(() => {
      const last = time.length - 1;
      // As many as still look like candles.
      const bars = Math.min(FIRST_VIEW, Math.max(60, Math.round(this.host.clientWidth / 5)));
      this.chart.timeScale().setVisibleLogicalRange({ from: last - bars, to: last + bars * 0.03 });
    });
  }

  setDigits(digits) {
    if (digits === this.digits) return;
    this.digits = digits;
    this.reformat();
  }

  refill() {
    // Emptied first: with the same times the library would keep the axis of the other zone.
    this.candles.setData([]);
    this.candles.setData(this.rows);
    for (const pane of this.panes) this.anchor(pane);
  }

  /** `plots`: JSON text of `{ indicator, output, isOverlay }`; `columns`: their values. */
  setPlots(plots, columns) {
    this.plots = JSON.parse(plots).map((plot, at) => ({ ...plot, values: columns[at] }));
    const groups = new Map();
    this.plots.filter((plot) => !plot.isOverlay).forEach((plot) => {
      if (!groups.has(plot.indicator)) groups.set(plot.indicator, []);
      groups.get(plot.indicator).push(plot);
    });
    const wanted = [...groups.values()];
    while (this.panes.length > wanted.length) {
      const pane = this.panes.pop();
      pane.legend.remove();
      this.chart.removeSeries(pane.series);
    }
    while (this.panes.length < wanted.length) this.panes.push(this.makePane());
    this.panes.forEach((pane, at) => (pane.plots = wanted[at]));
    this.paint();
    this.host.dataset.panes = this.panes.length;
    this.tellSoon();
  }

  makePane() {
    const [lines, histogram] = [new Lines(), new Histogram()];
    const series = this.chart.addSeries(LineSeries, {
      lineVisible: false, crosshairMarkerVisible: false, priceLineVisible: false, lastValueVisible: false,
      // What lines and columns cover, and not the two points that hold the scale.
      autoscaleInfoProvider: (own) => {
        own();
        const ranges = [lines.range, histogram.range].filter(Boolean);
        if (!ranges.length) return null;
        const minValue = Math.min(...ranges.map((range) => range.minValue));
        const maxValue = Math.max(...ranges.map((range) => range.maxValue));
        return { priceRange: { minValue, maxValue } };
      },
      priceFormat: { type: "custom", minMove: 1e-8, formatter: (value) => this.formats.value(value, this.digits) },
    }, this.panes.length + 1);
    // Lines in front of columns.
    series.attachPrimitive(histogram);
    series.attachPrimitive(lines);
    series.priceScale().applyOptions({ scaleMargins: { top: 0.24, bottom: 0.1 }, entireTextOnly: true });
    const panes = this.chart.panes();
    panes[0].setStretchFactor(MAIN);
    panes.at(-1).setStretchFactor(1);
    const pane = { lines, histogram, series, plots: [], painted: [], legend: new Legend("chart-legend-pane") };
    this.anchor(pane);
    return pane;
  }

  /** The library scales a pane by the data of a series: two points are enough. */
  anchor({ series }) {
    const ends = this.times.length ? [this.times[0], this.times.at(-1)] : [];
    series.setData(ends.map((time) => ({ time, value: 0 })));
  }

  /** Columns of equal length. Side: 1 is a buy; no stop or target: NaN. */
  setTrades(side, entryBar, exitBar, entryPrice, exitPrice, profit, stop, target) {
    this.trades.all = { side, entryBar, exitBar, entryPrice, exitPrice, profit, stop, target };
    if (this.trades.chosen >= side.length) this.trades.chosen = -1;
    this.host.setAttribute("aria-label", this.summary());
    this.trades.update();
    this.tellSoon();
  }

  /** Chooses a trade, or none (-1), and goes there. */
  setTrade(trade, isJump) {
    this.trades.chosen = trade < this.trades.count() ? trade : -1;
    const wasClicked = this.clicked === trade;
    this.clicked = undefined;
    if (isJump && !wasClicked && this.trades.chosen >= 0) this.whenSeen(() => this.jump());
    this.trades.update();
    this.tellSoon();
  }

  jump() {
    const { entryBar, exitBar } = this.trades.all;
    if (!(this.trades.chosen in entryBar)) return;
    const [from, to] = [entryBar[this.trades.chosen], exitBar[this.trades.chosen]];
    const scale = this.chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    this.candles.priceScale().applyOptions({ autoScale: true });
    if (!range) return;
    const isLegible = scale.options().barSpacing >= 3;
    if (isLegible && from > range.from + 3 && to < range.to - 3) return;
    const around = Math.max(AROUND, (to - from) * 0.5);
    const wide = isLegible ? range.to - range.from : this.host.clientWidth / 6;
    const half = Math.max(wide, to - from + 2 * around) / 2;
    const middle = (from + to) / 2;
    scale.setVisibleLogicalRange({ from: middle - half, to: middle + half });
  }

  dress() {
    const { up, down, edge } = this.colours;
    if (!this.candles) return;
    this.candles.applyOptions({
      upColor: up, downColor: down, borderUpColor: edge, borderDownColor: down, wickUpColor: edge, wickDownColor: down,
      priceFormat: { type: "custom", minMove: 10 ** -this.digits, formatter: (price) => this.price(price) },
    });
    this.trades.colours = this.colours;
    this.paint();
  }

  paint() {
    const { plots } = this.colours;
    const paint = (all) => all.map((plot, at) => ({ ...plot, colour: plots[at % plots.length] }));
    this.overlays.set(paint(this.plots.filter((plot) => plot.isOverlay)));
    for (const pane of this.panes) {
      pane.painted = paint(pane.plots);
      pane.lines.set(pane.painted.filter((plot) => !isHistogram(plot)));
      pane.histogram.set(pane.painted.filter(isHistogram), this.colours);
    }
  }

  price(value) {
    return this.formats.number(value, this.digits);
  }

  summary() {
    const count = this.times.length;
    if (!count) return this.words.empty;
    const number = (value) => this.formats.number(value, 0);
    const date = (at) => this.formats.date(this.times[at]);
    return this.fill(this.words.summary, [this.name, number(count), date(0), date(count - 1), number(this.trades.count())]);
  }

  /** After the next frame, when panes and markers are there. */
  tellSoon() {
    if (this.soon) return;
    this.soon = requestAnimationFrame(() => {
      this.soon = requestAnimationFrame(() => {
        this.soon = undefined;
        this.tell();
      });
    });
  }

  tell() {
    if (!this.candles) return;
    const panes = this.chart.panes();
    this.legend.place(panes[0]);
    const bar = this.bar();
    if (bar < 0) {
      this.legend.say([]);
      return;
    }
    const { open, high, low, close } = this.bars;
    const value = (name, number) => ({ name, value: this.price(number) });
    const { profit, loss } = this.colours;
    const line = ({ output, values, colour }) => ({
      name: output, colour: isHistogram({ output }) ? (values[bar] < 0 ? loss : profit) : colour,
      value: values[bar] === values[bar] ? this.formats.value(values[bar], this.digits) : "\u2013",
    });
    const overlays = this.overlays.lines.flatMap((plot, at, all) =>
      plot.indicator === all[at - 1]?.indicator ? [line(plot)] : [{ name: plot.indicator }, line(plot)],
    );
    this.legend.say([
      { name: this.name },
      { value: this.formats.time(this.times[bar]) },
      value("O", open[bar]), value("H", high[bar]), value("L", low[bar]), value("C", close[bar]),
      ...overlays,
      ...this.note(),
    ]);
    this.clear();
    this.panes.forEach((pane, at) => {
      // One that is just being made: the pointer may lie on the chart meanwhile.
      if (!pane.plots.length) return;
      pane.legend.place(panes[at + 1]);
      pane.legend.say([{ name: pane.plots[0].indicator }, ...pane.painted.map(line)]);
    });
  }

  /** Candles begin below the legend, however many lines it has. */
  clear() {
    const height = this.chart.paneSize(0).height;
    const top = height && Math.min(0.5, (this.legend.element.offsetHeight + 20) / height);
    if (top && Math.abs(top - this.top) > 0.01) {
      this.top = top;
      this.candles.priceScale().applyOptions({ scaleMargins: { top, bottom: 0.08 } });
    }
  }

  note() {
    const { inView, shown } = this.trades.seen;
    if (shown >= inView) return [];
    const number = (value) => this.formats.number(value, 0);
    const told = shown > 1 ? [this.words.thinned, [number(shown), number(inView)]] : [this.words.crowded, [number(inView)]];
    return [{ name: this.fill(...told) }];
  }

  remove() {
    cancelAnimationFrame(this.soon);
    super.remove();
  }
}

/** As many decimal places as the newest prices have. */
function decimals(prices) {
  let digits = 0;
  for (let bar = Math.max(0, prices.length - 64); bar < prices.length; bar++) {
    digits = Math.max(digits, `${prices[bar]}`.split(".")[1]?.length ?? 0);
  }
  return Math.min(digits, 8);
}
