//! A curve of equity as a picture that the server draws.

use super::AccountLine;
use crate::{
    Look,
    part::when,
    words::{amount, live as words},
};
use leptos::prelude::*;
use std::{fmt::Write, ops::Range};
use trading::time::Time;

/// The picture's own units: it takes the size of its place.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 96.0;
/// So that a line at the edge is whole.
const EDGE: f64 = 3.0;

/// The curve of an account, or why there is none.
pub(super) fn curve(look: &Look, account: &AccountLine, span: &Range<Time>) -> AnyView {
    let points = &account.curve;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return view! { <p class="hint">{look.say(words::NO_CURVE)}</p> }.into_any();
    };
    // Where reports begin later than the stretch of time does, the picture begins with them.
    let span = &(span.start.max(first.0)..last.0);
    let values = points.iter().map(|(_, value)| *value);
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    let say = |value: f64| amount::amount(value, &account.currency, look.language);
    let label = look.with(
        words::CURVE,
        &[
            &account.label,
            &say(first.1),
            &say(last.1),
            &say(low),
            &say(high),
        ],
    );
    let line = line(points, span, low, high);
    let area = format!("{line}V{HEIGHT}H0Z");
    let class = if last.1 < first.1 {
        "curve curve-fall"
    } else {
        "curve"
    };
    view! {
        <div class="curve-place">
        <svg
            class=class
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            <path class="curve-area" d=area />
            <path class="curve-line" d=line />
        </svg>
        <p class="hint curve-span">
            <span>{when::when(first.0)}</span>
            <span>{when::when(last.0)}</span>
        </p>
        </div>
    }
    .into_any()
}

fn x(at: Time, span: &Range<Time>) -> f64 {
    let whole = (span.end.0 - span.start.0).max(1) as f64;
    ((at.0 - span.start.0) as f64 / whole).clamp(0.0, 1.0) * WIDTH
}

/// Equity holds until it is reported anew: steps, not slopes.
fn line(points: &[(Time, f64)], span: &Range<Time>, low: f64, high: f64) -> String {
    let whole = high - low;
    let y = |value: f64| {
        // What never moves, or moves further than numbers go, is a line in the middle.
        if whole > 0.0 && whole.is_finite() {
            EDGE + (high - value) / whole * (HEIGHT - 2.0 * EDGE)
        } else {
            HEIGHT / 2.0
        }
    };
    let mut out = String::with_capacity(points.len() * 16);
    for (place, (at, value)) in points.iter().enumerate() {
        let (x, y) = (x(*at, span), y(*value));
        // Writing to a string cannot fail.
        let _ = match place {
            0 => write!(out, "M{x:.1} {y:.1}"),
            _ => write!(out, "H{x:.1}V{y:.1}"),
        };
    }
    if points.len() == 1 {
        let _ = write!(out, "H{WIDTH}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::line;
    use trading::time::Time;

    #[test]
    fn a_curve_stays_within_its_picture() {
        let span = Time(0)..Time(100);
        let points = [(Time(0), 10.0), (Time(50), 20.0), (Time(100), 10.0)];
        assert_eq!(
            line(&points, &span, 10.0, 20.0),
            "M0.0 93.0H300.0V3.0H600.0V93.0"
        );
        let outside = [(Time(-5), 1.0), (Time(500), 1.0)];
        assert_eq!(line(&outside, &span, 1.0, 1.0), "M0.0 48.0H600.0V48.0");
        assert_eq!(line(&outside[..1], &span, 1.0, 1.0), "M0.0 48.0H600");
        let wild = [(Time(0), f64::MAX), (Time(1), f64::MIN)];
        assert!(!line(&wild, &span, f64::MIN, f64::MAX).contains("NaN"));
    }
}
