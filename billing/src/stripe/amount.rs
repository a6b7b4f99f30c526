//! Stripe's way to count money. The only place that converts.
//!
//! Stripe counts in hundredths for every currency that it does not list as zero-decimal, and the
//! rupiah is not on that list (<https://docs.stripe.com/currencies#zero-decimal>): Rp 449.000 is
//! `44900000` there and `449000` here.

use crate::money::{Currency, Money};

/// How many of Stripe's units are one of ours.
const fn scale(currency: Currency) -> i64 {
    match currency {
        Currency::Usd => 1,
        Currency::Idr => 100,
    }
}

/// Our amount in Stripe's units; nothing if it is too large.
pub fn to_stripe(money: Money) -> Option<i64> {
    money.minor.checked_mul(scale(money.currency))
}

/// Stripe's units as our amount. Sen that make no whole rupiah are dropped: they can only come from
/// a proration, and less is the careful reading of what was paid.
pub fn from_stripe(units: i64, currency: Currency) -> Money {
    Money::new(units / scale(currency), currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rupiah_are_counted_in_sen() {
        let price = Money::new(449_000, Currency::Idr);
        assert_eq!(to_stripe(price), Some(44_900_000));
        assert_eq!(from_stripe(44_900_000, Currency::Idr), price);
        assert_eq!(from_stripe(44_900_099, Currency::Idr), price);
        assert_eq!(from_stripe(2_900, Currency::Usd).to_string(), "USD 29.00");
        assert_eq!(to_stripe(Money::new(i64::MAX, Currency::Idr)), None);
    }
}
