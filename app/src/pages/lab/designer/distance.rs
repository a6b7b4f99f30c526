//! Distances: points, percent, a multiple of the ATR or of the risk.

use super::{
    choose::{choose, words as entries},
    number::parametric,
    parts::{line, word_field},
    pen::Pen,
    place::At,
};
use crate::words::{Say, Text, designer as words};
use leptos::prelude::*;
use trading::strategy::{
    exit::{AtrDistance, Distance},
    number::Number,
};

const UNITS: &[(&str, Text)] = &[
    ("points", words::POINTS),
    ("percent", words::PERCENT),
    ("atr", words::TIMES_ATR),
    ("risk", words::TIMES_RISK),
];

const METHODS: &[(&str, Text)] = &[("wilder", words::ATR_WILDER), ("mt5", words::ATR_MT5)];

/// A usual distance: twice the ATR of 14 bars.
pub const fn usual() -> Distance {
    atr(2.0)
}

/// A multiple of the ATR of 14 bars.
pub const fn atr(multiple: f64) -> Distance {
    Distance::Atr(AtrDistance {
        multiple: Number::Literal(multiple),
        period: Number::Literal(14.0),
        method: None,
    })
}

/// The fields of a distance. The stop loss itself cannot be a multiple of the risk.
pub fn distance_field(at: &At<Distance>, label: Text, has_risk: bool) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let value = at.value(pen);
    let unit = Memo::new(move |_| value.get().as_ref().map_or("", name));
    let writer = at.clone();
    let units = if has_risk {
        UNITS
    } else {
        UNITS.split_last().map_or(UNITS, |(_, rest)| rest)
    };
    let unit_label = say.with(words::UNIT_OF, move |language| {
        [language.text(label).to_owned()]
    });
    let list = choose(
        unit_label,
        Signal::derive(move || unit.get().to_owned()),
        entries(units),
        move |chosen| {
            let next = match chosen.as_str() {
                "points" => Distance::Points(Number::Literal(1_000.0)),
                "percent" => Distance::Percent(Number::Literal(1.0)),
                "risk" => Distance::Risk(Number::Literal(2.0)),
                _ => usual(),
            };
            writer.write(pen, next);
        },
    );
    let fields_at = at.clone();
    let amount = move || {
        let suffix = match unit.get() {
            "points" => "/points",
            "percent" => "/percent",
            "risk" => "/risk",
            "atr" => "/atr/multiple",
            _ => return ().into_any(),
        };
        let at = fields_at.part(suffix, amount_of, put_amount);
        parametric(&at, say.say(label), "distance")
    };
    let atr_at = at.clone();
    let atr = move || {
        (unit.get() == "atr").then(|| {
            let period = atr_at.part("/atr/period", period_of, put_period);
            let method = atr_at.part("/atr/method", method_of, put_method);
            let period_label = say.say(words::ATR_PERIOD);
            let method_label = say.say(words::ATR_METHOD);
            view! {
                {line(period_label, parametric(&period, period_label, "atr_period"))}
                {line(method_label, word_field(&method, method_label, entries(METHODS)))}
            }
        })
    };
    view! {
        <div class="distance">
            {line(
                say.say(label),
                view! { <span class="pair">{amount} {list}</span> }.into_any(),
            )}
            {atr}
        </div>
    }
    .into_any()
}

const fn name(distance: &Distance) -> &'static str {
    match distance {
        Distance::Points(_) => "points",
        Distance::Percent(_) => "percent",
        Distance::Atr(_) => "atr",
        Distance::Risk(_) => "risk",
    }
}

fn amount_of(distance: Distance) -> Option<Number> {
    Some(match distance {
        Distance::Points(number) | Distance::Percent(number) | Distance::Risk(number) => number,
        Distance::Atr(atr) => atr.multiple,
    })
}

fn put_amount(distance: &mut Distance, amount: Number) {
    match distance {
        Distance::Points(number) | Distance::Percent(number) | Distance::Risk(number) => {
            *number = amount;
        }
        Distance::Atr(atr) => atr.multiple = amount,
    }
}

fn period_of(distance: Distance) -> Option<Number> {
    match distance {
        Distance::Atr(atr) => Some(atr.period),
        _ => None,
    }
}

fn put_period(distance: &mut Distance, period: Number) {
    if let Distance::Atr(atr) = distance {
        atr.period = period;
    }
}

fn method_of(distance: Distance) -> Option<String> {
    match distance {
        Distance::Atr(atr) => Some(atr.method.unwrap_or_else(|| "wilder".to_owned())),
        _ => None,
    }
}

fn put_method(distance: &mut Distance, method: String) {
    if let Distance::Atr(atr) = distance {
        atr.method = (method != "wilder").then_some(method);
    }
}
