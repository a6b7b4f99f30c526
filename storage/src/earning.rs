//! Which version of a strategy earned what. Pure: deals and spans in, sums out.
//!
//! A deal belongs to the version that it names. One that names none belongs to the version that
//! opened its position; and where that is not known, to the one that was live there when it was
//! executed. What is left nobody knows the version of, and it is told so. A trade belongs to the
//! version of the deal that closed it; which deal that is, [`Rounds`] says, as it does for reports.

use crate::{
    Result, StorageError,
    round::{Move, Rounds},
    shelf::nothing,
};
use protocol::{
    api::{report::Entry, strategy::Earned},
    id::BrokerAccountId,
};
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
    pub(crate) volume: f64,
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

/// Tells deals apart by version. They come one by one, in the order of their times; what is kept
/// meanwhile grows with what is open, not with the deals.
#[derive(Debug)]
pub(crate) struct Teller<'a> {
    spans: &'a [Span],
    rounds: Rounds<i64>,
    currencies: Vec<String>,
    sums: BTreeMap<(Option<i64>, usize), Earned>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(spans: &'a [Span]) -> Self {
        Self {
            spans,
            rounds: Rounds::default(),
            currencies: Vec::new(),
            sums: BTreeMap::new(),
        }
    }

    /// Takes the next deal in.
    ///
    /// # Errors
    /// [`StorageError::Damaged`].
    pub(crate) fn deal(&mut self, deal: &Deal) -> Result<()> {
        let damaged = || StorageError::Damaged("the entry of a deal".to_owned());
        let entry = Entry::of(&deal.entry).ok_or_else(damaged)?;
        let at = BrokerAccountId(deal.broker_account_id);
        let opener = self.rounds.opener(at, deal.position_ticket);
        let version = deal.strategy_version.or(opener);
        let version = version.or_else(|| deal.live(self.spans));
        let step = self.rounds.push(&Move {
            at,
            position: deal.position_ticket,
            entry,
            volume: deal.volume,
            net: deal.net,
            whose: version,
        });
        let currency = self.currency(&deal.currency);
        let sum = self.sums.entry((version, currency));
        let sum = sum.or_insert_with(|| nothing(&deal.currency));
        sum.deals += 1;
        sum.net += deal.net;
        if let Some(net) = step.closed {
            sum.closed += 1;
            sum.won += u64::from(net > 0.0);
        }
        Ok(())
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
    pub(crate) fn told(self) -> VersionEarned {
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
        for deal in deals {
            teller.deal(deal).unwrap();
        }
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
            volume: 0.1,
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
    #[test]
    fn a_position_counts_once_it_is_closed_and_a_turned_one_twice() {
        let spans = [span(1, None, 0, None)];
        let sized = |volume, deal| Deal { volume, ..deal };
        let mut deals = vec![
            sized(0.3, deal(7, "in", -1.0, 10)),
            sized(0.1, deal(7, "out", 5.0, 20)),
        ];
        let half = &tell(&deals, &spans).versions[&1][0];
        assert_eq!((half.deals, half.closed, half.won), (2, 0, 0), "half of it");
        deals.push(sized(0.2, deal(7, "out", -9.0, 30)));
        // Turned around: one trade ends, another begins and ends.
        deals.push(sized(0.1, deal(8, "in", -1.0, 40)));
        deals.push(sized(0.3, deal(8, "in_out", 11.0, 50)));
        deals.push(sized(0.2, deal(8, "out", -2.0, 60)));
        let all = &tell(&deals, &spans).versions[&1][0];
        assert_eq!((all.deals, all.closed, all.won), (6, 3, 1));
        assert_eq!(all.net.to_bits(), 3_f64.to_bits());
    }

    #[test]
    fn what_turned_a_position_around_owns_what_it_opened() {
        let spans = [span(1, None, 0, Some(50)), span(2, None, 50, None)];
        let mut turn = deal(7, "in_out", 3.0, 50);
        turn.volume = 0.2;
        turn.strategy_version = Some(2);
        let deals = [deal(7, "in", 0.0, 10), turn, deal(7, "out", -4.0, 60)];
        let earned = tell(&deals, &spans);
        let first = &earned.versions[&1][0];
        assert_eq!((first.deals, first.closed), (1, 0));
        let second = &earned.versions[&2][0];
        assert_eq!((second.deals, second.closed, second.won), (2, 2, 1));
    }
}
