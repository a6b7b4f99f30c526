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

/// What a version did to a position: its account and ticket, and the place of a deal of none.
type Position<'a> = (Option<i64>, &'a str, (Uuid, i64), usize);

/// Tells deals, in the order of their times, apart by version.
pub(crate) fn tell(deals: &[Deal], spans: &[Span]) -> VersionEarned {
    let mut openers: BTreeMap<(Uuid, i64), i64> = BTreeMap::new();
    let mut sums: BTreeMap<(Option<i64>, &str), Earned> = BTreeMap::new();
    // What was closed of each position, for whether it gained.
    let mut positions: BTreeMap<Position<'_>, (f64, bool)> = BTreeMap::new();
    for (place, deal) in deals.iter().enumerate() {
        let opener = deal.position().and_then(|key| openers.get(&key).copied());
        let version = deal.strategy_version.or(opener);
        let version = version.or_else(|| deal.live(spans));
        if let (Some(key), Some(version)) = (deal.position(), version) {
            openers.entry(key).or_insert(version);
        }
        let currency = deal.currency.as_str();
        let sum = sums.entry((version, currency));
        let sum = sum.or_insert_with(|| nothing(currency));
        sum.deals += 1;
        sum.net += deal.net;
        // A deal of no position stands for itself.
        let alone = if deal.position().is_some() {
            0
        } else {
            place + 1
        };
        let (account, ticket) = (deal.broker_account_id, deal.position_ticket);
        let position = positions.entry((version, currency, (account, ticket), alone));
        let (net, is_closed) = position.or_insert((0.0, false));
        *net += deal.net;
        *is_closed |= deal.closes();
    }
    for ((version, currency, ..), (net, is_closed)) in positions {
        if let Some(sum) = sums.get_mut(&(version, currency)).filter(|_| is_closed) {
            sum.closed += 1;
            sum.won += u64::from(net > 0.0);
        }
    }
    let mut earned = VersionEarned::default();
    for ((version, _), sum) in sums {
        match version {
            Some(number) => earned.versions.entry(number).or_default().push(sum),
            None => earned.unknown.push(sum),
        }
    }
    earned
}

#[cfg(test)]
mod tests {
    use super::{Deal, Span, tell};
    use uuid::Uuid;

    const HERE: Uuid = Uuid::from_u128(1);
    const THERE: Uuid = Uuid::from_u128(2);

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
