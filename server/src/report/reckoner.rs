//! Adds up deal by deal and snapshot by snapshot, and keeps no more than the lines of the report
//! and what is open.

use super::{By, Figures, drawdown::Watch, figure::net_of};
use protocol::{
    api::report::{Entry, EquitySnapshot, KeptDeal},
    id::{BrokerAccountId, StrategyId},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, btree_map},
};
use storage::{Move, Rounds};
use trading::time::Time;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// The period that begins here; the newest comes first.
    Period(Reverse<Time>),
    /// A strategy, or none.
    Strategy(Option<StrategyId>),
}

/// A line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    /// What it is about.
    pub(crate) group: Group,
    /// Of which account at a broker.
    pub(crate) of: BrokerAccountId,
    /// The numbers.
    pub(crate) figures: Figures,
}

/// Where it is added up.
#[derive(Debug)]
pub(super) struct Reckoner {
    by: By,
    rounds: Rounds<StrategyId>,
    lines: BTreeMap<(Group, BrokerAccountId), Figures>,
    watches: BTreeMap<BrokerAccountId, (Watch, Option<Group>)>,
}

impl Reckoner {
    pub(super) fn new(by: By) -> Self {
        Self {
            by,
            rounds: Rounds::default(),
            lines: BTreeMap::new(),
            watches: BTreeMap::new(),
        }
    }

    /// A deal before the stretch of time, of a position that is closed in it. In order of time, and
    /// before all others.
    pub(super) fn before(&mut self, deal: &KeptDeal) {
        self.rounds.push(&move_of(deal));
    }

    /// A deal, in order of time.
    pub(super) fn deal(&mut self, kept: &KeptDeal) {
        let (deal, of) = (&kept.deal, kept.broker_account);
        let step = self.rounds.push(&move_of(kept));
        let group = match self.by {
            // What is paid in belongs to no strategy.
            By::Strategy if deal.entry == Entry::Balance => return,
            By::Strategy => Group::Strategy(step.whose),
            by => Group::Period(Reverse(by.start(deal.time))),
        };
        if deal.entry == Entry::Balance {
            let watch = &mut self.watches.entry(of).or_default().0;
            watch.transfer(deal.time, net_of(deal));
        }
        let line = self.lines.entry((group, of)).or_default();
        line.deal(deal);
        if let Some(net) = step.closed {
            line.trade(net);
        }
    }

    /// An equity snapshot, after all deals, in order of time.
    pub(super) fn equity(&mut self, of: BrokerAccountId, one: &EquitySnapshot) {
        let group = Group::Period(Reverse(self.by.start(one.at)));
        let (watch, current) = self.watches.entry(of).or_default();
        if *current != Some(group) {
            watch.begin();
            *current = Some(group);
        }
        let deepest = watch.see(one);
        let line = match self.lines.entry((group, of)) {
            btree_map::Entry::Occupied(line) => line.into_mut(),
            // A day on which nothing was dealt still has its fall.
            btree_map::Entry::Vacant(line) => line.insert(Figures::default()),
        };
        line.drawdown = Some(deepest);
    }

    /// All lines.
    pub(super) fn rows(self) -> Vec<Row> {
        let row = |((group, of), figures)| Row { group, of, figures };
        self.lines.into_iter().map(row).collect()
    }
}

fn move_of(kept: &KeptDeal) -> Move<StrategyId> {
    Move::of(kept.broker_account, &kept.deal, kept.deal.strategy)
}

#[cfg(test)]
mod tests {
    use super::{By, Group, Reckoner, Row};
    use protocol::{
        api::report::{Deal, Entry, EquitySnapshot, KeptDeal},
        id::{BrokerAccountId, DealId, StrategyId},
    };
    use std::cmp::Reverse;
    use trading::{
        symbol::Side,
        time::{DAY, HOUR, Time},
    };
    use uuid::Uuid;

    const MONDAY: Time = Time::from_civil(2026, 11, 16, 0, 0, 0);

    fn broker(number: u128) -> BrokerAccountId {
        BrokerAccountId(Uuid::from_u128(number))
    }

    fn deal(position: i64, entry: Entry, volume: f64, profit: f64, hour: i64) -> KeptDeal {
        KeptDeal {
            id: DealId(Uuid::from_u128(1)),
            broker_account: broker(1),
            deal: Deal {
                ticket: 1,
                order: 0,
                position,
                symbol: Some("XAUUSD".parse().unwrap()),
                side: Some(Side::Buy),
                entry,
                volume,
                price: 2_000.0,
                profit,
                commission: -1.0,
                swap: 0.0,
                fee: 0.0,
                magic: 0,
                strategy: None,
                strategy_version: None,
                comment: Default::default(),
                time: Time(MONDAY.0 + hour * HOUR),
            },
            received_at: Time(0),
        }
    }

    fn of(mut kept: KeptDeal, strategy: u128) -> KeptDeal {
        kept.deal.strategy = Some(StrategyId(Uuid::from_u128(strategy)));
        kept
    }

    fn equity(hour: i64, equity: f64) -> EquitySnapshot {
        EquitySnapshot {
            at: Time(MONDAY.0 + hour * HOUR),
            balance: equity,
            equity,
            margin: 0.0,
        }
    }

    fn reckoned(by: By, before: &[KeptDeal], deals: &[KeptDeal]) -> Vec<Row> {
        let mut reckoner = Reckoner::new(by);
        before.iter().for_each(|deal| reckoner.before(deal));
        deals.iter().for_each(|deal| reckoner.deal(deal));
        reckoner.rows()
    }

    #[test]
    fn a_trade_is_closed_with_the_last_of_its_position() {
        let rows = reckoned(
            By::Day,
            &[],
            &[
                deal(7, Entry::In, 0.3, 0.0, 1),
                deal(7, Entry::Out, 0.1, 10.0, 2),
                deal(7, Entry::Out, 0.1, 10.0, 3),
                deal(8, Entry::In, 0.1, 0.0, 3),
                deal(8, Entry::Out, 0.1, 0.5, 4),
                deal(7, Entry::Out, 0.1, -5.0, 25),
            ],
        );
        let [tuesday, monday] = rows.as_slice() else {
            panic!("{rows:?}");
        };
        assert_eq!(monday.group, Group::Period(Reverse(MONDAY)));
        let (first, second) = (monday.figures, tuesday.figures);
        // Two of the costs of the first trade were on Monday, but it was closed on Tuesday.
        assert_eq!((first.deals, first.trades, first.wins), (5, 1, 0));
        assert_eq!((first.net(), first.commission), (15.5, -5.0));
        assert_eq!((first.gained, first.lost), (0.0, 1.5));
        assert_eq!(first.profit_factor(), Some(0.0));
        assert_eq!((second.deals, second.trades, second.wins), (1, 1, 1));
        assert_eq!(
            (second.net(), second.gained, second.lost),
            (-6.0, 11.0, 0.0)
        );
        assert_eq!(second.profit_factor(), None);
        assert_eq!(second.win_rate(), Some(1.0));
    }

    #[test]
    fn what_was_opened_before_counts_for_the_trade_and_not_for_the_money() {
        let rows = reckoned(
            By::Week,
            &[deal(7, Entry::In, 0.1, 0.0, -200)],
            &[deal(7, Entry::Out, 0.1, 1.5, 1)],
        );
        let figures = rows[0].figures;
        assert_eq!((figures.deals, figures.net()), (1, 0.5));
        assert_eq!((figures.trades, figures.wins, figures.lost), (1, 0, 0.5));
    }

    #[test]
    fn a_position_that_turns_around_ends_one_trade_and_begins_another() {
        let rows = reckoned(
            By::Day,
            &[],
            &[
                deal(7, Entry::In, 0.1, 0.0, 1),
                deal(7, Entry::InOut, 0.3, 20.0, 2),
                deal(7, Entry::Out, 0.1, 1.0, 3),
                deal(7, Entry::Out, 0.1, 4.0, 4),
            ],
        );
        let figures = rows[0].figures;
        assert_eq!((figures.trades, figures.wins), (2, 2));
        assert_eq!((figures.gained, figures.net()), (21.0, 21.0));
    }

    #[test]
    fn what_nobody_reported_the_beginning_of_is_a_trade_by_what_is_known() {
        let deals = [
            deal(9, Entry::Out, 0.1, 3.0, 1),
            deal(0, Entry::In, 0.1, 0.0, 2),
            deal(0, Entry::Out, 0.1, -3.0, 3),
        ];
        let figures = reckoned(By::Month, &[], &deals)[0].figures;
        assert_eq!((figures.trades, figures.wins), (2, 1));
        assert_eq!((figures.gained, figures.lost), (2.0, 4.0));
    }

    #[test]
    fn a_stop_belongs_to_the_strategy_that_opened_the_position() {
        let mut transfer = deal(0, Entry::Balance, 0.0, 1_000.0, 0);
        transfer.deal.commission = 0.0;
        let deals = [
            transfer,
            of(deal(7, Entry::In, 0.1, 0.0, 1), 5),
            deal(7, Entry::Out, 0.1, -9.0, 2),
            deal(8, Entry::Out, 0.1, 2.0, 2),
        ];
        let rows = reckoned(By::Strategy, &[], &deals);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.group, row.figures.net()))
            .collect();
        let five = StrategyId(Uuid::from_u128(5));
        assert_eq!(
            told,
            [
                (Group::Strategy(None), 1.0),
                (Group::Strategy(Some(five)), -11.0)
            ]
        );
    }

    #[test]
    fn accounts_are_never_mixed() {
        let mut other = deal(7, Entry::Out, 0.1, 5.0, 2);
        other.broker_account = broker(2);
        let deals = [deal(7, Entry::In, 0.1, 0.0, 1), other];
        let rows = reckoned(By::Day, &[], &deals);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].figures.trades, 0);
        assert_eq!(rows[1].figures.gained, 4.0);
    }

    #[test]
    fn money_paid_out_is_no_fall_and_a_day_begins_where_the_last_ended() {
        let mut reckoner = Reckoner::new(By::Day);
        let mut paid = deal(0, Entry::Balance, 0.0, -500.0, 3);
        paid.deal.commission = 0.0;
        reckoner.deal(&paid);
        for (hour, value) in [
            (1, 1_000.0),
            (2, 900.0),
            (4, 520.0),
            (25, 400.0),
            (26, 600.0),
        ] {
            reckoner.equity(broker(1), &equity(hour, value));
        }
        let rows = reckoner.rows();
        let falls: Vec<_> = rows
            .iter()
            .map(|row| row.figures.drawdown.unwrap())
            .collect();
        assert_eq!((falls[1].depth, falls[1].part), (100.0, Some(0.1)));
        // From 520 at the end of Monday to 400: nothing else began on Tuesday.
        assert_eq!(
            (falls[0].depth, falls[0].part),
            (120.0, Some(120.0 / 520.0))
        );
        assert_eq!(rows[1].figures.transfers, -500.0);
        assert_eq!(rows[1].figures.net(), 0.0);
        assert_eq!(rows[0].group, Group::Period(Reverse(Time(MONDAY.0 + DAY))));
    }
}
