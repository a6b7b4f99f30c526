//! Equity and drawdown as inline SVG.

use super::{
    Report,
    number::{Numbers, date},
    safe::escape,
    words,
};
use std::fmt::Write;
use trading::time::{DAY, Time, days_from_civil};

/// Buckets of bars; each leaves its least and its greatest point.
const BUCKETS: usize = 500;
/// The drawing's own units; the page stretches it to its width.
const WIDTH: f64 = 1000.0;
const EQUITY_HEIGHT: f64 = 300.0;
const DRAWDOWN_HEIGHT: f64 = 90.0;

/// A point of a curve: the bar, and the value there.
type Point = (usize, f64);

/// At most `2 * buckets + 2` points that keep every extreme of every bucket, and both ends.
fn thin(values: &[f64], buckets: usize) -> Vec<Point> {
    let Some(last) = values.len().checked_sub(1) else {
        return Vec::new();
    };
    if values.len() <= 2 * buckets {
        return values.iter().copied().enumerate().collect();
    }
    let mut points = vec![(0, values[0])];
    for bucket in 0..buckets {
        let (from, to) = (
            bucket * values.len() / buckets,
            (bucket + 1) * values.len() / buckets,
        );
        let (mut low, mut high) = (from, from);
        for at in from..to {
            if values[at] < values[low] {
                low = at;
            }
            if values[at] > values[high] {
                high = at;
            }
        }
        // In the order in which they happened.
        for at in [low.min(high), low.max(high)] {
            if points.last().is_none_or(|(before, _)| *before < at) {
                points.push((at, values[at]));
            }
        }
    }
    if points.last().is_none_or(|(before, _)| *before < last) {
        points.push((last, values[last]));
    }
    points
}

/// Percent below the greatest equity so far, 0 or below.
fn under_water(initial: f64, equity: &[f64]) -> Vec<f64> {
    let mut peak = initial;
    equity
        .iter()
        .map(|e| {
            peak = if *e > peak { *e } else { peak };
            if peak > 0.0 {
                (e / peak - 1.0) * 100.0
            } else {
                0.0
            }
        })
        .collect()
}

/// Steps of 1, 2 or 5 times a power of ten, about `count` of them between `low` and `high`.
fn ticks(low: f64, high: f64, count: f64) -> Vec<f64> {
    let span = high - low;
    if span.is_nan() || span <= 0.0 || !span.is_finite() {
        return vec![low];
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(span / count)));
    let rest = span / count / power;
    let step = power
        * if rest < 1.5 {
            1.0
        } else if rest < 3.5 {
            2.0
        } else if rest < 7.5 {
            5.0
        } else {
            10.0
        };
    let first = libm::ceil(low / step);
    let last = libm::floor(high / step);
    (0..=(last - first) as i64)
        .map(|i| (first + i as f64) * step)
        .collect()
}

/// A value's place between `high` (0) and `low` (1).
fn place(value: f64, low: f64, high: f64) -> f64 {
    if high > low {
        (high - value) / (high - low)
    } else {
        0.5
    }
}

/// The path through `points` in a box of this height, without its `M`.
fn path(points: &[Point], bars: usize, low: f64, high: f64, height: f64) -> String {
    let wide = bars.saturating_sub(1).max(1) as f64;
    let mut out = String::with_capacity(points.len() * 12);
    for (i, (at, value)) in points.iter().enumerate() {
        let x = *at as f64 / wide * WIDTH;
        let y = place(*value, low, high) * height;
        let _ = write!(out, "{}{x:.1} {y:.1}", if i == 0 { "" } else { "L" });
    }
    out
}

/// Years or months that begin inside the history, as (share of the width, label).
fn time_marks(times: &[i64], n: &Numbers<'_>) -> Vec<(f64, String)> {
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return Vec::new();
    };
    let share = |start: i64| {
        let at = times.partition_point(|t| *t < start);
        at as f64 / (times.len() - 1).max(1) as f64
    };
    let (from, _, _) = Time(*first).civil();
    let (to, last_month, _) = Time(*last).civil();
    let months: Vec<(i64, i64)> = (from..=to)
        .flat_map(|y| (1..=12).map(move |m| (y, m)))
        .filter(|(y, m)| (*y, *m) <= (to, last_month))
        .filter(|(y, m)| days_from_civil(*y, *m, 1) * DAY > *first)
        .collect();
    // As many as fit beside each other: each year, each second..., or months of a short history.
    let every = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200]
        .into_iter()
        .find(|e| months.len() as i64 / e <= 11)
        .unwrap_or(i64::MAX);
    months
        .into_iter()
        .filter(|(y, m)| (y * 12 + m - 1) % every == 0)
        .map(|(y, m)| {
            let month = n.language.text(words::MONTHS[m as usize - 1]);
            let label = if m == 1 { y.to_string() } else { month.to_owned() };
            (share(days_from_civil(y, m, 1) * DAY), label)
        })
        // A label at the very edge would be cut.
        .filter(|(share, _)| (0.01..=0.97).contains(share))
        .collect()
}

/// Both curves with their axes; nothing without bars.
pub(super) fn chart(out: &mut String, report: &Report<'_>, n: &Numbers<'_>) {
    let bars = report.equity.len().min(report.times.len());
    if bars == 0 {
        return;
    }
    let equity = &report.equity[..bars];
    let initial = report.statistics.initial_balance;
    let marks = time_marks(&report.times[..bars], n);

    let curve = thin(equity, BUCKETS);
    let (mut low, mut high) = (initial, initial);
    for (_, e) in &curve {
        low = if *e < low { *e } else { low };
        high = if *e > high { *e } else { high };
    }
    let margin = if high > low {
        (high - low) * 0.06
    } else {
        initial.abs().max(1.0) * 0.01
    };
    let (low, high) = (low - margin, high + margin);
    let line = path(&curve, bars, low, high, EQUITY_HEIGHT);
    let base = place(initial, low, high) * EQUITY_HEIGHT;
    let drawing = format!(
        "<path class=\"area\" d=\"M0 {base:.1}L{line}L{WIDTH} {base:.1}Z\"/>\
         <path class=\"base\" d=\"M0 {base:.1}H{WIDTH}\"/>\
         <path class=\"line\" d=\"M{line}\"/>"
    );
    let s = report.statistics;
    let told = format!(
        "{}: {} – {}",
        n.language.text(words::EQUITY),
        n.amount(initial),
        n.amount(s.final_equity)
    );
    let decimals = if high - low < 5.0 { 2 } else { 0 };
    let axis = Axis {
        low,
        high,
        count: 5.0,
        height: EQUITY_HEIGHT,
        marks: &marks,
        named: true,
    };
    let heading = format!("{} ({})", n.language.text(words::EQUITY), n.currency);
    panel(out, "equity", &heading, &told, &drawing, &axis, |v| {
        n.fixed(v, decimals)
    });

    let depth = thin(&under_water(initial, equity), BUCKETS);
    let deepest = depth
        .iter()
        .fold(0.0, |low, (_, d)| if *d < low { *d } else { low });
    let low = if deepest < 0.0 { deepest * 1.08 } else { -1.0 };
    let line = path(&depth, bars, low, 0.0, DRAWDOWN_HEIGHT);
    let drawing = format!(
        "<path class=\"area\" d=\"M0 0L{line}L{WIDTH} 0Z\"/><path class=\"line\" d=\"M{line}\"/>"
    );
    let told = format!(
        "{}: {}",
        n.language.text(words::DRAWDOWN),
        n.percent(-s.max_drawdown_percent)
    );
    let decimals = usize::from(low > -5.0);
    let axis = Axis {
        low,
        high: 0.0,
        count: 2.0,
        height: DRAWDOWN_HEIGHT,
        marks: &marks,
        named: false,
    };
    let heading = format!("{} (%)", n.language.text(words::DRAWDOWN));
    panel(out, "drawdown", &heading, &told, &drawing, &axis, |v| {
        n.fixed(v, decimals)
    });

    let ends = [report.times[0], report.times[bars - 1]].map(|t| date(Time(t)));
    let _ = write!(
        out,
        "<p class=\"ends\"><span>{}</span><span>{}</span></p>",
        ends[0], ends[1]
    );
}

struct Axis<'a> {
    low: f64,
    high: f64,
    count: f64,
    height: f64,
    marks: &'a [(f64, String)],
    /// Whether the marks are named: once is enough for two curves over the same time.
    named: bool,
}

/// One drawing. It is stretched to the page's width, so its words stand beside it as HTML.
fn panel(
    out: &mut String,
    class: &str,
    heading: &str,
    told: &str,
    drawing: &str,
    axis: &Axis<'_>,
    write_tick: impl Fn(f64) -> String,
) {
    let mut grid = String::new();
    let mut words = String::new();
    for tick in ticks(axis.low, axis.high, axis.count) {
        let at = place(tick, axis.low, axis.high);
        let _ = write!(grid, "M0 {:.1}H{WIDTH}", at * axis.height);
        let label = escape(&write_tick(tick));
        let _ = write!(
            words,
            "<span class=\"y\" style=\"top:{:.2}%\">{label}</span>",
            at * 100.0
        );
    }
    for (share, label) in axis.marks {
        let _ = write!(grid, "M{:.1} 0V{}", share * WIDTH, axis.height);
        if !axis.named {
            continue;
        }
        let label = escape(label);
        let _ = write!(
            words,
            "<span class=\"x\" style=\"left:{:.2}%\">{label}</span>",
            share * 100.0
        );
    }
    let _ = write!(
        out,
        "<figure class=\"{class}\"><figcaption>{}</figcaption><div class=\"plot\">\
         <svg viewBox=\"0 0 {WIDTH} {}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">\
         <path class=\"grid\" d=\"{grid}\"/>{drawing}</svg>\
         <div class=\"axis\" aria-hidden=\"true\">{words}</div></div></figure>",
        escape(heading),
        axis.height,
        escape(told),
    );
}

#[cfg(test)]
mod tests {
    use super::{super::sample::Sample, *};
    use proptest::prelude::*;
    use trading::language::Language;

    const EN: Numbers<'_> = Numbers {
        language: Language::En,
        currency: "USD",
        minus: '−',
    };

    #[test]
    fn steps_are_round() {
        assert_eq!(ticks(0.0, 10.0, 5.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(-7.0, 0.0, 2.0), [-5.0, 0.0]);
        assert_eq!(ticks(3.0, 3.0, 5.0), [3.0]);
    }

    #[test]
    fn years_for_long_histories_and_months_for_short() {
        let day = |y, m, d| Time::from_civil(y, m, d, 0, 0, 0).0;
        let days: Vec<i64> = (day(2012, 5, 17)..day(2022, 3, 4))
            .step_by(DAY as usize)
            .collect();
        let marks = time_marks(&days, &EN);
        // 2022 would stand at the very edge.
        assert_eq!((marks.len(), marks[0].1.as_str()), (9, "2013"));
        let days: Vec<i64> = (day(2021, 11, 20)..day(2022, 3, 4))
            .step_by(DAY as usize)
            .collect();
        let labels: Vec<String> = time_marks(&days, &EN).into_iter().map(|m| m.1).collect();
        assert_eq!(labels, ["Dec", "2022", "Feb"]);
        assert!(time_marks(&[], &EN).is_empty());
        assert!(time_marks(&[0], &EN).is_empty());
    }

    #[test]
    fn a_flat_or_single_point_curve_is_drawn() {
        let mut out = String::new();
        chart(&mut out, &Sample::new(0).report(), &EN);
        assert!(out.contains("<svg") && !out.contains("NaN") && !out.contains("inf"));
    }

    proptest! {
        #[test]
        fn thinning_keeps_extremes_and_order(values in prop::collection::vec(-1e6..1e6_f64, 1..500), buckets in 1..40_usize) {
            let points = thin(&values, buckets);
            prop_assert!(points.len() <= 2 * buckets + 2 || values.len() <= 2 * buckets);
            prop_assert!(points.is_sorted_by(|a, b| a.0 < b.0));
            let least = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::INFINITY, f64::min);
            prop_assert_eq!(least(&mut points.iter().map(|p| p.1)), least(&mut values.iter().copied()));
            prop_assert_eq!(points[0].0, 0);
            prop_assert_eq!(points[points.len() - 1].0, values.len() - 1);
        }
    }
}
