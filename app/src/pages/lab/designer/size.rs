//! How much is traded, and what must never be exceeded.

use super::{
    choose::{choose, words as entries},
    number::{number_field, parametric},
    parts::{fault, line, optional},
    pen::Pen,
    place::At,
    typed::Kind,
};
use crate::words::{Say, Text, designer as words};
use leptos::prelude::*;
use trading::strategy::{
    Document,
    limit::{DailyLoss, Limits},
    number::Number,
    sizing::Sizing,
};

const SIZES: &[(&str, Text)] = &[
    ("fixed_lots", words::FIXED_LOTS),
    ("risk_percent", words::RISK_PERCENT),
    ("risk_money", words::RISK_MONEY),
];

const LOSSES: &[(&str, Text)] = &[
    ("percent", words::LOSS_PERCENT),
    ("money", words::LOSS_MONEY),
];

const fn size_name(sizing: &Sizing) -> &'static str {
    match sizing {
        Sizing::FixedLots(_) => "fixed_lots",
        Sizing::RiskPercent(_) => "risk_percent",
        Sizing::RiskMoney(_) => "risk_money",
    }
}

/// The part of the size.
pub fn size() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let kind = Memo::new(move |_| pen.lab.read(|document| size_name(&document.sizing)));
    let list = choose(
        say.say(words::SIZE_KIND),
        Signal::derive(move || kind.get().to_owned()),
        entries(SIZES),
        move |chosen| {
            pen.reshape(&|document| {
                document.sizing = match chosen.as_str() {
                    "risk_percent" => Sizing::RiskPercent(Number::Literal(1.0)),
                    "risk_money" => Sizing::RiskMoney(Number::Literal(100.0)),
                    _ => Sizing::FixedLots(Number::Literal(0.1)),
                };
            });
        },
    );
    let amount = move || {
        let pointer = format!("/sizing/{}", kind.get());
        let at = At::fixed(
            pointer,
            |document: &Document| match &document.sizing {
                Sizing::FixedLots(number)
                | Sizing::RiskPercent(number)
                | Sizing::RiskMoney(number) => Some(number.clone()),
            },
            |document, number| match &mut document.sizing {
                Sizing::FixedLots(place)
                | Sizing::RiskPercent(place)
                | Sizing::RiskMoney(place) => *place = number,
            },
        );
        parametric(&at, say.say(words::AMOUNT), "size")
    };
    view! {
        <div class="option" role="group" aria-label=say.say(words::SIZE) data-at="/sizing">
            {line(
                say.say(words::AMOUNT),
                view! { <span class="pair">{amount} {list}</span> }.into_any(),
            )}
            {fault(Signal::stored("/sizing".to_owned()), false)}
        </div>
    }
    .into_any()
}

/// The part of the limits.
#[inline(never)]
pub fn part_designer_limits() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let positions = At::fixed(
        "/limits/max_positions",
        |document: &Document| Some(document.limits.max_positions),
        |document, count: u32| document.limits.max_positions = count,
    );
    let label = say.say(words::MAX_POSITIONS);
    let set = move |change: &dyn Fn(&mut Limits)| {
        pen.reshape(&|document| change(&mut document.limits));
    };
    let trades = move || {
        let at = At::fixed(
            "/limits/max_trades_per_day",
            |document: &Document| document.limits.max_trades_per_day,
            |document, count: u32| document.limits.max_trades_per_day = Some(count),
        );
        let label = say.say(words::TRADES_A_DAY);
        line(label, number_field(&at.plain(), label, Kind::Count))
    };
    view! {
        <div class="option" data-at="/limits/max_positions">
            {line(label, number_field(&positions.plain(), label, Kind::Count))}
            {fault(Signal::stored("/limits/max_positions".to_owned()), false)}
        </div>
        {optional(
            words::MAX_TRADES,
            words::MAX_TRADES_HINT,
            "/limits/max_trades_per_day",
            move || pen.lab.read(|d| d.limits.max_trades_per_day.is_some()),
            move |on| set(&|limits| limits.max_trades_per_day = on.then_some(3)),
            trades,
        )}
        {optional(
            words::DAILY_LOSS,
            words::DAILY_LOSS_HINT,
            "/limits/max_daily_loss",
            move || pen.lab.read(|d| d.limits.max_daily_loss.is_some()),
            move |on| {
                set(
                    &|limits| {
                        limits.max_daily_loss = on
                            .then_some(DailyLoss::Percent(Number::Literal(3.0)));
                    },
                );
            },
            daily_loss,
        )}
    }
    .into_any()
}

fn daily_loss() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let kind = Memo::new(move |_| {
        pen.lab
            .read(|document| match document.limits.max_daily_loss {
                Some(DailyLoss::Money(_)) => "money",
                _ => "percent",
            })
    });
    let list = choose(
        say.say(words::LOSS_KIND),
        Signal::derive(move || kind.get().to_owned()),
        entries(LOSSES),
        move |chosen| {
            pen.reshape(&|document| {
                document.limits.max_daily_loss = Some(if chosen == "money" {
                    DailyLoss::Money(Number::Literal(300.0))
                } else {
                    DailyLoss::Percent(Number::Literal(3.0))
                });
            });
        },
    );
    let amount = move || {
        let at = At::fixed(
            format!("/limits/max_daily_loss/{}", kind.get()),
            |document: &Document| match document.limits.max_daily_loss.as_ref()? {
                DailyLoss::Money(number) | DailyLoss::Percent(number) => Some(number.clone()),
            },
            |document, number| {
                if let Some(DailyLoss::Money(place) | DailyLoss::Percent(place)) =
                    &mut document.limits.max_daily_loss
                {
                    *place = number;
                }
            },
        );
        parametric(&at, say.say(words::AMOUNT), "daily_loss")
    };
    line(
        say.say(words::AMOUNT),
        view! { <span class="pair">{amount} {list}</span> }.into_any(),
    )
}
