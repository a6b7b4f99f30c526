//! The page of prices in the states that differ.

use super::Setting;
use site::billing::{self, Allow, Interval, PlanCard, Price, PricingPage, Quota};
use trading::language::Language;

/// Everything that is counted.
pub(super) const QUOTAS: [Quota; 6] = [
    Quota::LiveStrategies,
    Quota::Accounts,
    Quota::SavedStrategies,
    Quota::BacktestsPerDay,
    Quota::SweepsPerDay,
    Quota::AiCallsPerDay,
];

/// What a month costs, and ten of them for a year.
fn prices(usd: i64, idr: i64) -> Vec<Price> {
    let both = [("USD", 2, usd), ("IDR", 0, idr)];
    let sold = both.into_iter().filter(|(_, _, minor)| *minor > 0);
    sold.flat_map(|(currency, decimals, minor)| {
        [(Interval::Month, minor), (Interval::Year, minor * 10)].map(|(interval, minor)| Price {
            interval,
            currency,
            minor,
            decimals,
        })
    })
    .collect()
}

impl Setting<'_> {
    pub(super) fn plans(&self) -> Vec<PlanCard> {
        let plan = |id: &str, usd: i64, idr: i64, limits: [Option<u64>; 6]| PlanCard {
            id: self.text(id),
            trial_days: if usd == 0 { 0 } else { 14 },
            prices: prices(usd, idr),
            allows: QUOTAS
                .into_iter()
                .zip(limits)
                .map(|(quota, limit)| Allow { quota, limit })
                .collect(),
        };
        let some = |limits: [u64; 6]| limits.map(Some);
        let mut pro = some([25, 10, 0, 5_000, 500, 1_000]);
        pro[2] = None;
        vec![
            plan("free", 0, 0, some([1, 1, 10, 20, 3, 5])),
            plan("trader", 2_900, 449_000, some([5, 2, 100, 500, 50, 100])),
            plan("pro", 7_900, 1_249_000, pro),
        ]
    }

    pub(super) fn pricing(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let page = |currency, is_test| PricingPage {
            plans: self.plans(),
            currency,
            is_test,
        };
        let local = match self.language {
            Language::En => "USD",
            Language::Id => "IDR",
        };
        let stranger = self.stranger("/pricing");
        add("pricing", billing::pricing(&stranger, &page(local, false)));
        add(
            "pricing-usd",
            billing::pricing(&stranger, &page("USD", false)),
        );
        add(
            "pricing-idr",
            billing::pricing(&stranger, &page("IDR", false)),
        );
        add(
            "pricing-test",
            billing::pricing(&stranger, &page(local, true)),
        );
        let trader = self.trader("/pricing");
        add(
            "pricing-trader",
            billing::pricing(&trader, &page(local, false)),
        );
        let mut one = page("IDR", false);
        one.plans[1].prices.retain(|price| price.currency == "USD");
        add("pricing-one-currency", billing::pricing(&stranger, &one));
    }
}
