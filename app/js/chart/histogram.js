// Columns from zero, up and down, straight from a column of numbers as lines are.
import { extent, plane } from "./line.js";

/** How much of a bar's room a column takes. */
const SHARE = 0.6;

/** Whether traders know an output as columns: by its name, which says so in both languages. */
export function isHistogram({ output }) {
  return /histogram/i.test(output);
}

/** Draws columns in the pane of a series; give it to `series.attachPrimitive`. */
export class Histogram {
  #chart;
  #series;
  #update = () => {};
  #colours = {};
  /** `{ values }` each. */
  plots = [];
  /** The range that the library is told: what belongs in view. */
  range = null;

  attached({ chart, series, requestUpdate }) {
    this.#chart = chart;
    this.#series = series;
    this.#update = requestUpdate;
  }

  set(plots, { profit, loss }) {
    this.plots = plots;
    this.#colours = { profit, loss };
    this.#update();
  }

  autoscaleInfo(from, to) {
    const found = extent(this.plots.map((plot) => plot.values), from, to);
    // Columns stand on zero.
    this.range = found && { minValue: Math.min(0, found.minValue), maxValue: Math.max(0, found.maxValue) };
    return this.range && { priceRange: this.range };
  }

  paneViews() {
    return [{ zOrder: () => "normal", renderer: () => ({ draw: (target) => this.#draw(target) }) }];
  }

  #draw(target) {
    const count = Math.max(0, ...this.plots.map((plot) => plot.values.length));
    const at = plane(this.#chart, this.#series, count);
    if (!at) return;
    target.useBitmapCoordinateSpace(({ context, horizontalPixelRatio: wide, verticalPixelRatio: tall }) => {
      const width = Math.max(1, Math.floor(at.step * wide * SHARE));
      const zero = Math.round(at.y(0) * tall);
      const left = (bar) => Math.round(at.x(bar) * wide - width / 2);
      const column = (x, value, colour) => {
        const end = Math.round(at.y(value) * tall);
        // Whatever is not zero can be seen.
        const height = Math.max(1, Math.abs(end - zero));
        context.fillStyle = colour;
        context.fillRect(x, value > 0 ? zero - height : zero, width, height);
      };
      for (const { values } of this.plots) {
        let bar = at.from;
        while (bar <= at.to) {
          const x = left(bar);
          let [low, high] = [0, 0];
          // Several bars may share a pixel: no peak is lost.
          for (; bar <= at.to && left(bar) === x; bar++) {
            if (values[bar] < low) low = values[bar];
            if (values[bar] > high) high = values[bar];
          }
          if (high > 0) column(x, high, this.#colours.profit);
          if (low < 0) column(x, low, this.#colours.loss);
        }
      }
    });
  }
}
