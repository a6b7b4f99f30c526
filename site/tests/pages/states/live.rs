//! The pages of live trading in the states that differ.

use super::{NOW, Setting};
use site::{
    Notice,
    live::{
        self, AccountLine, Affected, Alert, AskPage, By, Choice, CommandLine, CommandsPage,
        DashboardPage, Deed, DownloadLine, ExecutorLine, ExecutorsPage, GiveFault, GivePage, Live,
        Numbers, PositionLine, Program, Range, Reach, ReportLine, ReportPage, RetireFault,
        RetirePage, Script, State, Subject, TodayLine, Worth,
    },
};
use trading::time::{DAY, HOUR, MINUTE, Time};

/// Why a command was not given.
pub(crate) const FAULTS: [(&str, GiveFault); 5] = [
    ("too-late", GiveFault::TooLate),
    ("too-many", GiveFault::TooMany),
    ("not-open", GiveFault::NotOpen),
    ("incomplete", GiveFault::Incomplete),
    ("other-command", GiveFault::OtherCommand),
];

fn ago(millis: i64) -> Time {
    Time(NOW.millis() - millis)
}

impl Setting<'_> {
    pub(super) fn live(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((format!("live-{name}"), html));
        let look = self.trader("/dashboard");
        let full = self.dashboard();
        add("dashboard", live::dashboard(&look, &full));
        let empty = DashboardPage {
            alerts: Vec::new(),
            accounts: Vec::new(),
            today: Vec::new(),
            positions: Vec::new(),
            more_positions: 0,
            executors: Vec::new(),
            commands: Vec::new(),
            ..full.clone()
        };
        add("dashboard-empty", live::dashboard(&look, &empty));
        let mut old = full.clone();
        old.positions[1].at = ago(2 * DAY);
        old.is_today_cut = true;
        add("dashboard-old", live::dashboard(&look, &old));
        let look = self.trader("/executors");
        let page = ExecutorsPage {
            live: full.live.clone(),
            executors: full.executors.clone(),
            accounts: full.accounts.clone(),
            retired: vec![
                self.text("88001 · Broker-Demo"),
                self.text("88002 · Broker-Demo"),
            ],
            downloads: [
                (Program::Executor, "phoenix-executor-1.10.0-setup.exe"),
                (Program::Expert, "phoenix-ea-1.10.0.zip"),
            ]
            .map(|(program, name)| DownloadLine {
                program,
                href: format!("/download/{name}"),
                name: name.to_owned(),
                version: "1.10.0".to_owned(),
                size: 9_412_608,
                hash: "3f".repeat(32),
            })
            .to_vec(),
            notice: Some(Notice::AccountRetired),
        };
        add("executors", live::executors(&look, &page));
        let page = ExecutorsPage {
            executors: Vec::new(),
            accounts: Vec::new(),
            retired: Vec::new(),
            downloads: Vec::new(),
            notice: None,
            ..page
        };
        add("executors-empty", live::executors(&look, &page));
        self.retiring(pages);
        let mut add = |name: &str, html| pages.push((format!("live-{name}"), html));
        let look = self.trader("/commands");
        let page = CommandsPage {
            live: full.live.clone(),
            state: None,
            commands: self.commands(),
            older: Some("/commands?cursor=c9".to_owned()),
        };
        add("commands", live::commands(&look, &page));
        for (name, state) in [("", None), ("-state", Some(State::Failed))] {
            let page = CommandsPage {
                state,
                commands: Vec::new(),
                older: None,
                ..page.clone()
            };
            add(
                &format!("commands-empty{name}"),
                live::commands(&look, &page),
            );
        }
        for one in self.commands() {
            let name = format!("command-{}", one.state.name());
            add(&name, live::command(&look, &one, &full.live));
        }
        self.giving(pages, &full.positions[0]);
        self.reports(pages);
    }

    fn giving(&self, pages: &mut Vec<(String, String)>, position: &PositionLine) {
        let mut add = |name: &str, html| pages.push((format!("live-{name}"), html));
        let look = self.trader("/commands/new");
        let choice = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: self.text(label),
        };
        let page = GivePage {
            executors: vec![choice("executor:e1", "VPS Jakarta")],
            accounts: vec![choice("account:a1", "5012345 · Broker-Live")],
            strategies: vec![choice("s1", "Gold MACD with ADX")],
            action: "pause_strategy".to_owned(),
            target: "executor:e1".to_owned(),
            fault: None,
        };
        add("give", live::give(&look, &page));
        add("give-empty", live::give(&look, &GivePage::default()));
        for (name, fault) in FAULTS {
            let fault = Some(fault);
            let page = GivePage {
                fault,
                ..page.clone()
            };
            add(&format!("give-fault-{name}"), live::give(&look, &page));
        }
        let affected = |currency: &str, count, profit, at| Affected {
            currency: currency.to_owned(),
            count,
            profit,
            at,
        };
        let both = vec![
            affected("EUR", 1, 3.5, NOW),
            affected("USD", 3, -42.1, ago(MINUTE)),
        ];
        let old = vec![
            affected("EUR", 1, 3.5, ago(2 * HOUR)),
            affected("USD", 3, -42.1, ago(2 * DAY)),
        ];
        for (name, deed, reach, position, affected) in [
            ("stop", Deed::StopBot, Reach::Later, None, None),
            (
                "pause",
                Deed::Pause(self.text("Gold MACD with ADX")),
                Reach::AtOnce,
                None,
                None,
            ),
            (
                "resume",
                Deed::Resume(self.text("Gold MACD with ADX")),
                Reach::AtOnce,
                None,
                None,
            ),
            (
                "close",
                Deed::Close(77_001),
                Reach::AtOnce,
                Some(position.clone()),
                None,
            ),
            (
                "stop-and-close",
                Deed::StopAndClose,
                Reach::AtOnce,
                None,
                Some(both.clone()),
            ),
            (
                "mine",
                Deed::CloseMine,
                Reach::Nobody,
                None,
                Some(Vec::new()),
            ),
            (
                "everything",
                Deed::CloseEverything,
                Reach::AtOnce,
                None,
                Some(both),
            ),
            (
                "close-old",
                Deed::Close(77_002),
                Reach::Later,
                Some(PositionLine {
                    at: ago(2 * DAY),
                    ..position.clone()
                }),
                None,
            ),
            (
                "everything-old",
                Deed::CloseEverything,
                Reach::Later,
                None,
                Some(old),
            ),
        ] {
            let page = AskPage {
                deed,
                target: self.text("5012345 · Broker-Live"),
                reach,
                position,
                affected,
                expires_at: Time(NOW.millis() + 15 * MINUTE),
                now: NOW,
                fields: vec![
                    ("key", "k1".to_owned()),
                    ("action", self.text("stop_bot")),
                    ("target", self.text("account:a1")),
                    ("strategy", String::new()),
                    ("ticket", "77001".to_owned()),
                    ("expires_at", "1795000000000".to_owned()),
                ],
                fault: None,
            };
            add(&format!("ask-{name}"), live::ask(&look, &page));
            let page = AskPage {
                fault: Some(GiveFault::TooLate),
                ..page
            };
            add(&format!("ask-{name}-late"), live::ask(&look, &page));
        }
    }

    fn retiring(&self, pages: &mut Vec<(String, String)>) {
        let look = self.trader("/executors");
        for (name, open, fault) in [
            ("", 0, None),
            ("-open", 1, None),
            ("-many", 3, None),
            ("-fault-live", 0, Some(RetireFault::Live)),
            ("-fault-many", 0, Some(RetireFault::TooMany)),
        ] {
            let page = RetirePage {
                id: self.text("a1"),
                label: self.text("5012345 · Broker-Live"),
                open,
                fault,
            };
            pages.push((format!("live-retire{name}"), live::retire(&look, &page)));
        }
    }

    fn reports(&self, pages: &mut Vec<(String, String)>) {
        let look = self.trader("/reports?by=day");
        let numbers = |net: f64, trades: u64| Numbers {
            net,
            commission: -3.5,
            swap: 0.0,
            transfers: 500.0,
            deals: trades * 2,
            trades,
            win_rate: (trades > 0).then_some(0.583),
            factor: (trades > 2).then_some(1.42),
            drawdown: (trades > 0).then_some((182.4, Some(0.0162))),
        };
        let line = |subject, currency: &str, net, trades| ReportLine {
            subject,
            account: self.text("5012345 · Broker-Live"),
            currency: currency.to_owned(),
            numbers: numbers(net, trades),
        };
        let day = |days: i64| Subject::Period(ago(NOW.time_of_day() + days * DAY));
        for (name, by, lines) in [
            (
                "day",
                By::Day,
                vec![
                    line(day(0), "USD", 182.35, 7),
                    line(day(0), "EUR", -12.04, 2),
                    line(day(1), "USD", -1_204.5, 12),
                    line(day(2), "USD", 0.0, 0),
                ],
            ),
            (
                "strategy",
                By::Strategy,
                vec![
                    line(
                        Subject::Strategy(Some(self.text("Gold MACD with ADX"))),
                        "USD",
                        1_642.9,
                        42,
                    ),
                    line(Subject::Strategy(None), "USD", -40.0, 3),
                ],
            ),
            ("empty", By::Month, Vec::new()),
        ] {
            let page = ReportPage {
                by,
                from: ago(30 * DAY),
                to: NOW,
                is_cut: name == "strategy",
                totals: vec![
                    ("EUR".to_owned(), numbers(-12.04, 2)),
                    ("USD".to_owned(), numbers(-1_022.15, 19)),
                ],
                lines,
                csv: "/reports.csv?by=day".to_owned(),
                earlier: "/reports?by=day&before=2026-10-23".to_owned(),
                later: (name == "day").then(|| "/reports?by=day".to_owned()),
            };
            pages.push((format!("live-reports-{name}"), live::reports(&look, &page)));
        }
    }

    fn dashboard(&self) -> DashboardPage {
        let positions = vec![
            self.position(77_001, "XAUUSD", true, 182.35),
            self.position(77_002, "EURUSD", false, -42.1),
        ];
        let commands = self.commands();
        DashboardPage {
            live: Live {
                script: Some(Script {
                    path: "/assets/live-0123456789ab.js".to_owned(),
                    integrity: "sha384-AAAA".to_owned(),
                }),
                now: NOW,
            },
            range: Range::Week,
            span: ago(7 * DAY)..NOW,
            alerts: vec![
                Alert::Offline(self.text("Laptop"), 1),
                Alert::Offline(self.text("VPS Jakarta"), 3),
                Alert::Unwatched(self.text("5012345 · Broker-Live"), 1),
                Alert::Unwatched(self.text("5012345 · Broker-Live"), 2),
                Alert::Unplugged(self.text("VPS Jakarta")),
                Alert::Forbidden(self.text("VPS Jakarta")),
            ],
            accounts: vec![
                self.account("USD", 11_240.7, true),
                self.account("EUR", 840.0, false),
                AccountLine {
                    worth: None,
                    executor: None,
                    ..self.account("USD", 0.0, false)
                },
            ],
            today: vec![
                TodayLine {
                    currency: "EUR".to_owned(),
                    net: -12.04,
                    deals: 1,
                    trades: 0,
                    win_rate: None,
                },
                TodayLine {
                    currency: "USD".to_owned(),
                    net: 182.35,
                    deals: 9,
                    trades: 4,
                    win_rate: Some(0.75),
                },
            ],
            positions,
            is_today_cut: false,
            more_positions: 12,
            executors: vec![
                self.executor("VPS Jakarta", true),
                self.executor("Laptop", false),
            ],
            commands: commands.into_iter().take(3).collect(),
        }
    }

    fn account(&self, currency: &str, equity: f64, has_curve: bool) -> AccountLine {
        let point = |step: i64| {
            let value = equity + 40.0 * (step as f64 / 9.0).sin() + step as f64;
            (ago((60 - step) * 2 * HOUR), value)
        };
        AccountLine {
            id: "a1".to_owned(),
            label: self.text("5012345 · Broker-Live"),
            currency: currency.to_owned(),
            worth: Some(Worth {
                equity,
                balance: equity - 140.25,
                at: ago(MINUTE),
            }),
            curve: if has_curve {
                (0..60).map(point).collect()
            } else {
                Vec::new()
            },
            executor: Some(self.text("VPS Jakarta")),
            seen_at: ago(MINUTE),
        }
    }

    fn position(&self, ticket: i64, symbol: &str, is_buy: bool, profit: f64) -> PositionLine {
        PositionLine {
            account_id: "a1".to_owned(),
            account: self.text("5012345 · Broker-Live"),
            ticket,
            symbol: symbol.to_owned(),
            is_buy,
            volume: 0.1,
            opened_price: 2_345.6,
            price: 2_363.8,
            profit,
            at: NOW,
            currency: "USD".to_owned(),
            strategy: is_buy.then(|| self.text("Gold MACD with ADX")),
        }
    }

    fn executor(&self, name: &str, is_well: bool) -> ExecutorLine {
        ExecutorLine {
            id: "e1".to_owned(),
            name: self.text(name),
            version: self.text("0.1.0"),
            is_old: !is_well,
            is_online: is_well,
            seen_at: ago(if is_well { 4_000 } else { 3 * HOUR }),
            is_running: is_well,
            is_connected: is_well,
            may_trade: is_well,
            waiting: if is_well { 0 } else { 12 },
            remark: if is_well {
                String::new()
            } else {
                self.text("AutoTrading disabled by client")
            },
            accounts: if is_well {
                vec![self.text("5012345 · Broker-Live")]
            } else {
                Vec::new()
            },
        }
    }

    fn commands(&self) -> Vec<CommandLine> {
        let deeds = [
            Deed::Close(77_001),
            Deed::StopBot,
            Deed::Pause(self.text("Gold MACD with ADX")),
            Deed::StopAndClose,
            Deed::CloseMine,
            Deed::CloseEverything,
        ];
        let line = |(place, (state, deed)): (usize, (State, Deed))| CommandLine {
            id: format!("c{place}"),
            deed,
            target: self.text("VPS Jakarta"),
            state,
            remark: match state {
                State::Failed => self.text("10018 market closed"),
                _ => String::new(),
            },
            created_at: ago((place as i64 + 1) * 7 * MINUTE),
            expires_at: ago((place as i64 - 1) * 7 * MINUTE),
            delivered_at: (state != State::Queued).then(|| ago(5 * MINUTE)),
            finished_at: matches!(state, State::Executed | State::Failed).then(|| ago(MINUTE)),
        };
        State::ALL
            .into_iter()
            .zip(deeds)
            .enumerate()
            .map(line)
            .collect()
    }
}
