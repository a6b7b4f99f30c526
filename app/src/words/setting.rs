//! What the catalogue's settings are called: documents know them by names such as `atr_period`.

use super::{Text, text};

/// The name of an indicator's number or choice; `None` for one that has no words here.
pub fn name(id: &str) -> Option<Text> {
    find(NAMES, id)
}

/// The name of a value of a choice.
pub fn value(id: &str) -> Option<Text> {
    find(VALUES, id)
}

fn find(all: &[(&str, Text)], id: &str) -> Option<Text> {
    all.iter()
        .find(|(key, _)| *key == id)
        .map(|(_, text)| *text)
}

const NAMES: &[(&str, Text)] = &[
    ("atr_period", text("ATR period", "Periode ATR")),
    ("average", text("Kind of average", "Jenis rata-rata")),
    ("body", text("Largest body", "Badan terbesar")),
    ("cmo_period", text("CMO period", "Periode CMO")),
    ("d", text("%D period", "Periode %D")),
    ("deviation", text("Deviation (%)", "Deviasi (%)")),
    ("deviations", text("Standard deviations", "Simpangan baku")),
    ("fast", text("Fast period", "Periode cepat")),
    ("jaws", text("Jaws period", "Periode jaws")),
    ("jaws_shift", text("Jaws shift", "Geseran jaws")),
    ("k", text("%K period", "Periode %K")),
    ("kijun", text("Kijun-sen period", "Periode Kijun-sen")),
    ("lips", text("Lips period", "Periode lips")),
    ("lips_shift", text("Lips shift", "Geseran lips")),
    ("maximum", text("Maximum", "Maksimum")),
    ("method", text("Method", "Metode")),
    ("multiple", text("Times ATR", "Kelipatan ATR")),
    ("penetration", text("Penetration", "Penetrasi")),
    ("period", text("Period", "Periode")),
    ("price", text("Prices", "Harga")),
    ("shadow", text("Shortest shadow", "Ekor terpendek")),
    ("shift", text("Shift", "Geseran")),
    ("signal", text("Signal period", "Periode sinyal")),
    ("slow", text("Slow period", "Periode lambat")),
    ("slowing", text("Slowing", "Perlambatan")),
    (
        "span_b",
        text("Senkou Span B period", "Periode Senkou Span B"),
    ),
    ("star", text("Largest star", "Bintang terbesar")),
    ("step", text("Step", "Langkah")),
    ("teeth", text("Teeth period", "Periode teeth")),
    ("teeth_shift", text("Teeth shift", "Geseran teeth")),
    ("tenkan", text("Tenkan-sen period", "Periode Tenkan-sen")),
];

const VALUES: &[(&str, Text)] = &[
    ("camarilla", text("Camarilla", "Camarilla")),
    ("classic", text("classic", "klasik")),
    ("close", text("close", "penutupan")),
    ("close_close", text("closes", "penutupan")),
    ("ema", text("exponential (EMA)", "eksponensial (EMA)")),
    ("fibonacci", text("Fibonacci", "Fibonacci")),
    (
        "low_high",
        text("lows and highs", "harga terendah dan tertinggi"),
    ),
    ("lwma", text("linear (LWMA)", "linear (LWMA)")),
    ("mt5", text("MetaTrader 5", "MetaTrader 5")),
    (
        "mt5_example",
        text("MetaTrader 5's example", "contoh MetaTrader 5"),
    ),
    (
        "mt5_wilder",
        text("MetaTrader 5, Wilder", "MetaTrader 5, Wilder"),
    ),
    ("sma", text("simple (SMA)", "sederhana (SMA)")),
    ("smma", text("smoothed (SMMA)", "dihaluskan (SMMA)")),
    ("typical", text("typical price", "harga tipikal")),
    ("wilder", text("Wilder", "Wilder")),
    ("woodie", text("Woodie", "Woodie")),
];

#[cfg(test)]
mod tests {
    use super::{NAMES, VALUES, name, value};
    use trading::indicator::all;

    #[test]
    fn every_setting_of_the_catalogue_has_a_name() {
        for definition in all() {
            let kind = definition.kind;
            for parameter in definition.parameters {
                assert!(name(parameter.name).is_some(), "{kind} {}", parameter.name);
            }
            for choice in definition.choices {
                assert!(name(choice.name).is_some(), "{kind} {}", choice.name);
                for one in choice.values {
                    assert!(value(one.name).is_some(), "{kind} {}", one.name);
                }
            }
        }
    }

    #[test]
    fn no_name_is_left_over() {
        let of = |wanted: &str, is_value: bool| {
            all().iter().any(|definition| {
                let choices = definition.choices.iter();
                if is_value {
                    choices.flat_map(|c| c.values).any(|v| v.name == wanted)
                } else {
                    let mut numbers = definition.parameters.iter();
                    numbers.any(|p| p.name == wanted)
                        || choices.map(|c| c.name).any(|n| n == wanted)
                }
            })
        };
        for (id, _) in NAMES {
            assert!(of(id, false), "{id}");
        }
        for (id, _) in VALUES {
            assert!(of(id, true), "{id}");
        }
    }
}
