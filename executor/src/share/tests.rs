//! The sharer between a paper terminal and a server that keeps what it is given.

use super::{Errand, Return, Settings, Sharer, Want};
use crate::{paper::PaperTerminal, service::Seat};
use backtest::{market::Market, venue::Venue};
use protocol::{
    api::market::{BrokerHistory, BrokerMarket, BrokerMarkets},
    id::BrokerAccountId,
    link::{FromTerminal, Nonce},
};
use std::collections::BTreeMap;
use trading::{
    bar::{Bar, Bars},
    time::{DAY, HOUR, MINUTE, SECOND, Time},
    timeframe::Timeframe,
};

const SEAT: Seat = Seat(1);
/// Between two closes.
const BEGIN: Time = Time(1_700_000_000_000);

fn gold() -> Bars {
    crate::demo::history().unwrap().head(4_500)
}

/// What a server has.
#[derive(Default)]
struct Server {
    specs: Vec<f64>,
    bars: BTreeMap<i64, Bar>,
    uploads: Vec<(i64, i64)>,
    lists: usize,
    refuses: Option<Return>,
}

impl Server {
    fn takes(&mut self, errand: Errand) -> Return {
        if let Some(refused) = &self.refuses {
            return refused.clone();
        }
        match errand {
            Errand::List => {
                self.lists += 1;
                return Return::Listed(self.list());
            }
            Errand::Spec(new) => {
                assert_eq!(new.fault(), None);
                self.specs.push(new.spec.swap_long);
            }
            Errand::Bars(new) => {
                assert_eq!(new.fault(Time(i64::MAX - DAY)), None);
                let bars = &new.bars.0;
                let span = (bars.time[0], *bars.time.last().unwrap());
                self.bars
                    .retain(|time, _| !(span.0..=span.1).contains(time));
                self.bars.extend(bars.iter().map(|bar| (bar.time.0, bar)));
                self.uploads.push(span);
            }
        }
        Return::Kept
    }

    fn list(&self) -> BrokerMarkets {
        let history = |(first, last): (&i64, &i64)| BrokerHistory {
            timeframe: Timeframe::H1,
            bars: self.bars.len() as u64,
            bytes: 1,
            first: Time(*first),
            last: Time(*last),
        };
        let ends = self.bars.keys().next().zip(self.bars.keys().next_back());
        BrokerMarkets {
            items: vec![BrokerMarket {
                broker_account: BrokerAccountId(uuid::Uuid::nil()),
                login: protocol::api::report::BrokerLogin {
                    login: 1,
                    server: "Phoenix-Paper".parse().unwrap(),
                },
                symbol: "XAUUSD".parse().unwrap(),
                spec_at: Time(0),
                histories: ends.map(history).into_iter().collect(),
            }],
            bytes: 1,
            most_bytes: 2,
        }
    }
}

fn sharer(share_history: bool) -> Sharer {
    Sharer::new(Settings {
        share_history,
        server_zone: None,
    })
}

/// Lets so many seconds pass.
fn pass(
    sharer: &mut Sharer,
    terminal: &mut PaperTerminal<'_>,
    server: &mut Server,
    now: &mut Time,
    seconds: i64,
) {
    for _ in 0..seconds {
        now.0 += SECOND;
        for want in sharer.look(true, *now) {
            match want {
                Want::Ask(seat, question) => {
                    for said in terminal.on(question) {
                        sharer.heard(seat, &said, *now);
                    }
                }
                Want::Do(errand) => {
                    let came = server.takes(errand);
                    sharer.came(came, *now);
                }
            }
        }
    }
}

fn arrive(sharer: &mut Sharer, terminal: &PaperTerminal<'_>, now: Time) {
    sharer.arrived(SEAT, &terminal.hello(Nonce([0; 32])), now);
    let market = ("XAUUSD".parse().unwrap(), Timeframe::H1);
    sharer.traded(SEAT, &[market].into(), now);
}

/// A terminal whose history has so many bars, and what happens there.
fn with(passed: usize, work: impl FnOnce(&mut PaperTerminal<'_>)) {
    let (bars, venue) = (gold(), Venue::typical(&"XAUUSD".parse().unwrap()).unwrap());
    let market = Market::new(&bars, &venue);
    let mut terminal = PaperTerminal::new(&market, &venue, Timeframe::H1);
    terminal.skip(passed);
    work(&mut terminal);
}

#[test]
fn without_leave_no_bar_is_asked_for() {
    with(4_000, |terminal| {
        let (mut sharer, mut server, mut now) = (sharer(false), Server::default(), BEGIN);
        arrive(&mut sharer, terminal, now);
        pass(&mut sharer, terminal, &mut server, &mut now, 8 * 3_600);
        // Asked again after hours, and not uploaded again: it is the same.
        assert_eq!(server.specs, [0.0]);
        assert_eq!((server.lists, server.bars.len()), (0, 0));
    });
    assert!(!Settings::default().share_history);
}

#[test]
fn a_specification_goes_again_when_it_differs() {
    with(4_000, |terminal| {
        let (mut sharer, mut server, mut now) = (sharer(false), Server::default(), BEGIN);
        arrive(&mut sharer, terminal, now);
        let said = {
            let question = protocol::link::executor::SpecRequest {
                request: protocol::link::part::Request(5),
                symbol: "XAUUSD".parse().unwrap(),
            };
            let mut said = terminal.on(protocol::link::FromExecutor::SpecRequest(question));
            let Some(FromTerminal::Spec(spec)) = said.pop() else {
                panic!("{said:?}");
            };
            spec
        };
        let hear =
            |sharer: &mut Sharer, change: &dyn Fn(&mut protocol::link::terminal::Spec), now| {
                let mut said = said.clone();
                change(&mut said);
                sharer.heard(SEAT, &FromTerminal::Spec(said), now);
            };
        // Before the first price a tick is worth nothing: nobody is told that.
        hear(&mut sharer, &|spec| spec.tick_value = 0.0, now);
        pass(&mut sharer, terminal, &mut server, &mut now, 5);
        assert_eq!(server.specs, [0.0; 0]);
        for (swap, worth) in [(-3.0, 1.0), (-3.0, 1.001), (-4.0, 1.0), (-4.0, 1.1)] {
            hear(
                &mut sharer,
                &|spec| {
                    spec.swap_long = swap;
                    spec.tick_value *= worth;
                },
                now,
            );
            pass(&mut sharer, terminal, &mut server, &mut now, 5);
        }
        assert_eq!(server.specs, [-3.0, -4.0, -4.0]);
        // What the server does not take is brought again, and not before long.
        server.refuses = Some(Return::Refused { is_later: true });
        hear(&mut sharer, &|spec| spec.swap_long = -5.0, now);
        pass(&mut sharer, terminal, &mut server, &mut now, 60);
        server.refuses = None;
        pass(&mut sharer, terminal, &mut server, &mut now, 60);
        assert_eq!(server.specs.len(), 3);
        pass(&mut sharer, terminal, &mut server, &mut now, 600);
        assert_eq!(server.specs[3..], [-5.0]);
    });
}

#[test]
fn a_history_goes_from_its_end_to_its_beginning() {
    with(4_000, |terminal| {
        let (mut sharer, mut server, mut now) = (sharer(true), Server::default(), BEGIN);
        arrive(&mut sharer, terminal, now);
        pass(&mut sharer, terminal, &mut server, &mut now, 60);
        let bars = gold();
        let there: Vec<i64> = server.bars.keys().copied().collect();
        let closed = bars
            .time
            .iter()
            .position(|time| Some(time) == there.last())
            .unwrap()
            + 1;
        assert!((3_990..=4_000).contains(&closed), "{closed}");
        assert_eq!(there, bars.time[..closed]);
        assert_eq!(server.bars.values().next().unwrap().close, bars.close[0]);
        let begins: Vec<i64> = server.uploads.iter().map(|(first, _)| *first).collect();
        assert!(begins.windows(2).all(|two| two[0] > two[1]), "{begins:?}");
        // From then on nothing but what is new.
        let before = server.uploads.len();
        pass(&mut sharer, terminal, &mut server, &mut now, 2 * 3_600);
        assert_eq!(server.uploads.len(), before);
        terminal.skip(7);
        pass(&mut sharer, terminal, &mut server, &mut now, 2 * 3_600);
        assert_eq!(server.uploads.len(), before + 1);
        assert_eq!(server.bars.len(), closed + 7);
    });
}

#[test]
fn what_was_missed_goes_oldest_first() {
    let mut server = Server::default();
    with(1_500, |terminal| {
        let (mut sharer, mut now) = (sharer(true), BEGIN);
        arrive(&mut sharer, terminal, now);
        pass(&mut sharer, terminal, &mut server, &mut now, 60);
    });
    let (had, uploads) = (server.bars.len(), server.uploads.len());
    assert!(had > 1_490, "{had}");
    // Another day, another program: it knows what the server says.
    with(4_400, |terminal| {
        let (mut sharer, mut now) = (sharer(true), Time(BEGIN.0 + DAY));
        arrive(&mut sharer, terminal, now);
        pass(&mut sharer, terminal, &mut server, &mut now, 120);
    });
    let times: Vec<i64> = server.bars.keys().copied().collect();
    assert_eq!(times, gold().time[..times.len()]);
    assert!(times.len() > 4_390, "{}", times.len());
    let begins: Vec<i64> = server.uploads[uploads..]
        .iter()
        .map(|(first, _)| *first)
        .collect();
    assert_eq!(begins.len(), 3, "{begins:?}");
    // Wherever it had ended, what the server has would have been one piece.
    assert!(begins.windows(2).all(|two| two[0] < two[1]), "{begins:?}");
    assert!(begins[0] <= gold().time[had - 1]);
}

#[test]
fn nothing_is_asked_while_a_bar_closes() {
    with(4_000, |terminal| {
        let (mut sharer, mut now) = (sharer(true), Time(BEGIN.0 - BEGIN.0 % HOUR));
        arrive(&mut sharer, terminal, Time(now.0 - DAY));
        let mut asked = Vec::new();
        for second in 0..2 * 3_600 {
            now.0 += SECOND;
            for want in sharer.look(true, now) {
                match want {
                    Want::Ask(..) => asked.push(second + 1),
                    Want::Do(errand) => {
                        let came = Server::default().takes(errand);
                        sharer.came(came, now);
                    }
                }
            }
        }
        // Nobody answers: it is asked again and again, and never near a half hour.
        assert!(asked.len() > 50, "{}", asked.len());
        for second in asked {
            let since = (second * SECOND) % (30 * MINUTE);
            assert!(
                (3 * SECOND..30 * MINUTE - 5 * SECOND).contains(&since),
                "{second}"
            );
        }
    });
}

#[test]
fn a_server_that_is_full_or_away_is_left_alone() {
    with(4_000, |terminal| {
        let (mut sharer, mut server, mut now) = (sharer(true), Server::default(), BEGIN);
        arrive(&mut sharer, terminal, now);
        assert!(
            sharer
                .look(false, now)
                .iter()
                .all(|want| !matches!(want, Want::Do(_)))
        );
        // The terms and the list are taken, and then nothing any more.
        for _ in 0..60 {
            if server.uploads.is_empty() {
                pass(&mut sharer, terminal, &mut server, &mut now, 1);
            }
        }
        assert_eq!(server.uploads.len(), 1);
        server.refuses = Some(Return::Refused { is_later: true });
        pass(&mut sharer, terminal, &mut server, &mut now, 1_800);
        server.refuses = None;
        let had = server.uploads.len();
        pass(&mut sharer, terminal, &mut server, &mut now, 600);
        assert_eq!(server.uploads.len(), had, "an hour is not over");
        pass(&mut sharer, terminal, &mut server, &mut now, 3_600);
        assert!(server.bars.len() > 3_990, "{}", server.bars.len());
        // Never is never.
        server.refuses = Some(Return::Refused { is_later: false });
        terminal.skip(3);
        pass(&mut sharer, terminal, &mut server, &mut now, 2 * 3_600);
        server.refuses = None;
        let had = server.uploads.len();
        pass(&mut sharer, terminal, &mut server, &mut now, 3 * 3_600);
        assert_eq!(server.uploads.len(), had);
    });
}
