//! Which version of a strategy earned what. Pure: deals and spans in, sums out.
//!
//! A deal belongs to the version that it names. One that names none belongs to the version that
//! opened its position; and where that is not known, to the one that was live there when it was
//! executed. What is left nobody knows the version of, and it is told so.

use crate::shelf::nothing;
use protocol::api::{report::Entry, strategy::Earned};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// When a version was live, and where.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Span {
    pub(crate) version: i64,
    pub(crate) broker_account_id: Option<Uuid>,
    pub(crate) started_at: i64,
    pub(crate) ended_at: Option<i64>,
}

/// A deal of the strategy.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Deal {
    pub(crate) broker_account_id: Uuid,
    pub(crate) currency: String,
    pub(crate) position_ticket: i64,
    pub(crate) entry: String,
    pub(crate) net: f64,
    pub(crate) strategy_version: Option<i64>,
    pub(crate) executed_at: i64,
}

/// What each version earned, by currency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionEarned {
    /// By number.
    pub versions: BTreeMap<i64, Vec<Earned>>,
    /// Of deals of which nobody knows the version.
    pub unknown: Vec<Earned>,
    /// Whether there were more deals than are added up: then the last ones are left out.
    pub is_cut: bool,
}

impl Deal {
    /// The account and the position: positions of different accounts have the same tickets.
    fn position(&self) -> Option<(Uuid, i64)> {
        (self.position_ticket > 0).then_some((self.broker_account_id, self.position_ticket))
    }

    fn closes(&self) -> bool {
        let entry = Entry::of(&self.entry);
        matches!(entry, Some(Entry::Out | Entry::InOut | Entry::OutBy))
    }

    /// The version that was live where and when it was executed.
    fn live(&self, spans: &[Span]) -> Option<i64> {
        let is_here = |span: &&Span| {
            let account = span.broker_account_id;
            account.is_none_or(|id| id == self.broker_account_id)
                && span.started_at <= self.executed_at
                && span.ended_at.is_none_or(|end| self.executed_at < end)
        };
        spans.iter().find(is_here).map(|span| span.version)
    }
}

/// What a version did to a position: the version, the place of its currency, account and ticket.
type Position = (Option<i64>, usize, (Uuid, i64));

/// Tells deals apart by version. They come one by one, in the order of their times; what is kept
/// meanwhile grows with the positions, not with the deals.
#[derive(Debug)]
pub(crate) struct Teller<'a> {
    spans: &'a [Span],
    openers: BTreeMap<(Uuid, i64), i64>,
    currencies: Vec<String>,
    sums: BTreeMap<(Option<i64>, usize), Earned>,
    /// What was closed of each position, for whether it gained.
    positions: BTreeMap<Position, (f64, bool)>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(spans: &'a [Span]) -> Self {
        Self {
            spans,
            openers: BTreeMap::new(),
            currencies: Vec::new(),
            sums: BTreeMap::new(),
            positions: BTreeMap::new(),
        }
    }

    /// Takes the next deal in.
    pub(crate) fn deal(&mut self, deal: &Deal) {
        let position = deal.position();
        let opener = position.and_then(|key| self.openers.get(&key).copied());
        let version = deal.strategy_version.or(opener);
        let version = version.or_else(|| deal.live(self.spans));
        if let (Some(key), Some(version)) = (position, version) {
            self.openers.entry(key).or_insert(version);
        }
        let currency = self.currency(&deal.currency);
        let sum = self.sums.entry((version, currency));
        let sum = sum.or_insert_with(|| nothing(&deal.currency));
        sum.deals += 1;
        sum.net += deal.net;
        let Some(key) = position else {
            // A deal of no position stands for itself.
            if deal.closes() {
                sum.closed += 1;
                sum.won += u64::from(deal.net > 0.0);
            }
            return;
        };
        let position = self.positions.entry((version, currency, key));
        let (net, is_closed) = position.or_insert((0.0, false));
        *net += deal.net;
        *is_closed |= deal.closes();
    }

    /// The place of a currency. There are a few.
    fn currency(&mut self, name: &str) -> usize {
        let known = self.currencies.iter().position(|one| one == name);
        known.unwrap_or_else(|| {
            self.currencies.push(name.to_owned());
            self.currencies.len() - 1
        })
    }

    /// What came of them.
    pub(crate) fn told(mut self) -> VersionEarned {
        for ((version, currency, _), (net, is_closed)) in self.positions {
            let sum = self.sums.get_mut(&(version, currency));
            if let Some(sum) = sum.filter(|_| is_closed) {
                sum.closed += 1;
                sum.won += u64::from(net > 0.0);
            }
        }
        let mut earned = VersionEarned::default();
        for ((version, _), sum) in self.sums {
            match version {
                Some(number) => earned.versions.entry(number).or_default().push(sum),
                None => earned.unknown.push(sum),
            }
        }
        let all = earned.versions.values_mut();
        for sums in all.chain([&mut earned.unknown]) {
            sums.sort_by(|a, b| a.currency.cmp(&b.currency));
        }
        earned
    }
}

#[cfg(test)]
mod tests {
    use super::{Deal, Span, Teller, VersionEarned};
    use uuid::Uuid;

    const HERE: Uuid = Uuid::from_u128(1);
    const THERE: Uuid = Uuid::from_u128(2);

    fn tell(deals: &[Deal], spans: &[Span]) -> VersionEarned {
        let mut teller = Teller::new(spans);
        deals.iter().for_each(|deal| teller.deal(deal));
        teller.told()
    }

    fn span(version: i64, on: Option<Uuid>, started_at: i64, ended_at: Option<i64>) -> Span {
        Span {
            version,
            broker_account_id: on,
            started_at,
            ended_at,
        }
    }

    fn deal(position: i64, entry: &str, net: f64, at: i64) -> Deal {
        Deal {
            broker_account_id: HERE,
            currency: "USD".to_owned(),
            position_ticket: position,
            entry: entry.to_owned(),
            net,
            strategy_version: None,
            executed_at: at,
        }
    }

    #[test]
    fn a_position_belongs_to_the_version_that_opened_it() {
        let spans = [span(1, None, 0, Some(50)), span(2, None, 50, None)];
        let deals = [
            deal(7, "in", -1.0, 10),
            deal(8, "in", -1.0, 50),
            // Version 2 is live by then, but it closes what version 1 opened.
            deal(7, "out", 11.0, 60),
            deal(8, "out", -4.0, 70),
        ];
        let earned = tell(&deals, &spans);
        let first = &earned.versions[&1][0];
        assert_eq!((first.deals, first.closed, first.won), (2, 1, 1));
        assert_eq!(first.net.to_bits(), 10_f64.to_bits());
        let second = &earned.versions[&2][0];
        assert_eq!((second.deals, second.closed, second.won), (2, 1, 0));
        assert_eq!(second.net.to_bits(), (-5_f64).to_bits());
        assert!(earned.unknown.is_empty());
    }

    #[test]
    fn what_a_deal_says_counts_before_what_was_live() {
        let spans = [span(1, None, 0, None)];
        let mut named = deal(7, "in", 0.0, 10);
        named.strategy_version = Some(3);
        let earned = tell(&[named, deal(7, "out", 5.0, 20)], &spans);
        assert_eq!(earned.versions[&3][0].won, 1);
        assert!(!earned.versions.contains_key(&1));
    }

    #[test]
    fn nobody_knows_what_was_traded_elsewhere_or_at_another_time() {
        let spans = [
            span(1, Some(THERE), 0, None),
            span(2, Some(HERE), 50, Some(60)),
        ];
        let mut pounds = deal(0, "out", 3.0, 60);
        pounds.currency = "GBP".to_owned();
        let deals = [
            deal(0, "out", 1.0, 49),
            deal(0, "out", 2.0, 50),
            deal(0, "out", 2.0, 59),
            pounds,
        ];
        let earned = tell(&deals, &spans);
        assert_eq!(earned.versions[&2][0].closed, 2, "two that stand alone");
        let unknown: Vec<_> = earned.unknown.iter().map(|e| e.currency.as_str()).collect();
        assert_eq!(unknown, ["GBP", "USD"]);
        assert_eq!(earned.versions.len(), 1);
    }
}
