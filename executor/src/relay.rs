//! Between the service and the server: what is to be reported goes to the uplink's counter, what the
//! server says to the service. What the counter loses the journal gives again.

use crate::{
    journal::{AccountRow, JournalFault},
    note::Matter,
    service::{Active, Out, Service, Told},
    share::Errand,
    uplink::{FromServer, ReportToken, UplinkHandle},
};
use protocol::{
    api::{
        command::Outcome,
        report::MOST,
        strategy::{ActiveStrategies, ActiveStrategy},
        text::Remark,
    },
    id::{AccountId, CommandId},
};
use std::collections::{BTreeMap, BTreeSet};
use trading::time::{MINUTE, SECOND, Time};

/// From one report without deals to the next of an account, in milliseconds.
const EVERY: i64 = 5 * SECOND;
/// How long an account is left alone whose report the server may take later.
const LATER: i64 = MINUTE;
/// For how long deals go alone after a report was refused that told more.
const BARE: i64 = 10 * MINUTE;

/// What is said between the service and the server.
#[derive(Debug)]
pub struct Relay {
    uplink: UplinkHandle,
    /// Whose this computer is at the server, once that was said, and whether it is written down.
    owner: Option<Option<AccountId>>,
    is_owned: bool,
    next_token: u64,
    under_way: BTreeMap<ReportToken, Told>,
    /// Receipts that are under way, and those that the server may take later with that time.
    receipts: BTreeMap<CommandId, Option<Time>>,
    accounts: BTreeMap<AccountRow, Pace>,
    active: Vec<Active>,
    /// What the server could not say of strategies that it has told already.
    strange: BTreeSet<String>,
}

/// How an account is reported.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// Not before then, whatever there is.
    earliest: Time,
    /// When there was a report last.
    last: Time,
    /// How many deals go into one report: fewer once the server refused some.
    most: usize,
    /// Until then deals go alone: the server refused a report that told more.
    bare_until: Time,
}

/// What came of a message of the server's.
#[derive(Debug, Default)]
pub struct Heard {
    /// What the service wants done.
    pub outs: Vec<Out>,
    /// For people.
    pub matters: Vec<Matter>,
}

impl Relay {
    /// A relay over this uplink.
    pub fn new(uplink: UplinkHandle) -> Self {
        Self {
            uplink,
            owner: None,
            is_owned: false,
            next_token: 1,
            under_way: BTreeMap::new(),
            receipts: BTreeMap::new(),
            accounts: BTreeMap::new(),
            active: Vec::new(),
            strange: BTreeSet::new(),
        }
    }

    /// Tells the server of a command that cannot be written down here.
    pub fn unwritten(&self, id: CommandId, why: &str) {
        // No room: it is told by the command's time, which runs out.
        let _ = self.uplink.receipt(id, Outcome::Failed, why);
    }

    /// The way to the server, for who asks it something.
    pub const fn uplink(&self) -> &UplinkHandle {
        &self.uplink
    }

    /// Has something done at the server that is about the broker; says whether it is on its way.
    pub fn errand(&self, errand: Errand) -> bool {
        self.uplink.errand(errand).is_ok()
    }

    /// Leaves at the counter what is to be said now: deals at once, the rest now and then. An account
    /// has one report under way at a time, so that its deals arrive in their order. Before the server
    /// has said whose this computer is, nothing is told. `now` is by the server's clock, and goes
    /// forward whatever is done to ours. What people are to be told of it comes back.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn offer(
        &mut self,
        service: &mut Service,
        remark: &Remark,
        now: Time,
    ) -> Result<Vec<Matter>, JournalFault> {
        let mut matters = Vec::new();
        self.uplink.health(service.health(remark.clone()));
        if !self.is_owned {
            let Some(owner) = self.owner else {
                return Ok(matters);
            };
            let deals = owner.map_or(Ok(0), |owner| service.owned_by(owner))?;
            if deals > 0 {
                matters.push(Matter::Former { deals });
            }
            self.is_owned = true;
        }
        for account in service.accounts()? {
            self.offer_report(account, service, now)?;
        }
        for (id, given) in service.ends()? {
            let waits = self.receipts.get(&id);
            if waits.is_some_and(|until| until.is_none_or(|until| now < until)) {
                continue;
            }
            let outcome = if given.is_done {
                Outcome::Executed
            } else {
                Outcome::Failed
            };
            if self.uplink.receipt(id, outcome, &given.text).is_ok() {
                self.receipts.insert(id, None);
            }
        }
        Ok(matters)
    }

    fn offer_report(
        &mut self,
        account: AccountRow,
        service: &Service,
        now: Time,
    ) -> Result<(), JournalFault> {
        let pace = self.accounts.entry(account).or_insert(Pace {
            earliest: now,
            last: Time(i64::MIN),
            most: MOST,
            bare_until: Time(i64::MIN),
        });
        let is_under_way = self.under_way.values().any(|told| told.account == account);
        if is_under_way || now < pace.earliest {
            return Ok(());
        }
        let is_due = now.0.saturating_sub(pace.last.0) >= EVERY;
        if !is_due && !service.has_deals(account)? {
            return Ok(());
        }
        let Some(mut told) = service.report(account, pace.most, now)? else {
            return Ok(());
        };
        if now < pace.bare_until {
            told.report.positions = None;
            told.report.equity.clear();
        }
        pace.last = now;
        let token = ReportToken(self.next_token);
        if self.uplink.report(token, told.report.clone()).is_ok() {
            self.next_token += 1;
            self.under_way.insert(token, told);
        }
        Ok(())
    }

    /// The server says something.
    ///
    /// # Errors
    /// When the journal cannot be read or written.
    pub fn hear(
        &mut self,
        message: FromServer,
        service: &mut Service,
        now: Time,
    ) -> Result<Heard, JournalFault> {
        let mut heard = Heard::default();
        match message {
            FromServer::Strategies(ActiveStrategies { items }) => {
                self.active = items.into_iter().map(active).collect();
                heard.outs = service.strategies(self.active.clone(), now);
            }
            FromServer::Strange {
                strategy,
                version,
                why,
            } => {
                let strategy = format!("{strategy} v{version}");
                if self.strange.insert(strategy.clone()) {
                    let why = why.to_string();
                    heard.matters.push(Matter::Cannot { strategy, why });
                }
            }
            FromServer::Command(command) => heard.outs = service.command(&command, now),
            FromServer::Reported { token, account } => {
                if let Some(told) = self.under_way.remove(&token) {
                    service.confirmed(&told, account)?;
                }
            }
            FromServer::NotReported {
                token,
                why,
                is_later,
            } => {
                if let Some(told) = self.under_way.remove(&token) {
                    self.refused(&told, is_later, service, now)?;
                }
                heard.matters.push(Matter::NotTaken { why });
            }
            FromServer::Receipted(command) => {
                self.receipts.remove(&command);
                service.end_confirmed(command)?;
            }
            FromServer::NotReceipted {
                command,
                why,
                is_later,
            } => {
                if is_later {
                    self.receipts.insert(command, Some(Time(now.0 + LATER)));
                } else {
                    self.receipts.remove(&command);
                    service.end_confirmed(command)?;
                }
                heard.matters.push(Matter::NotTaken { why });
            }
            FromServer::Owner(owner) => self.owner = Some(owner),
            // Said to others, who heard it first.
            FromServer::Came(_) | FromServer::Newer(_) | FromServer::Clock(_) => {}
            FromServer::Online => heard.matters.push(Matter::Online),
            FromServer::Offline { why } => heard.matters.push(Matter::Offline { why }),
            FromServer::Trouble { why } => heard.matters.push(Matter::Trouble { why }),
            FromServer::GraceOver => {
                heard.outs = self.hold_back(service, now);
                heard.matters.push(Matter::GraceOver);
            }
            FromServer::Revoked => {
                heard.outs = self.hold_back(service, now);
                heard.matters.push(Matter::Revoked);
            }
        }
        Ok(heard)
    }

    /// The same strategies, and none of them opens anything.
    fn hold_back(&self, service: &mut Service, now: Time) -> Vec<Out> {
        let mut held = self.active.clone();
        for one in &mut held {
            one.is_paused = true;
        }
        service.strategies(held, now)
    }

    /// One deal that cannot be taken must not stand before all others: reports become smaller until
    /// it is alone, and then it stays here.
    fn refused(
        &mut self,
        told: &Told,
        is_later: bool,
        service: &mut Service,
        now: Time,
    ) -> Result<(), JournalFault> {
        let Some(pace) = self.accounts.get_mut(&told.account) else {
            return Ok(());
        };
        if is_later || told.tickets.is_empty() {
            pace.earliest = Time(now.0 + LATER);
            return Ok(());
        }
        let has_more = told.report.positions.is_some() || !told.report.equity.is_empty();
        if has_more {
            // It may be what was told beside them.
            pace.bare_until = Time(now.0 + BARE);
            return Ok(());
        }
        if told.tickets.len() > 1 {
            pace.most = told.tickets.len() / 2;
            return Ok(());
        }
        pace.most = MOST;
        service.set_aside(told)
    }
}

fn active(one: ActiveStrategy) -> Active {
    Active {
        strategy: one.strategy,
        version: one.version,
        document: one.document,
        login: one.login,
        is_paused: one.is_paused,
    }
}

#[cfg(test)]
mod tests {
    use super::{EVERY, FromServer, Relay, Remark, Time};
    use crate::{
        demo,
        journal::Journal,
        paper::PaperTerminal,
        service::{Rules, Seat, Service},
        uplink::UplinkHandle,
    };
    use backtest::{market::Market, venue::Venue};
    use protocol::{id::AccountId, link::Nonce};
    use trading::timeframe::Timeframe;

    const SEAT: Seat = Seat(1);

    /// A service at which a terminal is.
    fn service() -> Service {
        let bars = demo::history().unwrap();
        let venue = Venue::typical(&"XAUUSD".parse().unwrap()).unwrap();
        let market = Market::new(&bars, &venue);
        let mut terminal = PaperTerminal::new(&market, &venue, Timeframe::H1);
        terminal.skip(100);
        let mut service = Service::new(Journal::in_memory().unwrap(), Rules::default());
        service.arrived(SEAT, terminal.hello(Nonce([1; 32])), terminal.now());
        for said in terminal.standing() {
            service.heard(SEAT, said, terminal.now());
        }
        service
    }

    #[test]
    fn nothing_is_told_before_it_is_known_to_whom() {
        let (handle, mut reported) = UplinkHandle::unheard();
        let (mut relay, mut service) = (Relay::new(handle), service());
        // By the server's clock, which is another than that of this computer.
        let mut now = Time(1_700_000_000_000);
        let mut offer = |relay: &mut Relay, service: &mut Service, now| {
            let matters = relay.offer(service, &Remark::default(), now).unwrap();
            assert!(matters.is_empty());
            reported()
        };
        assert_eq!(offer(&mut relay, &mut service, now), None);
        let owner = Some(AccountId(uuid::Uuid::from_u128(1)));
        let heard = relay.hear(FromServer::Owner(owner), &mut service, now);
        assert!(heard.unwrap().outs.is_empty());
        let (token, report) = offer(&mut relay, &mut service, now).unwrap();
        assert_eq!(report.equity[0].at, now);
        assert_eq!(report.positions.unwrap().at, now);
        // One at a time, and the next after a while.
        now.0 += EVERY;
        assert_eq!(offer(&mut relay, &mut service, now), None);
        let account = None;
        let arrived = FromServer::Reported { token, account };
        relay.hear(arrived, &mut service, now).unwrap();
        let (_, report) = offer(&mut relay, &mut service, now).unwrap();
        assert_eq!(report.equity[0].at, now);
    }

    #[test]
    fn a_server_that_says_no_owner_is_told_all_the_same() {
        let (handle, mut reported) = UplinkHandle::unheard();
        let (mut relay, mut service) = (Relay::new(handle), service());
        let now = Time(1_700_000_000_000);
        let heard = relay.hear(FromServer::Owner(None), &mut service, now);
        assert!(heard.unwrap().matters.is_empty());
        relay.offer(&mut service, &Remark::default(), now).unwrap();
        assert!(reported().is_some());
    }
}
