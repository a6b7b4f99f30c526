//! From the file to the plans, with every fault named at once.

use super::{Interval, Plan, PlanId, Plans, Quotas};
use crate::{
    money::{Currency, Money},
    quota::{Limit, Quota},
};
use std::{collections::BTreeMap, fmt};
use toml::{Table, Value};

/// The dearest price in minor units: what is above is a slip of the keyboard. Far below what any
/// provider or an `i64` in sen can count.
const DEAREST: i64 = 100_000_000_000;

/// Everything that is wrong with a file of plans, one fault a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlansFaults(pub Vec<String>);

impl fmt::Display for PlansFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for PlansFaults {}

impl Plans {
    /// A single plan that allows nothing and costs nothing.
    pub(super) fn only_free() -> Self {
        Self(vec![Plan {
            id: PlanId("free".into()),
            trial_days: 0,
            sold: true,
            quotas: Quotas(BTreeMap::new()),
            prices: BTreeMap::new(),
        }])
    }
}

pub(super) fn plans(text: &str) -> Result<Plans, PlansFaults> {
    let file: Table = text
        .parse()
        .map_err(|fault: toml::de::Error| PlansFaults(vec![fault.to_string()]))?;
    let mut faults = Faults(Vec::new());
    faults.only(&file, "the file", &["plan"]);
    let entries = match file.get("plan") {
        Some(Value::Array(entries)) if !entries.is_empty() => entries.as_slice(),
        _ => {
            faults.add("the file has no [[plan]]");
            &[]
        }
    };
    let mut plans: Vec<Plan> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Some(plan) = faults.plan(index, entry) else {
            continue;
        };
        if plans.iter().any(|other| other.id == plan.id) {
            faults.add(format!("plan {}: is there twice", plan.id));
        }
        if index == 0 && !plan.is_free() {
            faults.add(format!("plan {}: the first must have no price", plan.id));
        }
        if index > 0 && plan.is_free() {
            faults.add(format!("plan {}: has no price", plan.id));
        }
        plans.push(plan);
    }
    // The first quota that shrinks from one plan to the next is almost surely a slip: whoever
    // upgrades would lose something.
    for pair in plans.windows(2) {
        for quota in Quota::ALL {
            let [less, more] = [&pair[0], &pair[1]].map(|plan| match plan.quotas.limit(quota) {
                Limit::Of(limit) => limit,
                Limit::Unlimited => u64::MAX,
            });
            if more < less {
                faults.add(format!(
                    "plan {}: allows less {quota} than {}",
                    pair[1].id, pair[0].id
                ));
            }
        }
    }
    if faults.0.is_empty() {
        Ok(Plans(plans))
    } else {
        Err(PlansFaults(faults.0))
    }
}

struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, fault: impl Into<String>) {
        self.0.push(fault.into());
    }

    fn only(&mut self, table: &Table, place: &str, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            self.add(format!("{place}: `{key}` is unknown"));
        }
    }

    fn table<'a>(&mut self, value: &'a Value, place: &str) -> Option<&'a Table> {
        if value.as_table().is_none() {
            self.add(format!("{place}: is no table"));
        }
        value.as_table()
    }

    fn plan(&mut self, index: usize, entry: &Value) -> Option<Plan> {
        let table = self.table(entry, &format!("plan number {}", index + 1))?;
        let named = table.get("id").and_then(Value::as_str);
        let Some(id) = named.and_then(|id| id.parse::<PlanId>().ok()) else {
            self.add(format!(
                "plan number {}: `id` must have 1 to 32 small letters, digits and `-`",
                index + 1
            ));
            return None;
        };
        let place = format!("plan {id}");
        self.only(
            table,
            &place,
            &["id", "trial_days", "sold", "price", "quota"],
        );
        let trial_days = match table.get("trial_days") {
            None => 0,
            Some(Value::Integer(days @ 0..=730)) => u32::try_from(*days).unwrap_or(0),
            Some(_) => {
                // 730 is Stripe's own limit: https://docs.stripe.com/billing/subscriptions/trials
                self.add(format!("{place}: `trial_days` must be 0 to 730"));
                0
            }
        };
        let sold = match table.get("sold") {
            None => true,
            Some(Value::Boolean(sold)) => *sold,
            Some(_) => {
                self.add(format!("{place}: `sold` must be true or false"));
                true
            }
        };
        let prices = table
            .get("price")
            .map(|value| self.prices(value, &place))
            .unwrap_or_default();
        let quotas = match table.get("quota") {
            Some(value) => self.quotas(value, &place),
            None => {
                self.add(format!("{place}: `quota` is missing"));
                BTreeMap::new()
            }
        };
        if prices.is_empty() && trial_days > 0 {
            self.add(format!("{place}: a trial of what costs nothing"));
        }
        Some(Plan {
            id,
            trial_days,
            sold,
            quotas: Quotas(quotas),
            prices,
        })
    }

    fn prices(&mut self, value: &Value, place: &str) -> BTreeMap<(Interval, Currency), Money> {
        let mut prices = BTreeMap::new();
        let place = format!("{place}: price");
        let Some(table) = self.table(value, &place) else {
            return prices;
        };
        self.only(table, &place, &Interval::ALL.map(Interval::name));
        for interval in Interval::ALL {
            let place = format!("{place}.{interval}");
            let Some(value) = table.get(interval.name()) else {
                self.add(format!("{place}: is missing"));
                continue;
            };
            let Some(amounts) = self.table(value, &place) else {
                continue;
            };
            self.only(amounts, &place, &Currency::ALL.map(Currency::code));
            for currency in Currency::ALL {
                match amounts.get(currency.code()) {
                    Some(Value::Integer(minor @ 1..=DEAREST)) => {
                        prices.insert((interval, currency), Money::new(*minor, currency));
                    }
                    Some(_) => self.add(format!(
                        "{place}: `{currency}` must be a whole number of minor units from 1 to {DEAREST}"
                    )),
                    None => self.add(format!("{place}: `{currency}` is missing")),
                }
            }
        }
        prices
    }

    fn quotas(&mut self, value: &Value, place: &str) -> BTreeMap<Quota, Limit> {
        let mut quotas = BTreeMap::new();
        let place = format!("{place}: quota");
        let Some(table) = self.table(value, &place) else {
            return quotas;
        };
        self.only(table, &place, &Quota::ALL.map(Quota::name));
        for quota in Quota::ALL {
            let limit = match table.get(quota.name()) {
                Some(Value::Integer(limit)) => u64::try_from(*limit).ok().map(Limit::Of),
                Some(Value::String(text)) if text == "unlimited" => Some(Limit::Unlimited),
                Some(_) => None,
                None => {
                    self.add(format!("{place}: `{quota}` is missing"));
                    continue;
                }
            };
            match limit {
                Some(limit) => {
                    quotas.insert(quota, limit);
                }
                None => self.add(format!(
                    "{place}: `{quota}` must be a whole number from 0, or \"unlimited\""
                )),
            }
        }
        quotas
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Offer;

    #[test]
    fn the_built_in_file_has_no_faults() {
        let plans = Plans::read(include_str!("../../plans.toml")).unwrap();
        assert_eq!(plans, Plans::default());
        let names: Vec<_> = plans.all().iter().map(|plan| plan.id.as_str()).collect();
        assert_eq!(names, ["free", "trader", "pro"]);
        assert_eq!(plans.offers().count(), 8);
        let offer = Offer {
            plan: "trader".parse().unwrap(),
            interval: Interval::Month,
            currency: Currency::Idr,
        };
        assert_eq!(plans.price(&offer).unwrap().to_string(), "IDR 449000");
        assert_eq!(plans.rank(&"gone".parse().unwrap()), 1);
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let faults = Plans::read(
            r#"
            extra = 1
            [[plan]]
            id = "free"
            trial_days = 3
            price.month = { USD = 0, EUR = 3 }
            quota = { accounts = -1, live_strategies = "many", backtests_per_day = 9, sweeps_per_day = 1, ai_calls_per_day = 1, saved_strategies = 1 }
            [[plan]]
            id = "Pro!"
            [[plan]]
            id = "pro"
            sold = "yes"
            colour = "red"
            [[plan]]
            id = "pro"
            quota = { accounts = 1, live_strategies = 1, backtests_per_day = 8, sweeps_per_day = 1, ai_calls_per_day = 1, saved_strategies = 1 }
            "#,
        )
        .unwrap_err()
        .0;
        for expected in [
            "the file: `extra` is unknown",
            "plan free: price.month: `EUR` is unknown",
            "plan free: price.month: `USD` must be",
            "plan free: price.month: `IDR` is missing",
            "plan free: price.year: is missing",
            "plan free: a trial of what costs nothing",
            "plan free: quota: `accounts` must be",
            "plan free: quota: `live_strategies` must be",
            "plan number 2: `id` must",
            "plan pro: `colour` is unknown",
            "plan pro: `sold` must be true or false",
            "plan pro: `quota` is missing",
            "plan pro: has no price",
            "plan pro: is there twice",
            "plan pro: allows less backtests_per_day than free",
        ] {
            assert!(
                faults.iter().any(|fault| fault.starts_with(expected)),
                "{expected} in {faults:#?}"
            );
        }
    }

    #[test]
    fn what_is_no_file_of_plans_is_refused() {
        for text in ["", "plan = 3", "plan = []", "[[plan]", "plan = [1]"] {
            assert!(Plans::read(text).is_err(), "{text}");
        }
    }
}
