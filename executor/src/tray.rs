//! The icon beside the clock: what it shows and what can be chosen there. What Windows needs for it is
//! in `taskbar`, and nowhere else.

pub mod action;
pub mod autostart;
pub mod icon;
#[cfg(windows)]
pub mod taskbar;
pub mod words;

use crate::{
    drive::Wish,
    logbook::Logbook,
    page::PageLink,
    status::{Glance, ServerView, Stage, Status},
    uplink::{Newer, pairing::Shown},
};
use tokio::sync::{mpsc, watch};
use trading::language::Language;

/// What the tray sees of a program at work, and how it is heard.
#[derive(Debug)]
pub struct Desk {
    /// How everything stands.
    pub status: watch::Receiver<Status>,
    /// What people want.
    pub wishes: mpsc::Sender<Wish>,
    /// The language of the menu.
    pub language: Language,
    /// The server's address, where there is one.
    pub server: Option<String>,
    /// The status page on this computer.
    pub page: PageLink,
    /// The log.
    pub log: Logbook,
    /// What begins the program as it was begun now.
    pub command: String,
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Nothing more is opened, or all may trade again.
    Pause,
    /// Nothing more is opened, and what is open is closed.
    StopAndClose,
    /// The dashboard in the browser.
    Dashboard,
    /// The status page on this computer, in the browser: it is there without the server too.
    StatusPage,
    /// The page on which this computer is approved, in the browser.
    Pair,
    /// The page on which a newer version is downloaded, in the browser.
    Update,
    /// The file of the log.
    Log,
    /// Whether the program begins when the trader signs in.
    Autostart,
    /// The program ends.
    Quit,
}

impl Choice {
    /// All of them, from top to bottom.
    pub const ALL: [Self; 9] = [
        Self::Pause,
        Self::StopAndClose,
        Self::Dashboard,
        Self::StatusPage,
        Self::Pair,
        Self::Update,
        Self::Log,
        Self::Autostart,
        Self::Quit,
    ];
}

/// How everything stands, in one thing: the first that the trader can do something about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The trader has to approve this computer, with this code.
    Pair(String),
    /// There is no code to be approved yet, or no longer.
    NoKey,
    /// No terminal is here.
    NoTerminal,
    /// A terminal has no connection to its broker.
    NoBroker,
    /// A terminal lets nobody trade.
    Forbidden,
    /// This strategy cannot trade.
    Failed(String),
    /// The server does not answer.
    Offline,
    /// This computer's clock is wrong.
    Clock,
    /// No strategy is here.
    Nothing,
    /// A history is still coming.
    Waiting,
    /// Strategies trade.
    Trading,
    /// A person paused all of them.
    Paused,
    /// They may open nothing.
    HeldBack,
}

/// What is shown of a [`Status`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The icon.
    pub glance: Glance,
    /// Why it is so.
    pub standing: Standing,
    /// How many strategies trade.
    pub trading: usize,
    /// How many positions Phoenix has open.
    pub positions: usize,
    /// Whether a person has paused what would trade.
    pub is_paused: bool,
    /// The code that is to be approved, and where.
    pub pair: Option<Shown>,
    /// A newer version of this program, where there is one.
    pub newer: Option<Newer>,
}

impl View {
    /// Of this.
    pub fn of(status: &Status) -> Self {
        let stages = || {
            let runs = status.terminals.iter().flat_map(|one| &one.runs);
            runs.map(|run| run.stage)
        };
        let count = |stage| stages().filter(|one| *one == stage).count();
        let runs = status.terminals.iter().flat_map(|one| &one.runs);
        let pair = match &status.server {
            ServerView::Pairing(shown) => shown.clone(),
            _ => None,
        };
        Self {
            glance: status.glance(),
            standing: standing(status),
            trading: count(Stage::Trading),
            positions: runs.map(|run| run.positions).sum(),
            is_paused: count(Stage::Paused) > 0 && count(Stage::Trading) == 0,
            pair,
            newer: status.newer.clone(),
        }
    }
}

fn standing(status: &Status) -> Standing {
    let terminals = &status.terminals;
    let runs = || terminals.iter().flat_map(|one| &one.runs);
    let has = |stage| runs().any(|run| run.stage == stage);
    let failed = runs().find(|run| run.stage == Stage::Failed);
    match (&status.server, failed) {
        (ServerView::Pairing(Some(shown)), _) => Standing::Pair(shown.code.clone()),
        (ServerView::Pairing(None), _) => Standing::NoKey,
        _ if status.clock.is_some() => Standing::Clock,
        _ if terminals.is_empty() => Standing::NoTerminal,
        _ if terminals.iter().any(|one| !one.is_connected) => Standing::NoBroker,
        _ if terminals.iter().any(|one| !one.may_trade) => Standing::Forbidden,
        (_, Some(run)) => Standing::Failed(run.name.clone()),
        (ServerView::Reaching | ServerView::Offline(_), None) => Standing::Offline,
        _ if has(Stage::Trading) => Standing::Trading,
        _ if has(Stage::Waiting) => Standing::Waiting,
        _ if has(Stage::Paused) => Standing::Paused,
        _ if has(Stage::HeldBack) => Standing::HeldBack,
        _ => Standing::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, View};
    use crate::{
        status::{Glance, RunView, ServerView, Stage, Status, TerminalView},
        uplink::pairing::Shown,
    };
    use protocol::link::part::Money;
    use trading::time::Time;

    fn terminal(stages: &[Stage]) -> TerminalView {
        let run = |stage: &Stage| RunView {
            name: "Gold".to_owned(),
            version: 1,
            symbol: "XAUUSD".parse().unwrap(),
            stage: *stage,
            positions: 2,
        };
        TerminalView {
            login: 5,
            server: "Demo".to_owned(),
            currency: "USD".to_owned(),
            money: Money::Demo,
            is_connected: true,
            may_trade: true,
            balance: None,
            equity: None,
            // Others may have positions on the same account.
            positions: 9,
            profit: 0.0,
            is_stopped: false,
            runs: stages.iter().map(run).collect(),
            unnamed: Vec::new(),
        }
    }

    fn view(server: ServerView, terminals: Vec<TerminalView>) -> View {
        View::of(&Status {
            server,
            terminals,
            ..Status::default()
        })
    }

    #[test]
    fn the_first_thing_that_is_missing_is_named() {
        let shown = Shown {
            code: "ABCD-EFGH".to_owned(),
            page: String::new(),
            link: String::new(),
            expires_at: Time(0),
        };
        let well = || terminal(&[Stage::Trading]);
        let dumb = TerminalView {
            is_connected: false,
            may_trade: false,
            ..well()
        };
        let bound = TerminalView {
            may_trade: false,
            ..well()
        };
        let failed = terminal(&[Stage::Trading, Stage::Failed]);
        let online = || ServerView::Online;
        let offline = || ServerView::Offline("no".to_owned());
        let cases = [
            (
                ServerView::Pairing(Some(shown)),
                vec![],
                Standing::Pair("ABCD-EFGH".to_owned()),
            ),
            (ServerView::Pairing(None), vec![well()], Standing::NoKey),
            (online(), vec![], Standing::NoTerminal),
            (offline(), vec![], Standing::NoTerminal),
            (online(), vec![well(), dumb], Standing::NoBroker),
            (online(), vec![well(), bound], Standing::Forbidden),
            (offline(), vec![failed], Standing::Failed("Gold".to_owned())),
            (offline(), vec![well()], Standing::Offline),
            (ServerView::Reaching, vec![well()], Standing::Offline),
        ];
        for (server, terminals, standing) in cases {
            let view = view(server, terminals);
            assert_eq!(
                (view.standing, view.glance),
                (standing.clone(), Glance::Trouble),
                "{standing:?}"
            );
        }
    }

    #[test]
    fn where_nothing_is_missing_it_is_told_what_trades() {
        use Stage::{HeldBack, Paused, Trading, Waiting};
        let cases: [(&[Stage], Standing, Glance, usize, bool); 6] = [
            (&[], Standing::Nothing, Glance::Idle, 0, false),
            (&[Waiting], Standing::Waiting, Glance::Idle, 0, false),
            (&[HeldBack], Standing::HeldBack, Glance::Idle, 0, false),
            (&[Paused, HeldBack], Standing::Paused, Glance::Idle, 0, true),
            // One of two is paused on the web: what the tray offers is to pause the other one.
            (
                &[Paused, Trading],
                Standing::Trading,
                Glance::Trading,
                1,
                false,
            ),
            (
                &[Trading, Trading],
                Standing::Trading,
                Glance::Trading,
                2,
                false,
            ),
        ];
        for (stages, standing, glance, trading, is_paused) in cases {
            let view = view(ServerView::None, vec![terminal(stages)]);
            let wanted = View {
                glance,
                standing,
                trading,
                positions: 2 * stages.len(),
                is_paused,
                pair: None,
                newer: None,
            };
            assert_eq!(view, wanted);
        }
    }
}
