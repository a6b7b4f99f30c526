//! Deals and commands. What we can truly measure: how long a command took from being given to
//! being said to be done, and how long news of a deal took from the broker to us. What lies between
//! a signal and its order happens at the trader's, and is not seen from here.

use super::{Labels, METERS};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};
use protocol::api::{
    command::{Action, Command, CommandState},
    report::{Deal, Entry},
};
use trading::time::Time;

/// From a push over an open connection to a journal that waited a day for the network.
const SECONDS: [f64; 14] = [
    0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3_600.0, 14_400.0, 86_400.0,
];

type Seconds = Family<Labels, Histogram, fn() -> Histogram>;

/// Counts of deals and commands.
pub(super) struct Trades {
    latency: Seconds,
    done: Family<Labels, Counter>,
    failed: Family<Labels, Counter>,
    commands: Family<Labels, Counter>,
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

impl Trades {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let new = Self {
            latency: Seconds::new_with_constructor(seconds),
            done: Family::default(),
            failed: Family::default(),
            commands: Family::default(),
        };
        registry.register(
            "trade_execution_latency_seconds",
            "stage=command: from giving a command to its executor's word that it was done. \
             stage=report: from the time at which the broker says that a deal was executed to its \
             first report here; a broker's clock that goes ahead of ours counts as 0",
            new.latency.clone(),
        );
        registry.register(
            "successful_trades",
            "Deals that closed a position or a part of it, each counted when it was first \
             reported; result is what the deal brought after commission, swap and fee",
            new.done.clone(),
        );
        registry.register(
            "failed_trades",
            "Commands to close positions of which the executor said that they failed, each counted \
             once",
            new.failed.clone(),
        );
        registry.register(
            "commands_finished",
            "Commands that ended, by kind and by how; expired ones without their kind",
            new.commands.clone(),
        );
        // Counters that are not there yet look like none at all to whoever adds them up.
        for result in ["gain", "loss", "even"] {
            drop(new.done.get_or_create(&vec![("result", result.to_owned())]));
        }
        for action in [
            "close_position",
            "stop_and_close",
            "close_mine",
            "close_everything",
        ] {
            let labels = vec![("action", action.to_owned())];
            drop(new.failed.get_or_create(&labels));
        }
        for stage in ["command", "report"] {
            let labels = vec![("stage", stage.to_owned())];
            drop(new.latency.get_or_create(&labels));
        }
        new
    }

    fn took(&self, stage: &str, from: Time, to: Time) {
        let millis = to.0.saturating_sub(from.0).max(0);
        let labels = vec![("stage", stage.to_owned())];
        let latency = self.latency.get_or_create(&labels);
        latency.observe(millis as f64 / 1_000.0);
    }
}

/// Deals were kept that were not known before.
pub(crate) fn deals_kept<'a>(deals: impl Iterator<Item = &'a Deal>, now: Time) {
    let trades = &METERS.trades;
    for deal in deals {
        if deal.entry == Entry::Balance {
            continue;
        }
        trades.took("report", deal.time, now);
        if deal.entry != Entry::In {
            let labels = vec![("result", result(deal).to_owned())];
            trades.done.get_or_create(&labels).inc();
        }
    }
}

fn result(deal: &Deal) -> &'static str {
    let brought = deal.profit + deal.commission + deal.swap + deal.fee;
    if brought > 0.0 {
        "gain"
    } else if brought < 0.0 {
        "loss"
    } else {
        "even"
    }
}

/// An executor said for the first time what became of a command.
pub(crate) fn command_finished(command: &Command) {
    let trades = &METERS.trades;
    let (action, state) = (command.action.name(), command.state);
    trades.commands.get_or_create(&ended(action, state)).inc();
    if state == CommandState::Executed
        && let Some(at) = command.finished_at
    {
        trades.took("command", command.created_at, at);
    }
    let closes = matches!(
        command.action,
        Action::ClosePosition { .. }
            | Action::StopAndClose
            | Action::CloseMine
            | Action::CloseEverything
    );
    if closes && state == CommandState::Failed {
        let labels = vec![("action", action.to_owned())];
        trades.failed.get_or_create(&labels).inc();
    }
}

/// The time of so many commands was over.
pub(crate) fn command_expired(count: u64) {
    let labels = ended("any", CommandState::Expired);
    METERS.trades.commands.get_or_create(&labels).inc_by(count);
}

fn ended(action: &str, state: CommandState) -> Labels {
    vec![
        ("action", action.to_owned()),
        ("state", state.name().to_owned()),
    ]
}
