//! The monthly heat map.

use super::{
    Shown,
    headline::Tone,
    heat::{STEPS, Unit, Year, class, full, step, value, years},
    write::{fixed, signed},
};
use crate::{
    components::empty_state::EmptyState,
    engine::Outcome,
    words::{Say, fill, outcome as words},
};
use leptos::prelude::*;
use trading::language::Language;

/// Years down, months across. Colours show size; signs say whether it was a gain.
#[component]
pub(super) fn Months(
    /// What is told.
    outcome: Shown,
) -> impl IntoView {
    let say = Say::here();
    let unit = RwSignal::new(Unit::default());
    let currency =
        move || outcome.with(|o| o.as_ref().map(|o| o.currency.clone()).unwrap_or_default());
    let choice = move |one: Unit, name: Signal<String>| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="months-unit"
                    prop:checked=move || unit.get() == one
                    on:change=move |_| unit.set(one)
                />
                <span>{name}</span>
            </label>
        }
    };
    let table = move || {
        let outcome = outcome.get()?;
        Some(match outcome.monthly.is_empty() {
            true => view! {
                <EmptyState title=say.say(words::NO_MONTHS) hint=say.say(words::NO_MONTHS_HINT) />
            }
            .into_any(),
            false => table(say, &outcome, unit.get()),
        })
    };
    view! {
        <div class="months">
            <fieldset class="segments">
                <legend class="unseen">{say.say(words::UNIT)}</legend>
                {choice(Unit::Percent, say.say(words::PERCENT))}
                {choice(Unit::Money, say.with(words::MONEY, move |_| [currency()]))}
            </fieldset>
            {table}
        </div>
    }
    .into_any()
}

/// Percent with one decimal; money without: what counts in a year of months.
fn write(language: Language, value: f64, unit: Unit) -> String {
    match unit {
        Unit::Percent => signed(language, value, 1),
        Unit::Money => signed(language, value, 0),
    }
}

fn table(say: Say, outcome: &Outcome, unit: Unit) -> AnyView {
    let language = say.language();
    let caption = match unit {
        Unit::Percent => language.text(words::MONTHS_PERCENT).to_owned(),
        Unit::Money => fill(
            language.text(words::MONTHS_MONEY),
            std::slice::from_ref(&outcome.currency),
        ),
    };
    let full = full(
        outcome
            .monthly
            .iter()
            .filter_map(|month| value(month, unit)),
    );
    let heads = words::MONTH_NAMES
        .map(|name| view! { <th scope="col">{language.text(name)}</th> })
        .collect_view();
    let rows = years(&outcome.monthly)
        .iter()
        .map(|year| row(language, year, unit, full))
        .collect_view();
    view! {
        <p class="hint" aria-hidden="true">{caption.clone()}</p>
        <div class="months-place" role="group" aria-label=caption.clone() tabindex="0">
            <table class="months-table">
                <caption class="unseen">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{language.text(words::YEAR)}</th>
                        {heads}
                        <th scope="col" class="months-total">{language.text(words::TOTAL)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {legend(language, unit, full, &outcome.currency)}
    }
    .into_any()
}

fn row(language: Language, year: &Year, unit: Unit, full: f64) -> AnyView {
    let cells = year
        .months
        .iter()
        .map(|month| match month {
            None => view! {
                <td class="heat heat-none">
                    <span aria-hidden="true">"·"</span>
                    <span class="unseen">{language.text(words::NO_BARS)}</span>
                </td>
            }
            .into_any(),
            Some(month) => match value(month, unit) {
                None => view! { <td class="heat">"–"</td> }.into_any(),
                Some(v) => view! { <td class=class(step(v, full))>{write(language, v, unit)}</td> }
                    .into_any(),
            },
        })
        .collect_view();
    let total = year.total(unit);
    let tone = total.map_or(Tone::Plain, Tone::of);
    let text = total.map_or_else(|| "–".to_owned(), |v| write(language, v, unit));
    view! {
        <tr>
            <th scope="row">{year.year.to_string()}</th>
            {cells}
            <td class="months-total">
                <span class=tone.class()>{text}</span>
            </td>
        </tr>
    }
    .into_any()
}

/// What the strongest and the weakest colours stand for.
fn legend(language: Language, unit: Unit, full: f64, currency: &str) -> AnyView {
    let unit_name = match unit {
        Unit::Percent => "%".to_owned(),
        Unit::Money => format!(" {currency}"),
    };
    let decimals = usize::from(unit == Unit::Percent);
    let size = fixed(language, full, decimals);
    let steps = i8::try_from(STEPS).unwrap_or(0);
    let boxes = (-steps..=steps)
        .map(|step| view! { <span class=class(step) aria-hidden="true"></span> })
        .collect_view();
    let (least, most) = (
        format!("≤ \u{2212}{size}{unit_name}"),
        format!("≥ +{size}{unit_name}"),
    );
    view! {
        <p class="months-legend">
            <span class="unseen">{language.text(words::LEGEND)} ": "</span>
            <span>{least}</span>
            <span class="months-scale">{boxes}</span>
            <span>{most}</span>
        </p>
    }
    .into_any()
}
