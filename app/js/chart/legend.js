// What stands at the top left of a pane: names, and the values under the crosshair.

/** A line of names and values in the pane of a chart. */
export class Legend {
  constructor(name) {
    this.element = document.createElement("div");
    this.element.className = `chart-legend ${name}`;
    this.shown = "";
  }

  /** Puts it into the pane, whose element the library makes only when it draws. */
  place(pane) {
    const cell = pane?.getHTMLElement()?.cells[1]?.firstElementChild;
    if (cell && this.element.parentElement !== cell) cell.append(this.element);
    return Boolean(cell);
  }

  /** Items: `{ name, value, colour, mark, tone }`; `mark` is `line`, `dash` or `dot`, the key to a line. */
  say(items) {
    const key = items.map((item) => `${item.name}\t${item.value}\t${item.colour ?? ""}\t${item.tone ?? ""}`).join("\n");
    if (key === this.shown) return;
    this.shown = key;
    this.element.replaceChildren(...items.map(part));
  }

  remove() {
    this.element.remove();
  }
}

function part({ name, value, colour, mark = "line", tone }) {
  const item = document.createElement("span");
  item.className = "chart-legend-item";
  if (colour) {
    const key = document.createElement("i");
    key.className = `chart-key chart-key-${mark}`;
    key.style.setProperty("--key", colour);
    item.append(key);
  }
  if (name) {
    const label = document.createElement("span");
    label.className = "chart-legend-name";
    label.textContent = name;
    item.append(label);
  }
  if (value) {
    const number = document.createElement("b");
    number.textContent = value;
    if (tone) number.className = tone;
    item.append(number);
  }
  return item;
}
