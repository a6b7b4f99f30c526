//! What we ask to be paid for.

use crate::{
    money::{Currency, Money},
    payer::Payer,
    plan::{Interval, Offer, PlanId, Plans},
    subscription::{Provider, Ref},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Our name for a payment, `phx-` and a UUID: 40 characters of the 50 that Midtrans allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderId(pub Uuid);

/// This is no name of an order of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no order of ours")]
pub struct NoOrder;

const PREFIX: &str = "phx-";

impl OrderId {
    /// Its name among the facts.
    pub fn reference(self) -> Ref {
        Ref::new(Provider::Midtrans, self.to_string())
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.0.hyphenated())
    }
}

/// Only the exact text that we made: one order has one name.
impl FromStr for OrderId {
    type Err = NoOrder;
    fn from_str(text: &str) -> Result<Self, NoOrder> {
        let uuid = text.strip_prefix(PREFIX).ok_or(NoOrder)?;
        let id = Self(Uuid::try_parse(uuid).map_err(|_| NoOrder)?);
        (id.to_string() == text).then_some(id).ok_or(NoOrder)
    }
}

impl TryFrom<String> for OrderId {
    type Error = NoOrder;
    fn try_from(text: String) -> Result<Self, NoOrder> {
        text.parse()
    }
}

impl From<OrderId> for String {
    fn from(id: OrderId) -> Self {
        id.to_string()
    }
}

/// An order. Kept before Midtrans is asked: it says what the payment is for and how much it must
/// be, which nobody else is believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its name.
    pub id: OrderId,
    /// Who pays.
    pub payer: Payer,
    /// For what.
    pub plan: PlanId,
    /// For how long.
    pub interval: Interval,
    /// How much, in rupiah.
    pub amount: Money,
}

impl Order {
    /// An order for a plan at its price in rupiah; nothing if it is not on sale. `id` must be new.
    pub fn new(
        plans: &Plans,
        id: Uuid,
        payer: Payer,
        plan: &PlanId,
        interval: Interval,
    ) -> Option<Self> {
        let offer = Offer {
            plan: plan.clone(),
            interval,
            currency: Currency::Idr,
        };
        Some(Self {
            id: OrderId(id),
            payer,
            plan: offer.plan.clone(),
            interval,
            amount: plans.price(&offer)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_one_name() {
        let id = OrderId(Uuid::from_u128(7));
        let text = "phx-00000000-0000-0000-0000-000000000007";
        assert_eq!(id.to_string(), text);
        assert_eq!(text.parse(), Ok(id));
        for other in [
            "phx-00000000000000000000000000000007",
            "phx-{00000000-0000-0000-0000-000000000007}",
            "PHX-00000000-0000-0000-0000-000000000007",
            "00000000-0000-0000-0000-000000000007",
            "phx-00000000-0000-0000-0000-00000000000",
            "",
        ] {
            assert_eq!(other.parse::<OrderId>(), Err(NoOrder), "{other}");
        }
    }

    #[test]
    fn only_what_is_sold_can_be_ordered() {
        let plans = Plans::default();
        let payer = Payer(Uuid::nil());
        let order = |plan: &str| {
            let plan = plan.parse().unwrap();
            Order::new(&plans, Uuid::nil(), payer, &plan, Interval::Year)
        };
        assert_eq!(order("pro").unwrap().amount.to_string(), "IDR 12490000");
        assert_eq!(order("free"), None);
        assert_eq!(order("gone"), None);
    }
}
