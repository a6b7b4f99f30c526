// Lines straight from columns of numbers. As series of the library, every edit of a strategy would
// cost an object for each bar and line; so an edit costs nothing but the next frame.

/** Where bars and prices lie in a pane right now; `null` when nothing is shown. */
export function plane(chart, series, count) {
  const scale = chart.timeScale();
  const range = scale.getVisibleLogicalRange();
  if (!range || !count) return null;
  const first = scale.logicalToCoordinate(0);
  const step = scale.options().barSpacing;
  const zero = series.priceToCoordinate(0);
  const thousand = series.priceToCoordinate(1000);
  if (first === null || zero === null || thousand === null) return null;
  const slope = (thousand - zero) / 1000;
  return {
    from: Math.max(0, Math.floor(range.from) - 1),
    to: Math.min(count - 1, Math.ceil(range.to) + 1),
    step,
    x: (bar) => first + bar * step,
    y: (price) => zero + price * slope,
  };
}

/** Lowest and highest of the columns between two bars; `null` where there is no number. */
export function extent(columns, from, to) {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    const end = Math.min(column.length - 1, Math.floor(to));
    for (let bar = Math.max(0, Math.ceil(from)); bar <= end; bar++) {
      const value = column[bar];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? { minValue: low, maxValue: high } : null;
}

/** Draws lines in the pane of a series; give it to `series.attachPrimitive`. */
export class Lines {
  #chart;
  #series;
  #update = () => {};
  /** `{ values, colour, isHidden }` each. */
  lines = [];
  /** The range that the library is told: what belongs in view. */
  range = null;

  attached({ chart, series, requestUpdate }) {
    this.#chart = chart;
    this.#series = series;
    this.#update = requestUpdate;
  }

  set(lines) {
    this.lines = lines;
    this.#update();
  }

  autoscaleInfo(from, to) {
    const columns = this.lines.map((line) => line.values);
    this.range = extent(columns, from, to);
    return this.range && { priceRange: this.range };
  }

  paneViews() {
    return [{ zOrder: () => "normal", renderer: () => ({ draw: (target) => this.#draw(target) }) }];
  }

  #draw(target) {
    const count = Math.max(0, ...this.lines.map((line) => line.values.length));
    const at = plane(this.#chart, this.#series, count);
    if (!at) return;
    target.useBitmapCoordinateSpace(({ context, horizontalPixelRatio: wide, verticalPixelRatio: tall }) => {
      context.lineJoin = "round";
      context.lineWidth = Math.max(1, 1.5 * tall);
      for (const line of this.lines) {
        context.strokeStyle = line.colour;
        context.beginPath();
        if (at.step * wide >= 1) spread(context, line.values, at, wide, tall);
        else dense(context, line.values, at, wide, tall);
        context.stroke();
      }
    });
  }
}

function spread(context, values, at, wide, tall) {
  let isDown = false;
  for (let bar = at.from; bar <= at.to; bar++) {
    const value = values[bar];
    if (!(value === value)) {
      isDown = false;
      continue;
    }
    const [x, y] = [at.x(bar) * wide, at.y(value) * tall];
    if (isDown) context.lineTo(x, y);
    else context.moveTo(x, y);
    isDown = true;
  }
}

// Several bars share a pixel: from their lowest to their highest, so that no peak is lost.
function dense(context, values, at, wide, tall) {
  let isDown = false;
  let bar = at.from;
  while (bar <= at.to) {
    const column = Math.floor(at.x(bar) * wide);
    let low = Infinity;
    let high = -Infinity;
    let last = NaN;
    let first = NaN;
    for (; bar <= at.to && at.x(bar) * wide < column + 1; bar++) {
      const value = values[bar];
      if (!(value === value)) continue;
      if (!(first === first)) first = value;
      if (value < low) low = value;
      if (value > high) high = value;
      last = value;
    }
    if (!(last === last)) {
      isDown = false;
      continue;
    }
    const y = (value) => at.y(value) * tall;
    if (isDown) context.lineTo(column, y(first));
    else context.moveTo(column, y(first));
    isDown = true;
    if (high > low) {
      context.lineTo(column, y(low));
      context.lineTo(column, y(high));
      context.lineTo(column, y(last));
    }
  }
}
