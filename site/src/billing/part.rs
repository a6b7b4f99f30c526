//! What both pages of plans have: the mark of test mode, names, prices, what is allowed, the choice
//! of a currency.

use super::{Allow, Interval, PlanCard, Price};
use crate::{
    Look,
    part::strong,
    words::{Text, billing as words, number, quota},
};
use leptos::prelude::*;

/// The currency in which one pays once, through Midtrans, if no subscription runs.
pub(super) const ONCE: &str = "IDR";

/// How many months a year has.
const MONTHS: i64 = 12;

/// Says that nothing is charged, where that is so.
pub(super) fn test_mark(look: &Look, is_test: bool) -> Option<AnyView> {
    let mark = view! {
        <p class="test-mark" role="note">
            {look.say(words::TEST_MODE)}
        </p>
    };
    is_test.then(|| mark.into_any())
}

/// The name of a plan, as it is called: `trader` is Trader.
pub(super) fn name(id: &str) -> String {
    let mut letters = id.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The prices of a plan in a currency, that of a month before that of a year.
pub(super) fn prices<'a>(plan: &'a PlanCard, currency: &str) -> Vec<&'a Price> {
    let of = |interval| {
        let mut prices = plan.prices.iter();
        prices.find(|price| price.interval == interval && price.currency == currency)
    };
    [of(Interval::Month), of(Interval::Year)]
        .into_iter()
        .flatten()
        .collect()
}

/// An amount with the code of its currency.
pub(super) fn amount(look: &Look, price: &Price) -> String {
    number::money(price.minor, price.decimals, price.currency, look.language)
}

/// An amount put into a sentence, by its interval.
pub(super) fn rate(look: &Look, price: &Price, month: Text, year: Text) -> String {
    let text = match price.interval {
        Interval::Month => month,
        Interval::Year => year,
    };
    look.with(text, &[&amount(look, price)])
}

/// A price; that of a year with what a month of it is.
pub(super) fn price(look: &Look, price: &Price) -> AnyView {
    let text = match price.interval {
        Interval::Month => words::PER_MONTH,
        Interval::Year => words::PER_YEAR,
    };
    let month = (price.interval == Interval::Year).then(|| {
        view! { <p class="hint">{a_month(look, price)}</p> }
    });
    view! {
        <p class="price">{strong::strong(look, text, &amount(look, price))}</p>
        {month}
    }
    .into_any()
}

fn a_month(look: &Look, price: &Price) -> String {
    let (minor, is_exact) = twelfth(price.minor);
    let text = if is_exact {
        words::A_MONTH
    } else {
        words::A_MONTH_ROUNDED
    };
    look.with(text, &[&amount(look, &Price { minor, ..*price })])
}

/// The twelfth part, rounded to the nearest, and whether that is exact.
const fn twelfth(minor: i64) -> (i64, bool) {
    let (whole, rest) = (minor.div_euclid(MONTHS), minor.rem_euclid(MONTHS));
    (whole + (rest >= MONTHS / 2) as i64, rest == 0)
}

/// What a plan allows.
pub(super) fn allows(look: &Look, allows: &[Allow]) -> AnyView {
    let lines: Vec<AnyView> = allows.iter().map(|allow| line(look, allow)).collect();
    view! { <ul class="allows">{lines}</ul> }.into_any()
}

fn line(look: &Look, allow: &Allow) -> AnyView {
    let (one, many, any) = quota::allows(allow.quota);
    match allow.limit {
        Some(limit) => {
            let text = if limit == 1 { one } else { many };
            let limit = number::whole(limit, look.language);
            view! { <li>{strong::strong(look, text, &limit)}</li> }.into_any()
        }
        None => view! { <li>{look.say(any)}</li> }.into_any(),
    }
}

/// The choice of a currency among those in which there are prices, as links to `href`. Nothing
/// where there is no choice.
pub(super) fn currencies(
    look: &Look,
    href: &str,
    plans: &[PlanCard],
    chosen: &str,
) -> Option<AnyView> {
    let mut codes: Vec<&str> = Vec::new();
    for price in plans.iter().flat_map(|plan| &plan.prices) {
        if !codes.contains(&price.currency) {
            codes.push(price.currency);
        }
    }
    let is_choice = codes.iter().any(|code| *code != chosen);
    let links: Vec<AnyView> = codes
        .iter()
        .map(|code| {
            let href = format!("{href}?currency={code}");
            let current = (*code == chosen).then_some("true");
            view! {
                <a href=href aria-current=current>
                    {(*code).to_owned()}
                </a>
            }
            .into_any()
        })
        .collect();
    let choice = view! {
        <nav class="choice currencies" aria-label=look.say(words::CURRENCY)>
            {links}
        </nav>
    };
    is_choice.then(|| choice.into_any())
}

#[cfg(test)]
mod tests {
    use super::{name, twelfth};

    #[test]
    fn a_name_is_capitalised() {
        for (id, said) in [("free", "Free"), ("pro-2", "Pro-2"), ("", ""), ("7", "7")] {
            assert_eq!(name(id), said);
        }
    }

    #[test]
    fn a_month_of_a_year_is_the_nearest_to_its_twelfth_part() {
        for (year, month, is_exact) in [
            (29_000, 2_417, false),
            (4_490_000, 374_167, false),
            (34_800, 2_900, true),
            (6, 1, false),
            (5, 0, false),
            (0, 0, true),
            (i64::MAX, 768_614_336_404_564_651, false),
        ] {
            assert_eq!(twelfth(year), (month, is_exact), "{year}");
        }
    }
}
