// Time: the market's (UTC) or the viewer's, on the axis and in words; numbers as the language has them.
import { defaultHorzScaleBehavior } from "lightweight-charts";

const DAY = 86_400;
// How much a mark on the axis weighs, heaviest first, as the library has it.
const YEAR = 70;
const MONTH = 60;
const NEW_DAY = 50;
const STEPS = [[43_200, 33], [21_600, 32], [10_800, 31], [3_600, 30], [1_800, 22], [300, 21], [60, 20], [1, 10]];

/** The time scale. The library's own begins its days at midnight UTC whatever zone is shown. */
export class Scale extends defaultHorzScaleBehavior() {
  isLocal = false;

  fillWeightsForPoints(points, start) {
    let before;
    for (let at = Math.max(0, start - 1); at < points.length; at++) {
      const time = this.shift(points[at].originalTime);
      // The first mark is told as a day: what was before it is not known.
      if (at >= start) points[at].timeWeight = before === undefined ? NEW_DAY : weight(before, time);
      before = time;
    }
  }

  shift(time) {
    return this.isLocal ? time - new Date(time * 1000).getTimezoneOffset() * 60 : time;
  }
}

function weight(before, time) {
  if (Math.floor(before / DAY) !== Math.floor(time / DAY)) {
    const [a, b] = [new Date(before * 1000), new Date(time * 1000)];
    if (a.getUTCFullYear() !== b.getUTCFullYear()) return YEAR;
    return a.getUTCMonth() === b.getUTCMonth() ? NEW_DAY : MONTH;
  }
  return STEPS.find(([step]) => Math.floor(before / step) !== Math.floor(time / step))?.[1] ?? 0;
}

/** Says times and numbers in a language; `seconds` is the length of a bar. */
export class Formats {
  constructor(language, isLocal, seconds) {
    this.locale = language === "id" ? "id-ID" : "en-GB";
    // Prices as the house writes them: 1,234.56 or 1.234,56.
    this.numbers = language === "id" ? "id-ID" : "en-US";
    this.kept = new Map();
    const zone = isLocal ? undefined : "UTC";
    const date = (options) => new Intl.DateTimeFormat(this.locale, { timeZone: zone, hourCycle: "h23", ...options });
    const day = { day: "numeric", month: "short", year: "numeric" };
    const clock = { hour: "2-digit", minute: "2-digit" };
    this.day = date(day);
    this.isIntraday = seconds < DAY;
    this.full = this.isIntraday ? date({ weekday: "short", ...day, ...clock }) : this.day;
    this.ticks = [date({ year: "numeric" }), date({ month: "short" }), date({ day: "numeric" }), date(clock), date(clock)];
    this.zone = isLocal ? date({ timeZoneName: "short" }) : null;
  }

  number(value, digits) {
    if (!this.kept.has(digits)) {
      const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      this.kept.set(digits, new Intl.NumberFormat(this.numbers, options));
    }
    return this.kept.get(digits).format(value).replace("-", "\u2212");
  }

  /** With as many digits as the size of the value asks for. */
  value(value, digits) {
    const size = Math.abs(value);
    return this.number(value, size >= 100 || size === 0 ? Math.min(2, digits) : size >= 1 ? Math.min(3, Math.max(2, digits)) : Math.min(6, digits + 2));
  }

  time(time) {
    const date = new Date(time * 1000);
    if (!this.isIntraday) return this.day.format(date);
    return `${this.full.format(date)} ${this.zoneName(date)}`;
  }

  zoneName(date) {
    return this.zone?.formatToParts(date).find((part) => part.type === "timeZoneName").value ?? "UTC";
  }

  date(time) {
    return this.day.format(new Date(time * 1000));
  }

  tick(time, kind) {
    return this.ticks[kind].format(new Date(time * 1000));
  }
}
