//! What the pages need to know of an account: who reports, for which accounts at brokers, and what
//! strategies are called. Everything is the account's own: a name that is not in here is nobody's.

use protocol::{
    api::{
        command::{Action, Command, CommandState, Target},
        heartbeat::Executor,
        report::{KeptPositions, Position},
    },
    id::{AccountId, BrokerAccountId, ExecutorId, StrategyId},
};
use site::live::{AccountLine, CommandLine, Deed, ExecutorLine, PositionLine, Reach, State, Worth};
use std::collections::BTreeMap;
use storage::{BrokerPlace, Owner, Result, Storage};
use trading::{
    symbol::Side,
    time::{SECOND, Time},
};
use uuid::Uuid;

/// An executor sends a heartbeat every ten seconds: who was silent for six of them is offline.
const SILENT: i64 = 60 * SECOND;
/// More executors than anybody has.
const MOST_EXECUTORS: i64 = 200;

/// An account's surroundings.
pub(super) struct Scene {
    pub(super) places: Vec<BrokerPlace>,
    /// Accounts at brokers that are put away: names for what they earned and were told.
    pub(super) retired: Vec<BrokerPlace>,
    pub(super) executors: Vec<Executor>,
    pub(super) strategies: BTreeMap<StrategyId, String>,
    pub(super) now: Time,
}

impl Scene {
    /// Reads it.
    pub(super) async fn load(storage: &Storage, account: AccountId, now: Time) -> Result<Self> {
        let strategies = storage.strategies.list(Owner::Account(account)).await?;
        let executors = &storage.executors;
        Ok(Self {
            places: storage.reports.places(account).await?,
            retired: storage.reports.retired(account).await?,
            executors: executors.list(account, None, MOST_EXECUTORS).await?,
            strategies: strategies
                .into_iter()
                .map(|one| (one.id, one.name))
                .collect(),
            now,
        })
    }

    /// An account at a broker, put away or not.
    pub(super) fn place(&self, of: BrokerAccountId) -> Option<&BrokerPlace> {
        self.all().find(|place| place.account.id == of)
    }

    /// Every account at a broker that ever was reported of.
    pub(super) fn all(&self) -> impl Iterator<Item = &BrokerPlace> {
        self.places.iter().chain(&self.retired)
    }

    /// Whether an account at a broker is the account's, and not put away.
    pub(super) fn is_here(&self, of: BrokerAccountId) -> bool {
        self.places.iter().any(|place| place.account.id == of)
    }

    /// Whether commands may name it.
    pub(super) fn is_target(&self, target: Target) -> bool {
        match target {
            Target::Executor(id) => self.executor(id).is_some(),
            Target::BrokerAccount(id) => self.is_here(id),
        }
    }

    fn executor(&self, id: ExecutorId) -> Option<&Executor> {
        self.executors.iter().find(|executor| executor.id == id)
    }

    /// What an account at a broker is called.
    pub(super) fn account_label(&self, of: BrokerAccountId) -> String {
        self.place(of).map_or_else(|| short(of.0), label)
    }

    /// The money of an account at a broker.
    pub(super) fn currency(&self, of: BrokerAccountId) -> &str {
        self.place(of)
            .map_or("", |place| place.account.currency.as_str())
    }

    /// What a strategy is called; one that was deleted has no name.
    pub(super) fn strategy_name(&self, id: StrategyId) -> String {
        let name = self.strategies.get(&id).cloned();
        name.unwrap_or_else(|| short(id.0))
    }

    pub(super) fn is_online(&self, executor: &Executor) -> bool {
        self.now.0.saturating_sub(executor.seen_at.0) <= SILENT
    }

    /// Where a command goes or went, in words; `None` where that is not the account's.
    pub(super) fn target_label(&self, target: Target) -> Option<String> {
        match target {
            Target::Executor(id) => self.executor(id).map(|one| one.name.as_str().to_owned()),
            Target::BrokerAccount(id) => self.place(id).map(label),
        }
    }

    /// How soon a command is carried out.
    pub(super) fn reach(&self, target: Target) -> Reach {
        let executor = match target {
            Target::Executor(id) => self.executor(id),
            Target::BrokerAccount(id) => self
                .place(id)
                .and_then(|place| place.executor)
                .and_then(|id| self.executor(id)),
        };
        match executor {
            Some(executor) if self.is_online(executor) => Reach::AtOnce,
            Some(_) => Reach::Later,
            None => Reach::Nobody,
        }
    }

    /// The accounts at brokers that a command is about.
    pub(super) fn accounts_of(&self, target: Target) -> Vec<BrokerAccountId> {
        match target {
            Target::BrokerAccount(id) => vec![id],
            Target::Executor(id) => {
                let places = self.places.iter();
                let of = places.filter(|place| place.executor == Some(id));
                of.map(|place| place.account.id).collect()
            }
        }
    }

    pub(super) fn executor_line(&self, executor: &Executor) -> ExecutorLine {
        let health = &executor.health;
        let accounts = self.places.iter();
        let accounts = accounts.filter(|place| place.executor == Some(executor.id));
        ExecutorLine {
            id: executor.id.to_string(),
            name: executor.name.as_str().to_owned(),
            version: executor.version.as_str().to_owned(),
            // Said where it can be downloaded.
            is_old: false,
            is_online: self.is_online(executor),
            seen_at: executor.seen_at,
            is_running: health.is_running,
            is_connected: health.is_connected,
            may_trade: health.may_trade,
            waiting: health.waiting_reports,
            remark: health.remark.as_str().to_owned(),
            accounts: accounts.map(label).collect(),
        }
    }

    pub(super) fn account_line(
        &self,
        place: &BrokerPlace,
        worth: Option<Worth>,
        curve: Vec<(Time, f64)>,
    ) -> AccountLine {
        let executor = place.executor.and_then(|id| self.executor(id));
        AccountLine {
            id: place.account.id.to_string(),
            label: label(place),
            currency: place.account.currency.as_str().to_owned(),
            worth,
            curve,
            executor: executor.map(|one| one.name.as_str().to_owned()),
            seen_at: place.account.seen_at,
        }
    }

    /// As of when positions are known. A clock that goes ahead makes no old report a new one: what
    /// counts is when we last heard of the account, where that was before.
    pub(super) fn known_at(&self, kept: &KeptPositions) -> Time {
        let place = self.place(kept.broker_account);
        place.map_or(kept.at, |place| kept.at.min(place.account.seen_at))
    }

    /// Positions that nobody watches: the executor that reported them is gone, or its key is.
    pub(super) fn unwatched<'a>(
        &'a self,
        kept: &'a [KeptPositions],
    ) -> impl Iterator<Item = (&'a BrokerPlace, usize)> {
        self.places.iter().filter_map(move |place| {
            let executor = place.executor.and_then(|id| self.executor(id));
            let mut all = kept.iter();
            let open = all.find(|all| all.broker_account == place.account.id)?;
            let is_open = executor.is_none() && !open.positions.is_empty();
            is_open.then_some((place, open.positions.len()))
        })
    }

    pub(super) fn position_line(
        &self,
        of: BrokerAccountId,
        one: &Position,
        at: Time,
    ) -> PositionLine {
        PositionLine {
            account_id: of.to_string(),
            account: self.account_label(of),
            ticket: one.ticket,
            symbol: one.symbol.as_str().to_owned(),
            is_buy: one.side == Side::Buy,
            volume: one.volume,
            opened_price: one.opened_price,
            price: one.price,
            profit: one.profit + one.swap,
            at,
            currency: self.currency(of).to_owned(),
            strategy: one.strategy.map(|id| self.strategy_name(id)),
        }
    }

    pub(super) fn command_line(&self, command: &Command) -> CommandLine {
        let target = self.target_label(command.target);
        CommandLine {
            id: command.id.to_string(),
            deed: self.deed(&command.action),
            target: target.unwrap_or_else(|| match command.target {
                Target::Executor(id) => short(id.0),
                Target::BrokerAccount(id) => short(id.0),
            }),
            state: state(command.state),
            remark: command.remark.as_str().to_owned(),
            created_at: command.created_at,
            expires_at: command.expires_at,
            delivered_at: command.delivered_at,
            finished_at: command.finished_at,
        }
    }

    pub(super) fn deed(&self, action: &Action) -> Deed {
        match *action {
            Action::StopBot => Deed::StopBot,
            Action::PauseStrategy { strategy } => Deed::Pause(self.strategy_name(strategy)),
            Action::ResumeStrategy { strategy } => Deed::Resume(self.strategy_name(strategy)),
            Action::ClosePosition { ticket } => Deed::Close(ticket),
            Action::StopAndClose => Deed::StopAndClose,
            Action::CloseMine => Deed::CloseMine,
            Action::CloseEverything => Deed::CloseEverything,
            Action::Unknown => Deed::Unknown,
        }
    }

    /// How many positions are open where an executor reports.
    pub(super) fn open_at(&self, executor: ExecutorId, kept: &[KeptPositions]) -> usize {
        let accounts = self.accounts_of(Target::Executor(executor));
        let kept = kept.iter();
        let of = kept.filter(|all| accounts.contains(&all.broker_account));
        of.map(|all| all.positions.len()).sum()
    }
}

/// `5012345 · Broker-Live`.
pub(super) fn label(place: &BrokerPlace) -> String {
    let login = &place.account.login;
    format!("{} · {}", login.login, login.server.as_str())
}

/// What has no name any more. The end of an id is random, its beginning only a time.
fn short(id: Uuid) -> String {
    let text = id.simple().to_string();
    format!("#{}", text.get(24..).unwrap_or_default())
}

pub(super) fn state(state: CommandState) -> State {
    match state {
        CommandState::Queued => State::Queued,
        CommandState::Delivered => State::Delivered,
        CommandState::Executed => State::Executed,
        CommandState::Failed => State::Failed,
        CommandState::Expired => State::Expired,
    }
}
