// Equity over time, and below it how far it was under its last peak.
import { AreaSeries, BaselineSeries, LineSeries, LineStyle } from "lightweight-charts";
import { Base } from "./base.js";
import { Legend } from "./legend.js";

/** `words`: JSON text. */
export class EquityChart extends Base {
  constructor(host, words) {
    super(host, words);
    const plain = { priceLineVisible: false, lastValueVisible: false };
    this.equity = this.chart.addSeries(AreaSeries, { ...plain, lineWidth: 2 });
    // In front of the area, below the line that is looked at.
    this.other = this.chart.addSeries(LineSeries, { ...plain, lineWidth: 2, lineStyle: LineStyle.Dashed, visible: false });
    this.fall = this.chart.addSeries(BaselineSeries, { ...plain, lineWidth: 1, baseValue: { type: "price", price: 0 } }, 1);
    const [main, below] = this.chart.panes();
    main.setStretchFactor(3);
    below.setStretchFactor(1.4);
    this.start = this.equity.createPriceLine({ price: 0, lineStyle: LineStyle.Dotted, lineWidth: 1, axisLabelVisible: false });
    this.equity.priceScale().applyOptions({ scaleMargins: { top: 0.16, bottom: 0.06 } });
    this.fall.priceScale().applyOptions({ scaleMargins: { top: 0.24, bottom: 0.06 }, entireTextOnly: true });
    this.legends = [new Legend("chart-legend-main"), new Legend("chart-legend-pane")];
    this.columns = { equity: [], fall: [], other: [] };
    this.currency = "";
    this.key = "";
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.tell());
    this.redress();
    this.reformat();
  }

  /** Columns of equal length, times in seconds, drawdown in percent from 0 down; `other` may be empty. */
  setRun(key, seconds, currency, initial, time, equity, fall, otherName, other) {
    const isSame = this.key === key && this.times.length === time.length;
    this.key = key;
    this.seconds = seconds;
    this.currency = currency;
    this.initial = initial;
    this.times = time;
    this.otherName = otherName;
    this.columns = { equity, fall, other };
    this.reformat();
    if (isSame) this.keepRange(() => this.refill());
    else {
      this.refill();
      this.whenSeen(() => this.show("all"));
    }
    requestAnimationFrame(() => requestAnimationFrame(() => this.tell()));
  }

  refill() {
    const rows = (column) => Array.from(column, (value, at) => ({ time: this.times[at], value }));
    for (const series of [this.equity, this.fall, this.other]) series.setData([]);
    this.equity.setData(rows(this.columns.equity));
    this.fall.setData(rows(this.columns.fall));
    this.other.setData(rows(this.columns.other));
    this.other.applyOptions({ visible: this.columns.other.length > 0 });
    this.start.applyOptions({ price: this.initial });
  }

  dress() {
    if (!this.equity) return;
    const { equity, fill, clear, soft, fall, loss, strong } = this.colours;
    const money = (value) => this.formats.number(value, Math.abs(value) < 1000 ? 2 : 0);
    const format = (formatter) => ({ type: "custom", minMove: 0.01, formatter });
    const none = "rgba(0, 0, 0, 0)";
    this.equity.applyOptions({ lineColor: equity, topColor: fill, bottomColor: clear, priceFormat: format(money) });
    this.other.applyOptions({ color: soft, priceFormat: format(money) });
    this.fall.applyOptions({
      bottomLineColor: loss, bottomFillColor1: fall, bottomFillColor2: fall, topLineColor: none, topFillColor1: none,
      topFillColor2: none, priceFormat: format((value) => this.percent(value, 1)),
    });
    this.start.applyOptions({ color: strong });
  }

  percent(value, digits) {
    return `${this.formats.number(value, digits)}%`;
  }

  summary() {
    const last = this.times.length - 1;
    if (last < 0) return this.words.empty;
    const money = (value) => `${this.formats.number(value, 2)} ${this.currency}`;
    const deepest = this.columns.fall.reduce((low, value) => Math.min(low, value), 0);
    return this.fill(this.words.summary, [
      this.formats.date(this.times[0]), this.formats.date(this.times[last]), money(this.initial),
      money(this.columns.equity[last]), this.percent(deepest, 2),
    ]);
  }

  tell() {
    if (!this.equity) return;
    const panes = this.chart.panes();
    this.legends.forEach((legend, at) => legend.place(panes[at]));
    const bar = this.bar();
    if (bar < 0) return this.legends.forEach((legend) => legend.say([]));
    const { equity, fall, other } = this.columns;
    const money = (value) => `${this.formats.number(value, 2)} ${this.currency}`;
    const items = [
      { value: this.formats.time(this.times[bar]) },
      { name: this.words.equity, value: money(equity[bar]), colour: this.colours.equity },
    ];
    if (other.length) items.push({ name: this.otherName, value: money(other[bar]), colour: this.colours.soft, mark: "dash" });
    items.push({ name: this.words.initial, value: money(this.initial), colour: this.colours.strong, mark: "dot" });
    this.legends[0].say(items);
    this.legends[1].say([{ name: this.words.drawdown, value: this.percent(fall[bar], 2), colour: this.colours.loss }]);
  }
}
