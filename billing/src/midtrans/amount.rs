//! Midtrans' way to write money.

use crate::money::{Currency, Money};

/// `"449000.00"` as whole rupiah. Midtrans sends two decimal places that are always zero
/// (<https://docs.midtrans.com/docs/can-midtrans-process-transaction-amount-with-decimals>);
/// anything else is not an amount that we asked for.
pub(super) fn parse(text: &str) -> Option<Money> {
    let whole = text.strip_suffix(".00").unwrap_or(text);
    let digits = (1..=15).contains(&whole.len()) && whole.bytes().all(|c| c.is_ascii_digit());
    let minor = digits.then(|| whole.parse().ok()).flatten()?;
    Some(Money::new(minor, Currency::Idr))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_rupiah() {
        let rupiah = |minor| Some(Money::new(minor, Currency::Idr));
        assert_eq!(parse("449000.00"), rupiah(449_000));
        assert_eq!(parse("449000"), rupiah(449_000));
        for text in [
            "",
            ".00",
            "449000.50",
            "449000.0",
            "-1.00",
            "+1",
            "4e5",
            "1.00.00",
            "９",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"9".repeat(16)), None);
    }
}
