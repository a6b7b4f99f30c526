//! What closes a position, and what moves its stop.

use super::{
    choose::words as entries,
    condition::rule,
    distance::{atr, distance_field, usual},
    number::parametric,
    parts::{fault, line, optional, word_field},
    pen::Pen,
    place::At,
    tree::Root,
};
use crate::words::{Say, Text, designer as words};
use leptos::prelude::*;
use trading::strategy::{
    Document,
    exit::{BreakEven, Distance, Exits, OppositeSignal, TrailingStop},
    number::Number,
};

const OPPOSITE: &[(&str, Text)] = &[
    ("reverse", words::REVERSE),
    ("close", words::CLOSE),
    ("ignore", words::IGNORE),
];

/// The part of the exits.
pub fn exits() -> AnyView {
    let say = Say::here();
    let opposite = At::fixed(
        "/exits/opposite_signal",
        |document: &Document| {
            Some(
                match document.exits.opposite_signal {
                    OppositeSignal::Reverse => "reverse",
                    OppositeSignal::Close => "close",
                    OppositeSignal::Ignore => "ignore",
                }
                .to_owned(),
            )
        },
        |document, value: String| {
            document.exits.opposite_signal = match value.as_str() {
                "close" => OppositeSignal::Close,
                "ignore" => OppositeSignal::Ignore,
                _ => OppositeSignal::Reverse,
            };
        },
    );
    let label = say.say(words::OPPOSITE);
    view! {
        {line(label, word_field(&opposite, label, entries(OPPOSITE)))}
        {stop_loss()}
        {take_profit()}
        {break_even()}
        {trailing()}
        {after_bars()}
        {rule(Root::CloseLong, words::CLOSE_LONG_WHEN, words::CLOSE_LONG, words::NO_EXIT_RULE)}
        {rule(
            Root::CloseShort,
            words::CLOSE_SHORT_WHEN,
            words::CLOSE_SHORT,
            words::NO_EXIT_RULE,
        )}
        {fault(Signal::stored("/exits".to_owned()), true)}
    }
    .into_any()
}

fn place(
    pointer: &'static str,
    get: fn(&Exits) -> Option<&Distance>,
    put: fn(&mut Exits) -> Option<&mut Distance>,
) -> At<Distance> {
    At::fixed(
        pointer,
        move |document: &Document| get(&document.exits).cloned(),
        move |document, distance| {
            if let Some(place) = put(&mut document.exits) {
                *place = distance;
            }
        },
    )
}

fn set(pen: Pen, change: impl Fn(&mut Exits)) {
    pen.reshape(&|document| change(&mut document.exits));
}

fn stop_loss() -> AnyView {
    let pen = Pen::here();
    optional(
        words::STOP_LOSS,
        words::STOP_LOSS_HINT,
        "/exits/stop_loss",
        move || pen.lab.read(|d| d.exits.stop_loss.is_some()),
        move |on| set(pen, |exits| exits.stop_loss = on.then(usual)),
        || {
            let at = place(
                "/exits/stop_loss",
                |exits| exits.stop_loss.as_ref(),
                |exits| exits.stop_loss.as_mut(),
            );
            distance_field(&at, words::DISTANCE, false)
        },
    )
}

/// Twice the risk where there is one, else three times the ATR.
fn target(exits: &Exits) -> Distance {
    match exits.stop_loss {
        Some(_) => Distance::Risk(Number::Literal(2.0)),
        None => atr(3.0),
    }
}

fn take_profit() -> AnyView {
    let pen = Pen::here();
    optional(
        words::TAKE_PROFIT,
        words::TAKE_PROFIT_HINT,
        "/exits/take_profit",
        move || pen.lab.read(|d| d.exits.take_profit.is_some()),
        move |on| set(pen, |exits| exits.take_profit = on.then(|| target(exits))),
        || {
            let at = place(
                "/exits/take_profit",
                |exits| exits.take_profit.as_ref(),
                |exits| exits.take_profit.as_mut(),
            );
            distance_field(&at, words::DISTANCE, true)
        },
    )
}

fn break_even() -> AnyView {
    let pen = Pen::here();
    optional(
        words::BREAK_EVEN,
        words::BREAK_EVEN_HINT,
        "/exits/break_even",
        move || pen.lab.read(|d| d.exits.break_even.is_some()),
        move |on| {
            set(pen, |exits| {
                exits.break_even = on.then(|| BreakEven {
                    after: atr(1.0),
                    plus: None,
                });
            });
        },
        move || {
            let after = place(
                "/exits/break_even/after",
                |exits| exits.break_even.as_ref().map(|b| &b.after),
                |exits| exits.break_even.as_mut().map(|b| &mut b.after),
            );
            let plus = || {
                let at = place(
                    "/exits/break_even/plus",
                    |exits| exits.break_even.as_ref()?.plus.as_ref(),
                    |exits| exits.break_even.as_mut()?.plus.as_mut(),
                );
                distance_field(&at, words::DISTANCE, true)
            };
            view! {
                {distance_field(&after, words::AFTER_GAIN, true)}
                {optional(
                    words::PLUS,
                    words::PLUS_HINT,
                    "/exits/break_even/plus",
                    move || {
                        pen.lab
                            .read(|d| d.exits.break_even.as_ref().is_some_and(|b| b.plus.is_some()))
                    },
                    move |on| {
                        set(
                            pen,
                            |exits| {
                                if let Some(break_even) = &mut exits.break_even {
                                    break_even.plus = on.then(|| atr(0.1));
                                }
                            },
                        );
                    },
                    plus,
                )}
            }
            .into_any()
        },
    )
}

fn trailing() -> AnyView {
    let pen = Pen::here();
    optional(
        words::TRAILING,
        words::TRAILING_HINT,
        "/exits/trailing_stop",
        move || pen.lab.read(|d| d.exits.trailing_stop.is_some()),
        move |on| {
            set(pen, |exits| {
                exits.trailing_stop = on.then(|| TrailingStop {
                    distance: usual(),
                    activate_after: None,
                });
            });
        },
        move || {
            let distance = place(
                "/exits/trailing_stop/distance",
                |exits| exits.trailing_stop.as_ref().map(|t| &t.distance),
                |exits| exits.trailing_stop.as_mut().map(|t| &mut t.distance),
            );
            let after = || {
                let at = place(
                    "/exits/trailing_stop/activate_after",
                    |exits| exits.trailing_stop.as_ref()?.activate_after.as_ref(),
                    |exits| exits.trailing_stop.as_mut()?.activate_after.as_mut(),
                );
                distance_field(&at, words::AFTER_GAIN, true)
            };
            view! {
                {distance_field(&distance, words::DISTANCE, true)}
                {optional(
                    words::ACTIVATE,
                    words::ACTIVATE_HINT,
                    "/exits/trailing_stop/activate_after",
                    move || {
                        pen.lab
                            .read(|d| {
                                d.exits
                                    .trailing_stop
                                    .as_ref()
                                    .is_some_and(|t| t.activate_after.is_some())
                            })
                    },
                    move |on| {
                        set(
                            pen,
                            |exits| {
                                if let Some(trailing) = &mut exits.trailing_stop {
                                    trailing.activate_after = on.then(|| atr(1.0));
                                }
                            },
                        );
                    },
                    after,
                )}
            }
            .into_any()
        },
    )
}

fn after_bars() -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    optional(
        words::TIME_EXIT,
        words::TIME_EXIT_HINT,
        "/exits/after_bars",
        move || pen.lab.read(|d| d.exits.after_bars.is_some()),
        move |on| {
            set(pen, |exits| {
                exits.after_bars = on.then_some(Number::Literal(24.0));
            });
        },
        move || {
            let at = At::fixed(
                "/exits/after_bars",
                |document: &Document| document.exits.after_bars.clone(),
                |document, number| document.exits.after_bars = Some(number),
            );
            let label = say.say(words::BARS_HELD);
            line(label, parametric(&at, label, "hold"))
        },
    )
}
