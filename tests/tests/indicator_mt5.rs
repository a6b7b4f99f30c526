//! Every indicator that MetaTrader 5 ships, as it draws it: see golden/mt5/README.md.

mod golden;

use golden::{Row, compare, row};
use phoenix_tests::{golden_dir, read_text};

const MT5: &[(&str, &str)] = &[("method", "mt5")];
const SMA: &[(&str, &str)] = &[("average", "sma")];
const EMA: &[(&str, &str)] = &[("average", "ema")];
const SMMA: &[(&str, &str)] = &[("average", "smma")];
const LWMA: &[(&str, &str)] = &[("average", "lwma")];
const N14: &[(&str, f64)] = &[("period", 14.0)];
const N13: &[(&str, f64)] = &[("period", 13.0)];
const N20: &[(&str, f64)] = &[("period", 20.0)];
const UNSHIFTED: &[(&str, f64)] = &[
    ("jaws_shift", 0.0),
    ("teeth_shift", 0.0),
    ("lips_shift", 0.0),
];
const WILDER: &[(&str, &str)] = &[("method", "mt5_wilder")];

const ROWS: &[Row] = &[
    row("ma_14_sma.main", "sma", N14, &[], "value"),
    row("ma_14_ema.main", "ema", N14, MT5, "value"),
    row("ma_14_smma.main", "smma", N14, &[], "value"),
    row("ma_14_lwma.main", "wma", N14, &[], "value"),
    row("ma_13_smma.main", "smma", N13, &[], "value"),
    row("macd_12_26_9.main", "macd", &[], MT5, "line"),
    row("macd_12_26_9.signal", "macd", &[], MT5, "signal"),
    row("osma_12_26_9.main", "osma", &[], MT5, "value"),
    row("adx_14.adx", "adx", N14, MT5, "adx"),
    row("adx_14.plus_di", "adx", N14, MT5, "plus_di"),
    row("adx_14.minus_di", "adx", N14, MT5, "minus_di"),
    row("adxw_14.adx", "adx", N14, WILDER, "adx"),
    row("adxw_14.plus_di", "adx", N14, WILDER, "plus_di"),
    row("adxw_14.minus_di", "adx", N14, WILDER, "minus_di"),
    row("atr_14.main", "atr", N14, MT5, "value"),
    row("rsi_14.main", "rsi", N14, MT5, "value"),
    row("bands_20_2.middle", "bollinger", N20, MT5, "middle"),
    row("bands_20_2.upper", "bollinger", N20, MT5, "upper"),
    row("bands_20_2.lower", "bollinger", N20, MT5, "lower"),
    row("stddev_20_sma.main", "stddev", N20, SMA, "value"),
    row("stddev_20_ema.main", "stddev", N20, EMA, "value"),
    row("stddev_20_smma.main", "stddev", N20, SMMA, "value"),
    row("stddev_20_lwma.main", "stddev", N20, LWMA, "value"),
    row("cci_14.main", "cci", N14, &[], "value"),
    row("wpr_14.main", "wpr", N14, MT5, "value"),
    row("mfi_14.main", "mfi", N14, MT5, "value"),
    row("momentum_14.main", "momentum", N14, MT5, "value"),
    row("roc_12.main", "roc", &[("period", 12.0)], MT5, "value"),
    row("obv.main", "obv", &[], &[], "value"),
    // MetaTrader draws these two from one bar later on than they have values.
    Row {
        only_numbers: true,
        ..row("ad.main", "ad", &[], &[], "value")
    },
    Row {
        only_numbers: true,
        ..row("chaikin_3_10_ema.main", "chaikin", &[], &[], "value")
    },
    row("sar_0.02_0.2.main", "parabolic_sar", &[], MT5, "value"),
    row("ichimoku_9_26_52.tenkan", "ichimoku", &[], &[], "tenkan"),
    row("ichimoku_9_26_52.kijun", "ichimoku", &[], &[], "kijun"),
    row(
        "ichimoku_9_26_52.span_a",
        "ichimoku",
        &[("shift", 0.0)],
        &[],
        "span_a",
    ),
    row(
        "ichimoku_9_26_52.span_b",
        "ichimoku",
        &[("shift", 0.0)],
        &[],
        "span_b",
    ),
    row("ichimoku_9_26_52.chikou", "ichimoku", &[], &[], "chikou"),
    row("dema_14.main", "dema", N14, MT5, "value"),
    row("tema_14.main", "tema", N14, MT5, "value"),
    row("trix_14.main", "trix", N14, MT5, "value"),
    row("envelopes_14_sma_0.1.upper", "envelopes", &[], SMA, "upper"),
    row("envelopes_14_sma_0.1.lower", "envelopes", &[], SMA, "lower"),
    row("alligator_13_8_5.jaws", "alligator", UNSHIFTED, &[], "jaws"),
    row(
        "alligator_13_8_5.teeth",
        "alligator",
        UNSHIFTED,
        &[],
        "teeth",
    ),
    row("alligator_13_8_5.lips", "alligator", UNSHIFTED, &[], "lips"),
    row("ao.main", "ao", &[], &[], "value"),
    row("ac.main", "ac", &[], &[], "value"),
    row("demarker_14.main", "demarker", N14, &[], "value"),
    row("force_13_sma.main", "force", N13, MT5, "value"),
    row("bulls_13.main", "bulls_power", N13, MT5, "value"),
    row("bears_13.main", "bears_power", N13, MT5, "value"),
    row("frama_14.main", "frama", N14, MT5, "value"),
    row("ama_10_2_30.main", "ama", &[], MT5, "value"),
    row(
        "ama_10_2_30.example_2020",
        "ama",
        &[],
        &[("method", "mt5_example")],
        "value",
    ),
    row("vidya_9_12.main", "vidya", &[], &[], "value"),
    // A fractal is known two bars after its bar, and holds until the next.
    Row {
        delay: 2,
        only_numbers: true,
        ..row("fractals.upper", "fractals", &[], &[], "upper")
    },
    Row {
        delay: 2,
        only_numbers: true,
        ..row("fractals.lower", "fractals", &[], &[], "lower")
    },
    row("rvi_10.main", "rvi", &[], &[], "value"),
    row("rvi_10.signal", "rvi", &[], &[], "signal"),
    row(
        "stoch_5_3_3_lowhigh.main",
        "stochastic",
        &[],
        &[("method", "mt5"), ("price", "low_high")],
        "main",
    ),
    row(
        "stoch_5_3_3_lowhigh.signal_sma",
        "stochastic",
        &[],
        &[("method", "mt5"), ("price", "low_high"), ("average", "sma")],
        "signal",
    ),
    row(
        "stoch_5_3_3_lowhigh.signal_ema",
        "stochastic",
        &[],
        &[("method", "mt5"), ("price", "low_high"), ("average", "ema")],
        "signal",
    ),
    row(
        "stoch_5_3_3_lowhigh.signal_smma",
        "stochastic",
        &[],
        &[
            ("method", "mt5"),
            ("price", "low_high"),
            ("average", "smma"),
        ],
        "signal",
    ),
    row(
        "stoch_5_3_3_lowhigh.signal_lwma",
        "stochastic",
        &[],
        &[
            ("method", "mt5"),
            ("price", "low_high"),
            ("average", "lwma"),
        ],
        "signal",
    ),
    row(
        "stoch_5_3_3_closeclose.main",
        "stochastic",
        &[],
        &[("method", "mt5"), ("price", "close_close")],
        "main",
    ),
    row(
        "stoch_5_3_3_closeclose.signal_sma",
        "stochastic",
        &[],
        &[
            ("method", "mt5"),
            ("price", "close_close"),
            ("average", "sma"),
        ],
        "signal",
    ),
    row(
        "stoch_5_3_3_closeclose.signal_ema",
        "stochastic",
        &[],
        &[
            ("method", "mt5"),
            ("price", "close_close"),
            ("average", "ema"),
        ],
        "signal",
    ),
    row(
        "stoch_5_3_3_closeclose.signal_smma",
        "stochastic",
        &[],
        &[
            ("method", "mt5"),
            ("price", "close_close"),
            ("average", "smma"),
        ],
        "signal",
    ),
    // MetaTrader's running sums drift near 0; ours do not.
    Row {
        tolerance: 1e-8,
        ..row(
            "stoch_5_3_3_closeclose.signal_lwma",
            "stochastic",
            &[],
            &[
                ("method", "mt5"),
                ("price", "close_close"),
                ("average", "lwma"),
            ],
            "signal",
        )
    },
];

#[test]
fn every_column_of_metatrader_is_ours() {
    let dir = golden_dir().join("mt5");
    compare(&dir.join("mt5_XAUUSD_H1.csv.gz"), &["bar", "time"], ROWS);
}

#[test]
fn every_column_in_the_list_has_a_row() {
    let text = read_text(&golden_dir().join("mt5/columns.csv"));
    let missing: Vec<&str> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .filter(|name| !ROWS.iter().any(|r| r.column == *name))
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}
