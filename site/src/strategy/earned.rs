//! What was earned: always with its sign and its currency, so that no colour is needed to tell.

use crate::words::number;
use leptos::prelude::*;
use trading::language::Language;

/// What deals brought in, in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Earned {
    /// Which.
    pub currency: String,
    /// How many positions had something closed.
    pub closed: u64,
    /// How many of these gained.
    pub won: u64,
    /// Profit with commission, swap and fee.
    pub net: f64,
}

/// An amount with two decimals.
pub(super) fn amount(currency: &str, net: f64, language: Language) -> String {
    // What a broker reports is far below the bound; what is not is shown at it.
    let minor = (net * 100.0).round() as i64;
    let money = number::money(minor.saturating_abs(), 2, currency, language);
    let sign = match minor {
        0 => "",
        ..0 => "\u{2212}",
        _ => "+",
    };
    // The sign stands before the number, after the currency.
    match money.rsplit_once(' ') {
        Some((code, digits)) => format!("{code} {sign}{digits}"),
        None => money,
    }
}

/// The same, in the colour of its sign.
pub(super) fn gain(currency: &str, net: f64, language: Language) -> AnyView {
    let text = amount(currency, net, language);
    let class = if text.contains('\u{2212}') {
        "money fall"
    } else if text.contains('+') {
        "money gain"
    } else {
        "money"
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// How many of those that were closed gained, in percent.
pub(super) fn rate(earned: &Earned, language: Language) -> String {
    if earned.closed == 0 {
        return "\u{2013}".to_owned();
    }
    let tenths = (earned.won as f64 / earned.closed as f64 * 1_000.0).round() as u64;
    let point = match language {
        Language::En => '.',
        Language::Id => ',',
    };
    format!("{}{point}{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{Earned, amount, rate};
    use trading::language::Language::{En, Id};

    #[test]
    fn amounts_have_a_sign_and_a_currency() {
        for (net, en, id) in [
            (0.0, "USD 0.00", "USD 0,00"),
            (-0.004, "USD 0.00", "USD 0,00"),
            (1_234.565, "USD +1,234.57", "USD +1.234,57"),
            (-42.1, "USD \u{2212}42.10", "USD \u{2212}42,10"),
        ] {
            assert_eq!(amount("USD", net, En), en);
            assert_eq!(amount("USD", net, Id), id);
        }
        assert!(amount("USD", f64::MIN, En).contains('\u{2212}'));
    }

    #[test]
    fn a_rate_of_nothing_is_none() {
        let of = |won, closed| Earned {
            currency: "USD".to_owned(),
            closed,
            won,
            net: 0.0,
        };
        assert_eq!(rate(&of(0, 0), En), "\u{2013}");
        assert_eq!(rate(&of(2, 3), En), "66.7%");
        assert_eq!(rate(&of(2, 3), Id), "66,7%");
        assert_eq!(rate(&of(3, 3), En), "100.0%");
    }
}
