//! One side of a comparison: a list of series, and a field where it is a number.

use super::{
    choose::choose,
    number::{number_field, parametric},
    parts::line,
    pen::Pen,
    place::At,
    series,
    tree::{Spot, operands, operands_mut},
    typed::Kind,
};
use crate::words::{Say, designer as words};
use leptos::prelude::*;
use trading::strategy::{
    Document,
    condition::Condition,
    number::Number,
    operand::{MAX_AGO, Operand},
};

/// The place of the operand `index` of the condition at `spot`.
pub fn place(pen: Pen, spot: &Spot, index: usize) -> At<Operand> {
    let (read, write, at) = (spot.clone(), spot.clone(), spot.clone());
    let pointer = Signal::derive(move || {
        pen.lab.read(|document| {
            let below = at
                .find(document)
                .map(|condition| suffix(condition, index))
                .unwrap_or_default();
            format!("{}{below}", at.pointer(document))
        })
    });
    At::moving(
        pointer,
        move |document| operands(read.find(document)?).get(index).cloned(),
        move |document, operand| {
            if let Some(place) = write
                .find_mut(document)
                .and_then(|condition| operands_mut(condition).get_mut(index))
            {
                *place = operand;
            }
        },
    )
}

fn suffix(condition: &Condition, index: usize) -> String {
    let name = condition.name();
    match condition {
        Condition::Rising(_) | Condition::Falling(_) => format!("/{name}/value"),
        Condition::Occurs(_) => format!("/{name}"),
        _ => format!("/{name}/{index}"),
    }
}

/// The operand in its sentence; `label` is which side it is.
pub fn operand_field(at: &At<Operand>, label: Signal<String>) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let value = at.value(pen);
    let chosen = Memo::new(move |_| {
        let operand = value.get()?;
        Some(pen.lab.read(|document| series::value(document, &operand)))
    });
    let pointer = at.pointer;
    let number = at.part("", as_number, put_number).plain();
    let writer = at.clone();
    let list = choose(
        label,
        Signal::derive(move || chosen.get().unwrap_or_default()),
        pen.series.into(),
        move |entry| {
            let document = untrack(|| pen.lab.document());
            if let Some(next) = writer
                .read(&document)
                .and_then(|operand| series::choose(&document, &operand, &entry))
            {
                writer.write(pen, next);
            }
        },
    );
    let is_number = Memo::new(move |_| matches!(value.get(), Some(Operand::Number(_))));
    let field_label = say.with(words::VALUE_OF, move |_| [label.get()]);
    let field = move || {
        is_number
            .get()
            .then(|| number_field(&number, field_label, Kind::Any))
    };
    // What else there is to a series reads along with it.
    let more = move || {
        let language = say.language();
        match value.get() {
            Some(Operand::Series { ago, factor, .. }) if ago > 0 || factor.is_some() => {
                let factor = factor.map(|factor| match factor {
                    Number::Literal(value) => format!("× {}", language.number(value)),
                    Number::Parameter(name) => format!("× ${}", name.name()),
                });
                let ago = (ago > 0).then(|| {
                    let count = language.number(f64::from(ago));
                    let text = match ago {
                        1 => words::BAR_AGO_SHORT,
                        _ => words::BARS_AGO_SHORT,
                    };
                    crate::words::fill(language.text(text), &[count])
                });
                let parts: Vec<String> = factor.into_iter().chain(ago).collect();
                Some(view! { <span class="operand-more">{parts.join(" ")}</span> })
            }
            _ => None,
        }
    };
    view! { <span class="operand" data-at=pointer>{list} {field} {more}</span> }.into_any()
}

fn as_number(operand: Operand) -> Option<Number> {
    match operand {
        Operand::Number(number) => Some(number),
        Operand::Series { .. } => None,
    }
}

fn put_number(operand: &mut Operand, number: Number) {
    *operand = Operand::Number(number);
}

/// How far back a series looks and what it is multiplied with.
pub fn operand_details(at: &At<Operand>, label: Signal<String>) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let value = at.value(pen);
    let is_series = Memo::new(move |_| matches!(value.get(), Some(Operand::Series { .. })));
    let at = at.clone();
    (move || {
        is_series.get().then(|| {
            let ago = at.part("#ago", ago_of, put_ago).plain();
            let factor = at.part("#factor", factor_of, put_factor);
            let ago_label = say.with(words::BARS_AGO, move |_| [label.get()]);
            let factor_label = say.with(words::FACTOR, move |_| [label.get()]);
            view! {
                <div class="operand-details">
                    {line(ago_label, number_field(&ago, ago_label, Kind::Count))}
                    {line(factor_label, parametric(&factor, factor_label, "factor"))}
                </div>
            }
        })
    })
    .into_any()
}

fn ago_of(operand: Operand) -> Option<u32> {
    match operand {
        Operand::Series { ago, .. } => Some(ago),
        Operand::Number(_) => None,
    }
}

fn put_ago(operand: &mut Operand, bars: u32) {
    if let Operand::Series { ago, .. } = operand {
        // A document that looks further back could not be read again.
        *ago = bars.min(MAX_AGO);
    }
}

fn factor_of(operand: Operand) -> Option<Number> {
    match operand {
        Operand::Series { factor, .. } => Some(factor.unwrap_or(Number::Literal(1.0))),
        Operand::Number(_) => None,
    }
}

fn put_factor(operand: &mut Operand, number: Number) {
    if let Operand::Series { factor, .. } = operand {
        // Times one says nothing.
        *factor = (number != Number::Literal(1.0)).then_some(number);
    }
}

/// Whether an operand has more to it than its list and field show.
pub fn has_details(document: &Document, spot: &Spot) -> bool {
    spot.find(document).is_some_and(|condition| {
        operands(condition).iter().any(|operand| {
            matches!(
                operand,
                Operand::Series { ago, factor, .. } if *ago > 0 || factor.is_some()
            )
        })
    })
}
