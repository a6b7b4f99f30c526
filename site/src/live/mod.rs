//! Pages of a trader that show live trading: dashboard, executors, commands, reports.
//!
//! They are whole without a script. One small script of ours reads them again when something
//! happens, and puts each part with `data-part` into its place.

mod ask;
mod command;
mod curve;
mod dashboard;
mod download;
mod equity;
mod executor;
mod give;
mod part;
mod position;
mod report;
mod retire;

pub use ask::ask;
pub use command::{command, commands};
pub use dashboard::dashboard;
pub use executor::executors;
pub use give::give;
pub use report::reports;
pub use retire::retire;

use crate::Notice;
use trading::time::Time;

/// The script that keeps a page up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its URL.
    pub path: String,
    /// What its content hashes to, as browsers check it.
    pub integrity: String,
}

/// When a page was made, and what keeps it up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// The script, where it was built.
    pub script: Option<Script>,
    /// The time now.
    pub now: Time,
}

/// How much of the past the curves show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Since midnight UTC.
    Today,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

impl Range {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Today, Self::Week, Self::Month];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "7d",
            Self::Month => "30d",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.name() == name)
    }
}

/// What a line of a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A strategy.
    Strategy,
}

impl By {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Strategy];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Strategy => "strategy",
        }
    }
}

/// How far a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits.
    Queued,
    /// The executor has it.
    Delivered,
    /// It was done.
    Executed,
    /// It could not be done.
    Failed,
    /// Its time was over.
    Expired,
}

impl State {
    /// All there are.
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Delivered,
        Self::Executed,
        Self::Failed,
        Self::Expired,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Executed => "executed",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What a command does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Trade no more.
    StopBot,
    /// Let this strategy open nothing.
    Pause(String),
    /// Let this strategy go on.
    Resume(String),
    /// Close the position of this ticket.
    Close(i64),
    /// Trade no more, and close what Phoenix opened.
    StopAndClose,
    /// Close what Phoenix opened.
    CloseMine,
    /// Close everything.
    CloseEverything,
    /// Something that this version does not know.
    Unknown,
}

/// Why a command was not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GiveFault {
    /// It was confirmed after its time.
    TooLate,
    /// Too many are open.
    TooMany,
    /// The position is not open any more.
    NotOpen,
    /// Something was not chosen.
    Incomplete,
    /// The form gave another one.
    OtherCommand,
}

/// A command in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// Names it in addresses.
    pub id: String,
    /// What it does.
    pub deed: Deed,
    /// Where: an executor or an account at a broker.
    pub target: String,
    /// How far it is.
    pub state: State,
    /// What the executor said of it.
    pub remark: String,
    /// When it was given.
    pub created_at: Time,
    /// When it is too late.
    pub expires_at: Time,
    /// When an executor got it.
    pub delivered_at: Option<Time>,
    /// When the executor said what became of it.
    pub finished_at: Option<Time>,
}

/// The list of commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandsPage {
    /// What keeps it up to date.
    pub live: Live,
    /// Which state is shown; all if none.
    pub state: Option<State>,
    /// The newest first.
    pub commands: Vec<CommandLine>,
    /// Where it goes on.
    pub older: Option<String>,
}

/// Somewhere that a command can be given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name in forms.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// What can be commanded, and what was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GivePage {
    /// Executors.
    pub executors: Vec<Choice>,
    /// Accounts at brokers.
    pub accounts: Vec<Choice>,
    /// Strategies.
    pub strategies: Vec<Choice>,
    /// The name of the action that is chosen.
    pub action: String,
    /// The name of the target that is chosen.
    pub target: String,
    /// Why nothing was given.
    pub fault: Option<GiveFault>,
}

/// Who would carry a command out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// An executor that is online.
    AtOnce,
    /// An executor that is offline.
    Later,
    /// No executor at the moment.
    Nobody,
}

/// Positions of one currency that a command would close, by the last report.
#[derive(Debug, Clone, PartialEq)]
pub struct Affected {
    /// Their money.
    pub currency: String,
    /// How many.
    pub count: usize,
    /// What they would have brought when they were reported.
    pub profit: f64,
    /// When that was, of the one that was reported longest ago.
    pub at: Time,
}

/// The question before a command is given.
#[derive(Debug, Clone, PartialEq)]
pub struct AskPage {
    /// What is to be done.
    pub deed: Deed,
    /// Where.
    pub target: String,
    /// How soon.
    pub reach: Reach,
    /// The position that would be closed, where it is one.
    pub position: Option<PositionLine>,
    /// What else would be closed; none where nothing is to be closed.
    pub affected: Option<Vec<Affected>>,
    /// When it is too late.
    pub expires_at: Time,
    /// The time now.
    pub now: Time,
    /// What the form sends.
    pub fields: Vec<(&'static str, String)>,
    /// Why it was not given.
    pub fault: Option<GiveFault>,
}

/// An executor in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutorLine {
    /// Names it in addresses.
    pub id: String,
    /// What it calls itself.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether a newer one is offered.
    pub is_old: bool,
    /// Whether it was heard of just now.
    pub is_online: bool,
    /// When it was last heard of.
    pub seen_at: Time,
    /// Whether it trades at all.
    pub is_running: bool,
    /// Whether the terminal is connected to its broker.
    pub is_connected: bool,
    /// Whether the terminal lets programs trade.
    pub may_trade: bool,
    /// How many reports wait to be sent.
    pub waiting: u32,
    /// What else it says.
    pub remark: String,
    /// The accounts that it reports.
    pub accounts: Vec<String>,
}

/// What can be downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The executor for Windows.
    Executor,
    /// The Expert Advisor for MetaTrader.
    Expert,
}

/// A file that can be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadLine {
    /// What it is.
    pub program: Program,
    /// Its address.
    pub href: String,
    /// How it is called.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How large it is, in bytes.
    pub size: usize,
    /// What its bytes hash to (SHA-256), in hexadecimal digits.
    pub hash: String,
}

/// An account at a broker in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountLine {
    /// Names it in addresses.
    pub id: String,
    /// Login and server.
    pub label: String,
    /// Its money.
    pub currency: String,
    /// Equity, balance and when they were taken, where that was reported.
    pub worth: Option<Worth>,
    /// Equity over time.
    pub curve: Vec<(Time, f64)>,
    /// The executor that reports it, if there is one.
    pub executor: Option<String>,
    /// When something was last reported of it.
    pub seen_at: Time,
}

/// What an account was worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// With what is open.
    pub equity: f64,
    /// Without it.
    pub balance: f64,
    /// When.
    pub at: Time,
}

/// The list of executors and accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct ExecutorsPage {
    /// What keeps it up to date.
    pub live: Live,
    /// Executors.
    pub executors: Vec<ExecutorLine>,
    /// Accounts at brokers.
    pub accounts: Vec<AccountLine>,
    /// What those are called that are put away.
    pub retired: Vec<String>,
    /// What is offered to be downloaded.
    pub downloads: Vec<DownloadLine>,
    /// What has just been done.
    pub notice: Option<Notice>,
}

/// Why an account at a broker was not put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetireFault {
    /// A strategy trades there.
    Live,
    /// So many are already.
    TooMany,
}

/// The question before an account at a broker is put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetirePage {
    /// Names it in the form.
    pub id: String,
    /// Login and server.
    pub label: String,
    /// How many positions are open there by the last report.
    pub open: usize,
    /// Why it was not done.
    pub fault: Option<RetireFault>,
}

/// An open position.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionLine {
    /// Names its account in addresses.
    pub account_id: String,
    /// Login and server.
    pub account: String,
    /// Its number at the broker.
    pub ticket: i64,
    /// What is traded.
    pub symbol: String,
    /// Whether it gains where the price rises.
    pub is_buy: bool,
    /// In lots.
    pub volume: f64,
    /// At which price it was opened.
    pub opened_price: f64,
    /// At which price it could be closed.
    pub price: f64,
    /// What it would have brought when it was reported.
    pub profit: f64,
    /// When that was.
    pub at: Time,
    /// The money of that.
    pub currency: String,
    /// Which strategy wanted it.
    pub strategy: Option<String>,
}

/// What is wrong and cannot wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    /// This executor is offline while so many positions are open.
    Offline(String, usize),
    /// So many positions are open at this account, which no executor reports any more.
    Unwatched(String, usize),
    /// The terminal of this executor has no connection.
    Unplugged(String),
    /// The terminal of this executor lets no program trade.
    Forbidden(String),
}

/// What was earned today in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayLine {
    /// The currency.
    pub currency: String,
    /// After all costs.
    pub net: f64,
    /// How many deals.
    pub deals: u64,
    /// How many trades were closed.
    pub trades: u64,
    /// The part of them that gained, from 0 to 1.
    pub win_rate: Option<f64>,
}

/// The dashboard.
#[derive(Debug, Clone, PartialEq)]
pub struct DashboardPage {
    /// What keeps it up to date.
    pub live: Live,
    /// How much of the past the curves show.
    pub range: Range,
    /// From when to when that is.
    pub span: std::ops::Range<Time>,
    /// What is wrong.
    pub alerts: Vec<Alert>,
    /// Accounts at brokers.
    pub accounts: Vec<AccountLine>,
    /// What was earned today, a line a currency.
    pub today: Vec<TodayLine>,
    /// Whether that lacks something.
    pub is_today_cut: bool,
    /// What is open.
    pub positions: Vec<PositionLine>,
    /// How many more are open than are shown.
    pub more_positions: usize,
    /// Executors.
    pub executors: Vec<ExecutorLine>,
    /// The last commands.
    pub commands: Vec<CommandLine>,
}

/// The numbers of a line of a report, in one currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numbers {
    /// After all costs.
    pub net: f64,
    /// Commissions and fees.
    pub commission: f64,
    /// Swaps.
    pub swap: f64,
    /// Paid in and out.
    pub transfers: f64,
    /// How many deals.
    pub deals: u64,
    /// How many closed trades.
    pub trades: u64,
    /// The part of them that gained, from 0 to 1.
    pub win_rate: Option<f64>,
    /// What was gained for each unit that was lost.
    pub factor: Option<f64>,
    /// The deepest fall of equity, and the same as a part.
    pub drawdown: Option<(f64, Option<f64>)>,
}

/// What a line of a report is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The period that begins with this day.
    Period(Time),
    /// A strategy by its name, or none.
    Strategy(Option<String>),
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportLine {
    /// What it is of.
    pub subject: Subject,
    /// Login and server.
    pub account: String,
    /// The money.
    pub currency: String,
    /// The numbers.
    pub numbers: Numbers,
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPage {
    /// What its lines are about.
    pub by: By,
    /// The first day.
    pub from: Time,
    /// The last day.
    pub to: Time,
    /// Whether it lacks something.
    pub is_cut: bool,
    /// The sum of each currency.
    pub totals: Vec<(String, Numbers)>,
    /// The lines.
    pub lines: Vec<ReportLine>,
    /// Where the same is as CSV.
    pub csv: String,
    /// Where the report before is.
    pub earlier: String,
    /// Where the report after is.
    pub later: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{Range, State};

    #[test]
    fn names_read_back() {
        for state in State::ALL {
            assert_eq!(State::of(state.name()), Some(state));
        }
        for range in Range::ALL {
            assert_eq!(Range::of(range.name()), Some(range));
        }
        assert!(State::of("x").is_none() && Range::of("").is_none());
    }
}
