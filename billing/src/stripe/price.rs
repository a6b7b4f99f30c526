//! Which of Stripe's prices is which offer. From the configuration: the ids differ between Stripe's
//! test and live mode, so they are not in the file of plans.

use crate::plan::Offer;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An entry of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceEntry {
    /// What is sold.
    #[serde(flatten)]
    pub offer: Offer,
    /// Under which id of Stripe's, such as `price_1AbC`.
    pub price: String,
    /// Under which ids it was sold earlier: who has one of them keeps the plan.
    #[serde(default)]
    pub former: Vec<String>,
}

/// All prices, both ways.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PriceBook {
    sold: BTreeMap<Offer, String>,
    known: BTreeMap<String, Offer>,
}

impl PriceBook {
    /// From the entries of the configuration. An offer without an entry is not sold by Stripe.
    ///
    /// # Errors
    /// All faults at once: an offer or an id that is there twice, an empty id.
    pub fn new(entries: impl IntoIterator<Item = PriceEntry>) -> Result<Self, Vec<String>> {
        let mut book = Self::default();
        let mut faults = Vec::new();
        for PriceEntry {
            offer,
            price,
            former,
        } in entries
        {
            for id in former.iter().chain([&price]) {
                if id.is_empty() || !id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_') {
                    faults.push(format!("`{id}` is no id of a price"));
                } else if book.known.insert(id.clone(), offer.clone()).is_some() {
                    faults.push(format!("price {id} is there twice"));
                }
            }
            let name = format!("{} {} {}", offer.plan, offer.interval, offer.currency);
            if book.sold.insert(offer, price).is_some() {
                faults.push(format!("offer {name} is there twice"));
            }
        }
        if faults.is_empty() {
            Ok(book)
        } else {
            Err(faults)
        }
    }

    /// Stripe's id of an offer; nothing if Stripe does not sell it.
    pub fn price(&self, offer: &Offer) -> Option<&str> {
        self.sold.get(offer).map(String::as_str)
    }

    /// The offer of an id, sold now or earlier.
    pub fn offer(&self, price: &str) -> Option<&Offer> {
        self.known.get(price)
    }

    /// What Stripe sells.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.sold.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        price: Vec<PriceEntry>,
    }

    #[test]
    fn the_configuration_is_read_and_checked() {
        let file: File = toml::from_str(
            r#"
            [[price]]
            plan = "trader"
            interval = "month"
            currency = "USD"
            price = "price_2"
            former = ["price_1"]
            "#,
        )
        .unwrap();
        let book = PriceBook::new(file.price.clone()).unwrap();
        let offer = &file.price[0].offer;
        assert_eq!(book.price(offer), Some("price_2"));
        assert_eq!(book.offer("price_1"), Some(offer));
        assert_eq!(book.offer("price_3"), None);
        let mut twice = file.price.clone();
        twice.extend(file.price);
        assert_eq!(PriceBook::new(twice).unwrap_err().len(), 3);
    }
}
