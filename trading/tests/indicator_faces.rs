//! Every indicator, whatever its parameters and the market: both faces agree to the last bit, and
//! values begin where the catalogue says and never stop.

use proptest::prelude::*;
use trading::indicator::{self, Candle, Columns, DayCandle, Definition, ParameterKind, Settings};

/// Bars in a case: more than the warm-up of any indicator with periods up to [`LONGEST`].
const BARS: usize = 320;
/// The longest period tried above a parameter's least.
const LONGEST: f64 = 24.0;

/// Indicators that have no value at many bars by definition: a level that has not formed yet.
const WITH_GAPS: &[&str] = &["fractals", "pivot"];

/// How one bar follows the one before.
#[derive(Debug, Clone)]
enum Step {
    /// Nothing traded: every price as the last close.
    Still,
    /// The bar before once more.
    Same,
    /// A move of the close, and how far high and low reach beyond.
    Move(f64, f64, f64),
    /// A jump by a factor.
    Jump(f64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Still),
        1 => Just(Step::Same),
        8 => (-0.02..0.02, 0.0..0.01, 0.0..0.01).prop_map(|(m, u, d)| Step::Move(m, u, d)),
        1 => (0.2..5.0).prop_map(Step::Jump),
    ]
}

/// A market: mostly lively, sometimes still for all of its history.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop_oneof![
        6 => prop::collection::vec(step(), BARS),
        1 => Just(vec![Step::Still; BARS]),
        1 => prop::collection::vec(
            prop_oneof![20 => Just(Step::Still), 1 => step()], BARS),
    ]
}

fn bars(start: f64, steps: &[Step]) -> Vec<DayCandle> {
    let mut bar = Candle {
        open: start,
        high: start,
        low: start,
        close: start,
        volume: 1.0,
    };
    let mut bars = Vec::with_capacity(steps.len());
    for (step, index) in steps.iter().zip(0i32..) {
        let open = bar.close;
        bar = match *step {
            Step::Same => bar,
            Step::Still => Candle {
                open,
                high: open,
                low: open,
                close: open,
                volume: 0.0,
            },
            Step::Move(by, up, down) => {
                let close = open * (1.0 + by);
                Candle {
                    open,
                    high: open.max(close) * (1.0 + up),
                    low: open.min(close) * (1.0 - down),
                    close,
                    volume: f64::from(index % 7),
                }
            }
            Step::Jump(factor) => {
                let price = (open * factor).clamp(start / 1e6, start * 1e6);
                Candle {
                    open: price,
                    high: price,
                    low: price,
                    close: price,
                    volume: 1e6,
                }
            }
        };
        bars.push(DayCandle {
            candle: bar,
            day: index / 24,
        });
    }
    bars
}

/// What a source indicator reads: nothing for some bars, then the closes or an oscillator's values.
fn source(bars: &[DayCandle], late: usize, is_oscillator: bool) -> Vec<f64> {
    let first = bars[0].candle.close;
    bars.iter()
        .enumerate()
        .map(|(i, bar)| match i {
            _ if i < late => f64::NAN,
            _ if is_oscillator => bar.candle.close - first,
            _ => bar.candle.close,
        })
        .collect()
}

/// Parameters and choices from numbers in 0..1.
fn settings(definition: &'static Definition, picks: &[f64]) -> Settings {
    let mut settings = Settings::defaults(definition);
    let mut picks = picks.iter().cycle();
    let mut pick = || picks.next().copied().unwrap_or(0.5);
    for parameter in definition.parameters {
        let value = match parameter.kind {
            ParameterKind::Period => (parameter.min + pick() * LONGEST).floor(),
            ParameterKind::Real => {
                let most = parameter.max.min(parameter.min + 10.0);
                parameter.min + pick() * (most - parameter.min)
            }
        };
        settings = settings.with(parameter.name, value.min(parameter.max));
    }
    for choice in definition.choices {
        let index = (pick() * choice.values.len() as f64) as usize;
        settings = settings.choosing(choice.name, choice.values[index].name);
    }
    settings
}

/// One update a bar.
fn stream(settings: &Settings, bars: &[DayCandle], source: &[f64]) -> Vec<Vec<f64>> {
    let count = settings.definition().outputs.len();
    let mut series = settings.build();
    let mut row = vec![0.0; count];
    let mut columns = vec![Vec::new(); count];
    for (bar, &source) in bars.iter().zip(source) {
        series.update(bar, source, &mut row);
        for (column, &value) in columns.iter_mut().zip(&row) {
            column.push(value);
        }
    }
    columns
}

/// In blocks of these lengths, over and over.
fn blocks(
    settings: &Settings,
    bars: &[DayCandle],
    source: &[f64],
    cuts: &[usize],
) -> Vec<Vec<f64>> {
    let column = |read: fn(&Candle) -> f64| -> Vec<f64> {
        bars.iter().map(|bar| read(&bar.candle)).collect()
    };
    let (open, high) = (column(|b| b.open), column(|b| b.high));
    let (low, close) = (column(|b| b.low), column(|b| b.close));
    let volume = column(|b| b.volume);
    let day: Vec<i32> = bars.iter().map(|bar| bar.day).collect();
    let columns = Columns {
        open: &open,
        high: &high,
        low: &low,
        close: &close,
        volume: &volume,
        day: &day,
        source,
    };
    let mut series = settings.build();
    // Stale numbers in the buffers must not come through.
    let mut out = vec![vec![7.0; bars.len()]; settings.definition().outputs.len()];
    let mut from = 0;
    for cut in cuts.iter().cycle() {
        let to = (from + cut).min(bars.len());
        let mut slices: Vec<&mut [f64]> = out.iter_mut().map(|c| &mut c[from..to]).collect();
        series.extend(&columns.range(from, to), &mut slices);
        // A copy must go on from the same state.
        series = series.clone();
        from = to;
        if from == bars.len() {
            break;
        }
    }
    out
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

/// The first bar with a value, or how a column breaks the rule that values never stop.
fn first_value(column: &[f64]) -> Result<usize, String> {
    let first = column
        .iter()
        .position(|x| !x.is_nan())
        .unwrap_or(column.len());
    match column[first..].iter().position(|x| x.is_nan()) {
        None => Ok(first),
        Some(gap) => Err(format!("value at bar {first}, none at bar {}", first + gap)),
    }
}

fn check(
    settings: &Settings,
    bars: &[DayCandle],
    source: &[f64],
    late: usize,
    cuts: &[usize],
) -> Result<(), String> {
    let definition = settings.definition();
    let streamed = stream(settings, bars, source);
    let extended = blocks(settings, bars, source, cuts);
    let mut slowest = 0;
    for ((output, a), b) in definition.outputs.iter().zip(&streamed).zip(&extended) {
        if let Some(bar) = (0..bars.len()).find(|&i| !same(a[i], b[i])) {
            return Err(format!(
                "{}: {} streamed, {} in blocks at bar {bar}",
                output.name, a[bar], b[bar]
            ));
        }
        if !WITH_GAPS.contains(&definition.kind) {
            slowest = first_value(a)
                .map_err(|e| format!("{}: {e}", output.name))?
                .max(slowest);
        }
    }
    let late = match definition.input {
        indicator::InputKind::Source => late,
        _ => 0,
    };
    let expected = settings.warm_up() + late;
    if !WITH_GAPS.contains(&definition.kind) && slowest != expected {
        return Err(format!(
            "all values from bar {slowest}, expected from bar {expected}"
        ));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn faces_agree_and_values_never_stop(
        start in prop_oneof![Just(1e-6), Just(1.1), Just(1546.2), Just(1e9)],
        steps in steps(),
        picks in prop::collection::vec(0.0..1.0, 8),
        late in prop_oneof![Just(0usize), 1usize..30],
        is_oscillator in any::<bool>(),
        cuts in prop::collection::vec(1usize..60, 1..12),
    ) {
        let bars = bars(start, &steps);
        let source = source(&bars, late, is_oscillator);
        let faults: Vec<String> = indicator::all()
            .iter()
            .filter_map(|definition| {
                let settings = settings(definition, &picks);
                let fault = check(&settings, &bars, &source, late, &cuts).err()?;
                let choices: Vec<_> =
                    definition.choices.iter().map(|c| settings.choice(c.name)).collect();
                Some(format!(
                    "{} {:?} {choices:?}: {fault}",
                    definition.kind,
                    settings.values()
                ))
            })
            .collect();
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_catalogue_is_in_order_and_complete() {
    let kinds: Vec<&str> = indicator::all().iter().map(|d| d.kind).collect();
    assert!(kinds.is_sorted(), "in the order of names: {kinds:?}");
    for definition in indicator::all() {
        assert!(!definition.outputs.is_empty(), "{}", definition.kind);
        for parameter in definition.parameters {
            let fault = parameter.fault(parameter.default);
            assert_eq!(fault, None, "{}.{}", definition.kind, parameter.name);
        }
        assert!(
            std::ptr::eq(
                indicator::find(definition.kind).expect("findable"),
                *definition
            ),
            "two indicators are called {}",
            definition.kind
        );
    }
}
