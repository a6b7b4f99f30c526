//! Random lives of a subscription, of which we know day by day what was paid; their events in any
//! order, with duplicates. Never a paid user locked out, never an unpaid one let in.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use billing::{
    money::{Currency, Money},
    plan::{Interval, PlanId, Plans},
    subscription::{
        Dispute, DisputeStatus, Fact, Failed, GRACE, Ledger, Observed, Paid, Ref, Refund, Snapshot,
        Status, Terms,
    },
};
use proptest::{collection::vec, prelude::*};
use trading::time::{DAY, HOUR, Time};

/// What happens in a month.
#[derive(Debug, Clone)]
enum Month {
    /// It is paid an hour after it began.
    Paid,
    /// The payment fails and is made good after so many days.
    Late(i64),
    /// The payment fails for good: the provider ends it after so many days.
    Never(i64),
    /// It is paid, and on some day changed to the better plan, which is paid too.
    Upgraded(i64),
    /// It is paid, and on some day an upgrade is tried with a bad card.
    UpgradeFailed(i64),
    /// It is paid, and on some day changed to the lesser plan.
    Downgraded(i64),
    /// It is paid, and on some day all the money is given back.
    Refunded(i64),
    /// It is paid, disputed on some day, and decided four days later.
    Disputed(i64, bool),
    /// It is paid, and cancelled on some day: it ends with the month.
    Cancelled(i64),
    /// It is paid, and ended at once on some day, without money going back.
    Ended(i64),
}

fn month() -> impl Strategy<Value = Month> {
    let day = || 1..25_i64;
    prop_oneof![
        4 => Just(Month::Paid),
        2 => (1..20_i64).prop_map(Month::Late),
        1 => (8..20_i64).prop_map(Month::Never),
        2 => day().prop_map(Month::Upgraded),
        1 => day().prop_map(Month::UpgradeFailed),
        2 => day().prop_map(Month::Downgraded),
        1 => day().prop_map(Month::Refunded),
        1 => (1..20_i64, any::<bool>()).prop_map(|(day, won)| Month::Disputed(day, won)),
        1 => day().prop_map(Month::Cancelled),
        1 => day().prop_map(Month::Ended),
    ]
}

fn plan(rank: usize) -> PlanId {
    ["free", "trader", "pro"][rank].parse().unwrap()
}

/// The truth from some moment on: what must count at least, and what may count at most.
#[derive(Debug, Clone, Copy)]
struct Truth {
    at: Time,
    least: usize,
    most: usize,
}

#[derive(Default)]
struct Life {
    events: Vec<(Time, Fact)>,
    truth: Vec<Truth>,
    rank: usize,
    start: i64,
    ends: bool,
    invoices: u32,
}

impl Life {
    fn truth(&mut self, at: i64, least: usize, most: usize) {
        self.truth.push(Truth {
            at: Time(at),
            least,
            most,
        });
    }

    fn tell(&mut self, at: i64, status: Status) {
        let fact = Fact::Subscription(Snapshot {
            subscription: Ref::stripe("sub_1"),
            customer: Some("cus_1".into()),
            plan: plan(self.rank),
            interval: Interval::Month,
            status,
            period_start: Time(self.start),
            period_end: Time(self.start + 30 * DAY),
            trial_end: None,
            ends_at: self.ends.then_some(Time(self.start + 30 * DAY)),
            observed: Observed::told(Time(at)),
        });
        self.events.push((Time(at), fact));
    }

    fn invoice(&mut self) -> Ref {
        self.invoices += 1;
        Ref::stripe(format!("in_{}", self.invoices))
    }

    fn pay(&mut self, payment: &Ref, at: i64, from: i64) {
        let fact = Fact::Paid(Paid {
            payment: payment.clone(),
            paid_at: Time(at),
            subscription: Ref::stripe("sub_1"),
            plan: plan(self.rank),
            from: Time(from),
            until: Time(self.start + 30 * DAY),
            amount: Money::new(2_900, Currency::Usd),
        });
        self.events.push((Time(at), fact));
    }

    fn fail(&mut self, payment: &Ref, at: i64) {
        let fact = Fact::Failed(Failed {
            payment: payment.clone(),
            at: Time(at),
            subscription: Ref::stripe("sub_1"),
        });
        self.events.push((Time(at), fact));
    }

    /// Lives a month. Says whether another one follows.
    fn month(&mut self, month: &Month, first: bool) -> bool {
        let begin = self.start;
        let end = begin + 30 * DAY;
        let due = if first { begin } else { begin + HOUR };
        let payment = self.invoice();
        self.tell(
            begin,
            if first {
                Status::Incomplete
            } else {
                Status::Active
            },
        );
        // The hour in which the provider says "active" and asks for the money.
        let (waits, rank) = (usize::from(!first) * self.rank, self.rank);
        self.truth(begin, 0, waits);
        let on = |day: i64| begin + day * DAY;
        if let Month::Late(days) | Month::Never(days) = month {
            self.fail(&payment, due);
            self.tell(
                due,
                if first {
                    Status::Incomplete
                } else {
                    Status::PastDue
                },
            );
            // Within the grace it may count, if there ever was anything; after it, it must not.
            self.truth(due, 0, waits);
            let back = due + days * DAY;
            // It is tried again every other day, and fails again.
            for retry in (1..*days).step_by(2).map(|day| due + day * DAY) {
                self.fail(&payment, retry);
                if !first {
                    self.tell(retry, Status::PastDue);
                }
            }
            if back > due + GRACE {
                self.truth(due + GRACE, 0, 0);
            }
            if matches!(month, Month::Never(_)) {
                self.truth(back, 0, 0);
                let status = if first {
                    Status::Expired
                } else {
                    Status::Canceled
                };
                self.tell(back, status);
                return false;
            }
            self.truth(back, rank, rank);
            self.pay(&payment, back, begin);
            self.tell(back, Status::Active);
            self.start = end;
            return true;
        }
        self.pay(&payment, due, begin);
        self.truth(due, rank, rank);
        self.tell(due, Status::Active);
        let goes_on = match month {
            Month::Upgraded(day) => {
                self.rank = 2;
                let upgrade = self.invoice();
                self.pay(&upgrade, on(*day), on(*day));
                self.truth(on(*day), 2, 2);
                self.tell(on(*day), Status::Active);
                true
            }
            Month::UpgradeFailed(day) => {
                // A pending update: the subscription stays as it is and in good standing.
                let upgrade = self.invoice();
                self.fail(&upgrade, on(*day));
                self.tell(on(*day), Status::Active);
                self.truth(on(*day), rank, rank);
                true
            }
            Month::Downgraded(day) => {
                self.rank = 1;
                self.truth(on(*day), 1, 1);
                self.tell(on(*day), Status::Active);
                true
            }
            Month::Refunded(day) => {
                let fact = Fact::Refund(Refund {
                    charge: Ref::stripe(payment.id.replace("in", "ch")),
                    observed: Observed::told(Time(on(*day))),
                    payment: payment.clone(),
                    refunded: Money::new(2_900, Currency::Usd),
                });
                self.events.push((Time(on(*day)), fact));
                self.truth(on(*day), 0, 0);
                true
            }
            Month::Disputed(day, won) => {
                let decided = if *won {
                    DisputeStatus::Won
                } else {
                    DisputeStatus::Lost
                };
                for (day, status) in [(*day, DisputeStatus::Open), (day + 4, decided)] {
                    let fact = Fact::Dispute(Dispute {
                        dispute: Ref::stripe(payment.id.replace("in", "dp")),
                        observed: Observed::told(Time(on(day))),
                        payment: payment.clone(),
                        status,
                    });
                    self.events.push((Time(on(day)), fact));
                    let rank = rank * usize::from(status == DisputeStatus::Won);
                    self.truth(on(day), rank, rank);
                }
                true
            }
            Month::Cancelled(day) => {
                self.ends = true;
                self.tell(on(*day), Status::Active);
                false
            }
            Month::Ended(day) => {
                self.tell(on(*day), Status::Canceled);
                false
            }
            _ => true,
        };
        if !goes_on {
            self.truth(end, 0, 0);
            // The provider says so a little later: it must not count in between.
            if self.ends {
                self.tell(end + HOUR, Status::Canceled);
            }
        }
        self.start = end;
        goes_on
    }
}

fn life(months: &[Month]) -> Life {
    let mut life = Life {
        rank: 1,
        start: 20_000 * DAY,
        ..Life::default()
    };
    for (number, month) in months.iter().enumerate() {
        if !life.month(month, number == 0) {
            return life;
        }
    }
    // Afterwards the provider would have said something: we look no further.
    let end = life.start;
    life.truth(end, 0, 2);
    life
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn paid_is_in_and_unpaid_is_out(
        months in vec(month(), 1..6),
        when in 0.0_f64..1.1,
        order in vec(any::<u64>(), 60),
        edge in prop::option::of((any::<prop::sample::Index>(), -1..2_i64)),
    ) {
        let life = life(&months);
        let begin = 20_000 * DAY;
        // Any moment, or one at the edge of what happens.
        let now = match edge {
            Some((index, by)) => Time(index.get(&life.truth).at.0 + by),
            None => Time(begin + ((life.start - begin) as f64 * when) as i64),
        };
        let now = now.max(Time(begin));
        // All that has happened by then has arrived: in any order, and some of it twice.
        let mut arrived: Vec<_> = life.events.iter().filter(|(at, _)| *at <= now).collect();
        arrived.extend(arrived.clone().into_iter().step_by(2));
        let mut shuffled: Vec<_> = arrived.iter().zip(order.iter().cycle()).collect();
        shuffled.sort_by_key(|(_, key)| **key);
        let mut ledger = Ledger::default();
        for ((_, fact), _) in shuffled {
            ledger.record(fact.clone());
        }
        let truth = life.truth.iter().rev().find(|truth| truth.at <= now);
        let truth = truth.unwrap();
        let plans = Plans::default();
        let terms = Terms { plans: &plans, test_mode: false };
        let standing = ledger.standing(&terms, now);
        let rank = plans.rank(&standing.plan);
        prop_assert!(rank >= truth.least, "locked out: {truth:?} {standing:?}");
        prop_assert!(rank <= truth.most, "let in: {truth:?} {standing:?}");
    }
}
