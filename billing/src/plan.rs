//! The plans: one declarative file says what is sold, for how much, and what it allows.

mod read;

pub use read::PlansFaults;

use crate::{
    money::{Currency, Money},
    quota::{Limit, Quota},
};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, collections::BTreeMap, fmt, str::FromStr};
use trading::time::DAY;

/// The name of a plan: small letters, digits and `-`, at most 32 of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlanId(String);

/// The text is no name of a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the name of a plan has 1 to 32 small letters, digits and `-`")]
pub struct NoPlanId;

impl PlanId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PlanId {
    type Error = NoPlanId;
    fn try_from(text: String) -> Result<Self, NoPlanId> {
        let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        ((1..=32).contains(&text.len()) && text.bytes().all(fits))
            .then_some(Self(text))
            .ok_or(NoPlanId)
    }
}

impl From<PlanId> for String {
    fn from(id: PlanId) -> Self {
        id.0
    }
}

impl FromStr for PlanId {
    type Err = NoPlanId;
    fn from_str(text: &str) -> Result<Self, NoPlanId> {
        text.to_owned().try_into()
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// For how long a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Interval {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Month, Self::Year];

    /// Its name in the file of plans.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// How long a one-off payment lasts, in milliseconds: 31 or 366 days, whatever the calendar
    /// says. Nobody's month is shorter than another's, and the sum of several payments is the same
    /// in whichever order they are laid out. (Stripe's periods are the calendar's; Stripe tells us
    /// when they end.)
    pub const fn millis(self) -> i64 {
        match self {
            Self::Month => 31 * DAY,
            Self::Year => 366 * DAY,
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something that can be bought: a plan for an interval in a currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Offer {
    /// Which plan.
    pub plan: PlanId,
    /// For how long.
    pub interval: Interval,
    /// Paid in what.
    pub currency: Currency,
}

/// A change of plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// To a better plan, or the same for longer: it counts at once, and the difference is charged
    /// at once. If it cannot be charged, nothing changes.
    Upgrade,
    /// To a lesser plan, or the same for shorter: it counts at once, and what was paid too much is
    /// credited to the next invoices.
    Downgrade,
    /// None.
    None,
}

/// What a plan allows, of everything that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotas(BTreeMap<Quota, Limit>);

impl Quotas {
    /// How much of one is allowed.
    pub fn limit(&self, quota: Quota) -> Limit {
        // Every plan names every quota (the file is refused otherwise); nothing is the safe answer.
        self.0.get(&quota).copied().unwrap_or(Limit::Of(0))
    }
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its name.
    pub id: PlanId,
    /// How many days are free for who has never had a trial. Zero: none.
    pub trial_days: u32,
    /// Whether it is on sale. Who has it keeps it in any case.
    pub sold: bool,
    /// What it allows.
    pub quotas: Quotas,
    prices: BTreeMap<(Interval, Currency), Money>,
}

impl Plan {
    /// What it costs; nothing if it is not sold so.
    pub fn price(&self, interval: Interval, currency: Currency) -> Option<Money> {
        self.prices.get(&(interval, currency)).copied()
    }

    /// Whether it costs nothing.
    pub fn is_free(&self) -> bool {
        self.prices.is_empty()
    }
}

/// All plans, from the free one to the one worth most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans(Vec<Plan>);

impl Plans {
    /// Reads a file of plans, such as `billing/plans.toml`.
    ///
    /// # Errors
    /// All faults of the file at once.
    pub fn read(text: &str) -> Result<Self, PlansFaults> {
        read::plans(text)
    }

    /// All of them, in order of rank.
    pub fn all(&self) -> &[Plan] {
        &self.0
    }

    /// The plan of everybody who has not paid.
    pub fn free(&self) -> &Plan {
        &self.0[0]
    }

    /// The plan of this name.
    pub fn get(&self, id: &PlanId) -> Option<&Plan> {
        self.0.iter().find(|plan| plan.id == *id)
    }

    /// The rank of a plan, 0 for the free one.
    ///
    /// A plan that is not in the file any more counts as the least of those that cost something:
    /// who paid for it is not locked out, and gets no more than anybody who pays.
    pub fn rank(&self, id: &PlanId) -> usize {
        self.0
            .iter()
            .position(|plan| plan.id == *id)
            .unwrap_or(usize::from(self.0.len() > 1))
    }

    /// The plan of this rank; the best if there are fewer.
    pub fn ranked(&self, rank: usize) -> &Plan {
        &self.0[rank.min(self.0.len() - 1)]
    }

    /// What an offer costs; nothing if it is not on sale.
    pub fn price(&self, offer: &Offer) -> Option<Money> {
        self.get(&offer.plan)
            .filter(|plan| plan.sold)?
            .price(offer.interval, offer.currency)
    }

    /// What it is to go from one offer to another.
    pub fn change(&self, from: &Offer, to: &Offer) -> Change {
        let worth = |offer: &Offer| (self.rank(&offer.plan), offer.interval);
        match worth(to).cmp(&worth(from)) {
            Ordering::Less => Change::Downgrade,
            Ordering::Equal => Change::None,
            Ordering::Greater => Change::Upgrade,
        }
    }

    /// Everything that can be bought, in order of rank.
    pub fn offers(&self) -> impl Iterator<Item = (Offer, Money)> {
        self.0.iter().filter(|plan| plan.sold).flat_map(|plan| {
            plan.prices.iter().map(|((interval, currency), price)| {
                let offer = Offer {
                    plan: plan.id.clone(),
                    interval: *interval,
                    currency: *currency,
                };
                (offer, *price)
            })
        })
    }
}

/// The plans of `billing/plans.toml`, built in.
impl Default for Plans {
    fn default() -> Self {
        // A test holds that the built-in file has no faults.
        Self::read(include_str!("../plans.toml")).unwrap_or_else(|_| Self::only_free())
    }
}
