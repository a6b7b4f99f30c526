//! Drawdown of every bar, and which bars stand for all of them where there are more than pixels.

/// How far equity is below its highest so far, in percent: 0 at a peak, below 0 else. The first peak
/// is the balance at the start, as `backtest`'s statistics have it.
pub(super) fn drawdown(equity: &[f64], initial: f64) -> Vec<f64> {
    let mut peak = initial;
    let fall = |value: &f64| {
        peak = peak.max(*value);
        if peak > 0.0 {
            (value / peak - 1.0) * 100.0
        } else {
            0.0
        }
    };
    equity.iter().map(fall).collect()
}

/// The bars that stand for all, in order, at most `most` of them: from every stretch of the history
/// equally many, among them the lowest and the highest of every column and the stretch's last bar.
/// Peaks are never lost, and the axis of time stays even.
pub(super) fn stand_ins(columns: &[&[f64]], most: usize) -> Vec<usize> {
    let count = columns.first().map_or(0, |column| column.len());
    let of_each = 2 * columns.len() + 1;
    let stretches = most / of_each;
    if count <= most || stretches == 0 {
        return (0..count).collect();
    }
    let mut picked = Vec::with_capacity(stretches * of_each);
    for stretch in 0..stretches {
        let from = stretch * count / stretches;
        let to = (stretch + 1) * count / stretches;
        let start = picked.len();
        add(&mut picked, start, to - 1);
        for column in columns {
            let (low, high) = extremes(column, from, to);
            add(&mut picked, start, low);
            add(&mut picked, start, high);
        }
        // Filled up from the end, where a flat stretch has fewer that matter.
        for bar in (from..to).rev() {
            if picked.len() - start == of_each {
                break;
            }
            add(&mut picked, start, bar);
        }
        picked[start..].sort_unstable();
    }
    picked
}

/// Adds a bar, unless it is there since `start`.
fn add(picked: &mut Vec<usize>, start: usize, bar: usize) {
    if !picked[start..].contains(&bar) {
        picked.push(bar);
    }
}

/// Where the lowest and the highest are, the first of equals.
fn extremes(column: &[f64], from: usize, to: usize) -> (usize, usize) {
    let (mut low, mut high) = (from, from);
    for bar in from..to.min(column.len()) {
        if column[bar] < column[low] {
            low = bar;
        }
        if column[bar] > column[high] {
            high = bar;
        }
    }
    (low, high)
}

/// The values of these bars.
pub(super) fn pick(column: &[f64], bars: &[usize]) -> Vec<f64> {
    bars.iter()
        .filter_map(|bar| column.get(*bar).copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{drawdown, pick, stand_ins};

    #[test]
    fn drawdown_is_told_from_the_last_peak() {
        let falls = drawdown(&[90.0, 100.0, 120.0, 60.0, 120.0, 150.0, 149.25], 100.0);
        let wanted = [-10.0, 0.0, 0.0, -50.0, 0.0, 0.0, -0.5];
        for (fall, wanted) in falls.iter().zip(wanted) {
            assert!((fall - wanted).abs() < 1e-12, "{falls:?}");
        }
        assert!(drawdown(&[], 100.0).is_empty());
        assert_eq!(drawdown(&[0.0], 0.0), [0.0], "no peak, no fall");
    }

    fn walk(count: usize) -> Vec<f64> {
        let mut state = 7_u64;
        let mut value = 10_000.0;
        let step = |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            value += ((state >> 40) as f64 / f64::from(1 << 24)) - 0.5;
            value
        };
        (0..count).map(step).collect()
    }

    #[test]
    fn no_peak_is_lost_and_time_stays_even() {
        let equity = walk(57_600);
        let falls = drawdown(&equity, 10_000.0);
        let bars = stand_ins(&[&equity, &falls], 4_000);
        assert_eq!(bars.len(), 4_000);
        assert!(bars.is_sorted_by(|a, b| a < b));
        assert_eq!(bars.last(), Some(&57_599));
        for column in [&equity, &falls] {
            let thin = pick(column, &bars);
            for best in [f64::min, f64::max] {
                let whole = column.iter().copied().reduce(best);
                assert_eq!(thin.iter().copied().reduce(best), whole);
            }
        }
        // Five of every stretch of 72.
        for (at, bar) in bars.iter().enumerate() {
            assert_eq!(bar / 72, at / 5);
        }
    }

    #[test]
    fn flat_and_short_ones_keep_their_shape() {
        let flat = vec![1.0; 10_000];
        assert_eq!(stand_ins(&[&flat], 300).len(), 300);
        let short = walk(50);
        assert_eq!(stand_ins(&[&short], 300), (0..50).collect::<Vec<_>>());
        assert!(stand_ins(&[], 300).is_empty());
        assert!(stand_ins(&[&[]], 300).is_empty());
    }
}
