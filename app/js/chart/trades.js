// Trades in the candles: an arrow at the entry, a mark at the exit, and all about the chosen one.
// The library's own markers are objects that are sorted and measured anew with every result; these
// are drawn from columns, and only those in view.
import { plane } from "./line.js";

/** Markers nearer to each other than this are told as one, in pixels. */
const GAP = 12;
/** With less room than this for each trade there are no markers: a choice among them would mislead. */
const CROWD = 6;
/** From here on there is room for the way from entry to exit, in pixels a bar. */
const ROOMY = 2.5;
/** How far from a marker a click still means it, in pixels. */
const NEAR = 12;
const BUY = 1;

/** The columns of no trades. */
export const NONE = {
  side: new Int8Array(), entryBar: new Uint32Array(), exitBar: new Uint32Array(), entryPrice: new Float64Array(),
  exitPrice: new Float64Array(), profit: new Float64Array(), stop: new Float64Array(), target: new Float64Array(),
};

/** Draws trades over the candles; give it to `series.attachPrimitive`. */
export class Trades {
  #chart;
  #series;
  #update = () => {};
  #drawn = [];
  all = NONE;
  chosen = -1;
  /** Lowest and highest price of every bar, beside which arrows stand. */
  low = new Float64Array();
  high = new Float64Array();
  colours = {};
  /** Says what a level is: `(price, which) => text`. */
  label = () => "";
  /** How many are in view, and how many of them have a marker of their own. */
  seen = { inView: 0, shown: 0 };

  attached({ chart, series, requestUpdate }) {
    this.#chart = chart;
    this.#series = series;
    this.#update = requestUpdate;
  }

  update() {
    this.#update();
  }

  count() {
    return this.all.side.length;
  }

  /** The prices of the chosen trade belong in view while its bars are. */
  autoscaleInfo(from, to) {
    const { entryBar, exitBar, entryPrice, exitPrice, stop, target } = this.all;
    const trade = this.chosen;
    if (!(trade in entryBar) || exitBar[trade] < from || entryBar[trade] > to) return null;
    const prices = [entryPrice, exitPrice, stop, target].map((column) => column[trade]).filter(Number.isFinite);
    return { priceRange: { minValue: Math.min(...prices), maxValue: Math.max(...prices) } };
  }

  /** The trade at a place in the pane: the nearest marker, else the shortest trade over that bar. */
  at(x, y) {
    let found = -1;
    let nearest = NEAR;
    for (const mark of this.#drawn) {
      const far = Math.hypot(mark.x - x, mark.y - y);
      if (far < nearest) [found, nearest] = [mark.trade, far];
    }
    if (found >= 0) return found;
    const at = plane(this.#chart, this.#series, this.low.length);
    if (!at || at.step < ROOMY) return -1;
    const { entryBar, exitBar } = this.all;
    let shortest = Infinity;
    for (let trade = 0; trade < entryBar.length; trade++) {
      const bars = exitBar[trade] - entryBar[trade];
      const isOver = at.x(entryBar[trade] - 0.5) <= x && x <= at.x(exitBar[trade] + 0.5);
      if (isOver && bars < shortest) [found, shortest] = [trade, bars];
    }
    return found;
  }

  hitTest(x, y) {
    const isNear = this.#drawn.some((mark) => Math.hypot(mark.x - x, mark.y - y) < NEAR);
    return isNear ? { externalId: "trade", cursorStyle: "pointer", zOrder: "top" } : null;
  }

  paneViews() {
    const view = (zOrder, draw) => ({ zOrder: () => zOrder, renderer: () => ({ draw }) });
    return [
      view("bottom", (target) => this.#shade(target)),
      view("top", (target) => this.#draw(target)),
    ];
  }

  #plane() {
    return plane(this.#chart, this.#series, this.low.length);
  }

  #shade(target) {
    const at = this.#plane();
    const { entryBar, exitBar } = this.all;
    if (!at || !(this.chosen in entryBar)) return;
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      const from = at.x(entryBar[this.chosen] - 0.5);
      context.fillStyle = this.colours.shade;
      context.fillRect(from, 0, Math.max(2, at.x(exitBar[this.chosen] + 0.5) - from), mediaSize.height);
    });
  }

  #draw(target) {
    const at = this.#plane();
    this.#drawn = [];
    this.seen = { inView: 0, shown: 0 };
    if (!at) return;
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      const isRoomy = at.step >= ROOMY;
      const { entryBar, exitBar } = this.all;
      const inView = [];
      for (let trade = 0; trade < entryBar.length; trade++) {
        if (exitBar[trade] >= at.from && entryBar[trade] <= at.to) inView.push(trade);
      }
      this.seen.inView = inView.length;
      // Where the last marker of each row stands.
      const rows = { below: -Infinity, above: -Infinity };
      for (const trade of inView.length * CROWD > mediaSize.width ? [] : inView) {
        if (trade === this.chosen) continue;
        const row = this.all.side[trade] === BUY ? "below" : "above";
        const x = at.x(entryBar[trade]);
        if (!isRoomy && Math.abs(x - rows[row]) < GAP) continue;
        rows[row] = x;
        this.seen.shown += 1;
        this.#mark(context, at, trade, isRoomy, isRoomy ? 1 : 0.75);
      }
      if (this.chosen in entryBar) {
        this.#levels(context, at, mediaSize);
        this.#mark(context, at, this.chosen, true, 1.35);
        if (inView.includes(this.chosen)) this.seen.shown += 1;
      }
    });
  }

  #mark(context, at, trade, withWay, size) {
    const { side, entryBar, exitBar, entryPrice, exitPrice, profit } = this.all;
    const isBuy = side[trade] === BUY;
    const colour = profit[trade] < 0 ? this.colours.loss : this.colours.profit;
    const entry = { x: at.x(entryBar[trade]), y: at.y(entryPrice[trade]) };
    const exit = { x: at.x(exitBar[trade]), y: at.y(exitPrice[trade]) };
    context.strokeStyle = context.fillStyle = colour;
    if (withWay) {
      const isChosen = trade === this.chosen;
      context.lineWidth = isChosen ? 2 : 1;
      context.setLineDash(isChosen ? [] : [2, 3]);
      context.beginPath();
      context.moveTo(entry.x, entry.y);
      context.lineTo(exit.x, exit.y);
      context.stroke();
      context.setLineDash([]);
    }
    const tip = isBuy ? at.y(this.low[entryBar[trade]]) + 4 : at.y(this.high[entryBar[trade]]) - 4;
    arrow(context, entry.x, tip, isBuy ? 1 : -1, size, this.colours.ground);
    this.#drawn.push({ trade, x: entry.x, y: tip + (isBuy ? 6 : -6) });
    if (!withWay) return;
    // Round for a profit, square for a loss: not by colour alone.
    context.lineWidth = 1.5;
    context.strokeStyle = this.colours.ground;
    context.beginPath();
    if (profit[trade] < 0) context.rect(exit.x - 3.5 * size, exit.y - 3.5 * size, 7 * size, 7 * size);
    else context.arc(exit.x, exit.y, 4 * size, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    this.#drawn.push({ trade, ...exit });
  }

  /** Stop and target of the chosen trade, over its bars only. */
  #levels(context, at, { width }) {
    const from = at.x(this.all.entryBar[this.chosen] - 0.5);
    const to = Math.max(from + 24, at.x(this.all.exitBar[this.chosen] + 0.5));
    context.font = `12px ${this.colours.font}`;
    context.textBaseline = "middle";
    for (const [which, colour, dash] of [["stop", this.colours.loss, [6, 4]], ["target", this.colours.profit, [2, 3]]]) {
      const price = this.all[which][this.chosen];
      if (!Number.isFinite(price)) continue;
      const y = at.y(price);
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(from, y);
      context.lineTo(to, y);
      context.stroke();
      context.setLineDash([]);
      const text = this.label(price, which);
      const space = context.measureText(text).width + 12;
      // Right of the trade where there is room, else left of it, and never outside.
      const right = to + 4 + space <= width ? to + 4 : from - 4 - space;
      const x = Math.min(Math.max(4, right), width - space - 4);
      context.fillStyle = this.colours.ground;
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(x, y - 10, space, 20, 4);
      context.fill();
      context.stroke();
      context.fillStyle = colour;
      context.fillText(text, x + 6, y);
    }
  }
}

/** Its tip at a place; `way` is 1 when it points up from below. */
function arrow(context, x, tip, way, size, edge) {
  const [half, head, stem] = [5.5 * size, 6.5 * size, 5 * size];
  context.beginPath();
  context.moveTo(x, tip);
  context.lineTo(x + half, tip + way * head);
  context.lineTo(x + 2 * size, tip + way * head);
  context.lineTo(x + 2 * size, tip + way * (head + stem));
  context.lineTo(x - 2 * size, tip + way * (head + stem));
  context.lineTo(x - 2 * size, tip + way * head);
  context.lineTo(x - half, tip + way * head);
  context.closePath();
  context.lineWidth = 2;
  context.strokeStyle = edge;
  context.stroke();
  context.fill();
}
