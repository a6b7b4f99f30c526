//! What was earned: always with its sign and its currency, so that no colour is needed to tell.

use crate::words::amount;
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

/// An amount with its sign, in the colour of it.
pub(super) fn gain(currency: &str, net: f64, language: Language) -> AnyView {
    let text = amount::gain(net, currency, language);
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
    amount::percent(earned.won as f64 / earned.closed as f64, language)
}

#[cfg(test)]
mod tests {
    use super::{Earned, gain, rate};
    use leptos::prelude::*;
    use trading::language::Language::{En, Id};

    #[test]
    fn what_was_earned_is_written_as_in_reports() {
        let said = |currency: &str, net| gain(currency, net, En).to_html();
        for (currency, net, class, text) in [
            ("USD", 0.0, "\"money\"", "USD 0.00"),
            ("USD", -0.004, "\"money\"", "USD 0.00"),
            ("USD", 1_234.565, "\"money gain\"", "USD +1,234.57"),
            ("USD", -42.1, "\"money fall\"", "USD \u{2212}42.10"),
            ("JPY", 1_234.5, "\"money gain\"", "JPY +1,234"),
            ("USD", f64::MIN, "\"money fall\"", "USD \u{2212}"),
        ] {
            let html = said(currency, net);
            assert!(html.contains(class) && html.contains(text), "{html}");
        }
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
