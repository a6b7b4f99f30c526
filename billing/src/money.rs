//! Amounts of money: whole minor units, never `f64`.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A currency that we charge in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// United States dollar. The minor unit is the cent.
    Usd,
    /// Indonesian rupiah. ISO 4217 gives it two decimal places, but no sen has been in use for
    /// decades: our minor unit is the whole rupiah. Stripe counts in sen; the only place that
    /// converts is [`crate::stripe::amount`].
    Idr,
}

impl Currency {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Usd, Self::Idr];

    /// The ISO 4217 code in capitals.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Idr => "IDR",
        }
    }

    /// How many decimal places our minor unit has.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Usd => 2,
            Self::Idr => 0,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// We do not charge in this currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("we do not charge in this currency")]
pub struct UnknownCurrency;

/// In either case: Stripe writes small letters, Midtrans capitals.
impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code().eq_ignore_ascii_case(text))
            .ok_or(UnknownCurrency)
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// In minor units of the currency: cents, or whole rupiah.
    pub minor: i64,
    /// In which currency.
    pub currency: Currency,
}

/// Two amounts cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyFault {
    /// They are of different currencies.
    #[error("amounts of different currencies")]
    Currency,
    /// The sum is beyond what can be counted.
    #[error("the amount is too large")]
    Overflow,
}

impl Money {
    /// An amount in minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The sum of both.
    ///
    /// # Errors
    /// When the currencies differ, or the sum overflows.
    pub fn plus(self, other: Self) -> Result<Self, MoneyFault> {
        if self.currency != other.currency {
            return Err(MoneyFault::Currency);
        }
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyFault::Overflow)?;
        Ok(Self { minor, ..self })
    }
}

/// Exact, for logs and receipts: `USD 29.00`, `IDR 449000`. What users read is formatted by the UI.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.currency.decimals();
        let unit = 10_u64.pow(decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let whole = self.minor.unsigned_abs() / unit;
        write!(f, "{} {sign}{whole}", self.currency)?;
        if decimals > 0 {
            let width = decimals as usize;
            write!(f, ".{:0width$}", self.minor.unsigned_abs() % unit)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_exactly() {
        for (minor, currency, text) in [
            (2_900, Currency::Usd, "USD 29.00"),
            (5, Currency::Usd, "USD 0.05"),
            (-5, Currency::Usd, "USD -0.05"),
            (449_000, Currency::Idr, "IDR 449000"),
            (i64::MIN, Currency::Usd, "USD -92233720368547758.08"),
        ] {
            assert_eq!(Money::new(minor, currency).to_string(), text);
        }
    }

    #[test]
    fn only_like_is_added_to_like() {
        let cents = |minor| Money::new(minor, Currency::Usd);
        assert_eq!(cents(1).plus(cents(2)), Ok(cents(3)));
        assert_eq!(cents(1).plus(cents(i64::MAX)), Err(MoneyFault::Overflow));
        let rupiah = Money::new(1, Currency::Idr);
        assert_eq!(cents(1).plus(rupiah), Err(MoneyFault::Currency));
    }

    #[test]
    fn currencies_are_read_in_either_case() {
        assert_eq!("idr".parse(), Ok(Currency::Idr));
        assert_eq!("USD".parse(), Ok(Currency::Usd));
        assert_eq!("eur".parse::<Currency>(), Err(UnknownCurrency));
    }
}
