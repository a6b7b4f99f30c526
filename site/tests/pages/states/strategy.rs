//! The pages of strategies in the states that differ.

use super::{NOW, Setting};
use site::strategy::{
    self, Compared, Course, Done, Earned, LiveLine, Mark, PlaceChoice, Room, Said, StrategiesPage,
    StrategyFault, StrategyLine, StrategyPage, VersionLine,
};
use trading::time::{DAY, HOUR, Time};

fn ago(span: i64) -> Time {
    Time(NOW.millis() - span)
}

fn lines(setting: &Setting<'_>) -> Vec<StrategyLine> {
    let line = |id: &str, name: &str, version, live, gains: &[(&str, f64)]| StrategyLine {
        id: id.to_owned(),
        name: setting.text(name),
        market: setting.text("XAUUSD H1"),
        version,
        revision: version,
        saved_at: ago(version * 5 * HOUR),
        is_archived: false,
        live,
        gains: gains
            .iter()
            .map(|(currency, net)| (setting.text(currency), *net))
            .collect(),
    };
    let live = |version, place: Option<&str>, course| {
        Some(LiveLine {
            version,
            place: place.map(|place| setting.text(place)),
            since: ago(40 * DAY),
            course,
        })
    };
    let mut all = vec![
        line(
            "s1",
            "Gold MACD with ADX",
            4,
            live(3, Some("5012345 · Broker-Live 3 (USD)"), Course::Runs),
            &[("USD", 1_234.5), ("IDR", -450_000.0)],
        ),
        line(
            "s2",
            "Euro in the London session, both ways, with a rather long name",
            2,
            live(2, None, Course::Until(ago(-5 * DAY))),
            &[("USD", -42.1)],
        ),
        line("s3", "Yen trend", 1, live(1, None, Course::Paused), &[]),
        line("s4", "Idea for silver", 7, None, &[]),
        line("s5", "Old breakout", 3, None, &[("USD", 0.0)]),
    ];
    all[4].is_archived = true;
    all
}

fn places(setting: &Setting<'_>) -> Vec<PlaceChoice> {
    vec![PlaceChoice {
        id: setting.text("b1"),
        name: setting.text("5012345 · Broker-Live 3 (USD)"),
    }]
}

fn room(live: u64, limit: u64) -> Room {
    Room {
        live,
        live_limit: Some(limit),
        saved: 5,
        saved_limit: Some(200),
    }
}

fn page(setting: &Setting<'_>) -> StrategyPage {
    let version = |number, note: &str, origin, earned: &[(&str, u64, u64, f64)]| VersionLine {
        number,
        note: setting.text(note),
        origin,
        saved_at: ago((5 - number) * DAY),
        earned: earned
            .iter()
            .map(|(currency, closed, won, net)| Earned {
                currency: setting.text(currency),
                closed: *closed,
                won: *won,
                net: *net,
            })
            .collect(),
    };
    let said = |mark, text: &str| Said {
        mark,
        text: setting.text(text),
        is_title: text.starts_with("Buy"),
    };
    StrategyPage {
        line: lines(setting).remove(0),
        versions: vec![
            version(4, "", Some(2), &[]),
            version(
                3,
                "Wider stop after the news",
                None,
                &[("USD", 41, 23, 1_300.25), ("IDR", 3, 0, -450_000.0)],
            ),
            version(2, "", None, &[("USD", 12, 5, -65.75)]),
            version(1, "", None, &[]),
        ],
        unknown: vec![Earned {
            currency: setting.text("USD"),
            closed: 1,
            won: 1,
            net: 8.0,
        }],
        gone: vec![(
            7,
            vec![Earned {
                currency: setting.text("USD"),
                closed: 2,
                won: 1,
                net: -3.5,
            }],
        )],
        is_cut: true,
        compared: Some(Compared {
            old: 3,
            new: 4,
            sentences: Some(vec![
                said(Mark::Same, "Buy when all of these are true:"),
                said(Mark::Same, "- MACD line crosses above MACD signal"),
                said(Mark::Gone, "- ADX (14) is above 25"),
                said(Mark::New, "- ADX (14) is above 21"),
            ]),
            document: vec![
                said(Mark::Same, "      \"op\": \">\","),
                said(Mark::Gone, "      \"right\": 25"),
                said(Mark::New, "      \"right\": 21"),
                said(Mark::Skipped, ""),
                said(Mark::Same, "    }"),
            ],
        }),
        places: places(setting),
        room: room(3, 5),
        done: None,
        fault: None,
        now: NOW,
    }
}

/// All of them.
pub(super) fn add(setting: &Setting<'_>, pages: &mut Vec<(String, String)>) {
    let look = setting.trader("/strategies");
    let full = StrategiesPage {
        lines: lines(setting),
        places: places(setting),
        room: room(3, 5),
        done: None,
        fault: None,
        now: NOW,
    };
    let mut add = |name: &str, html| pages.push((name.to_owned(), html));
    add("strategies", strategy::strategies(&look, &full));
    let empty = StrategiesPage {
        lines: Vec::new(),
        places: Vec::new(),
        room: room(0, 1),
        ..full.clone()
    };
    add("strategies-empty", strategy::strategies(&look, &empty));
    let unlimited = StrategiesPage {
        room: Room {
            live: 3,
            live_limit: None,
            saved: 5,
            saved_limit: None,
        },
        ..full.clone()
    };
    add(
        "strategies-unlimited",
        strategy::strategies(&look, &unlimited),
    );
    let over = StrategiesPage {
        room: Room {
            saved: 240,
            ..room(3, 1)
        },
        ..full.clone()
    };
    add("strategies-over", strategy::strategies(&look, &over));
    let mut paused = over.clone();
    paused.lines.remove(1);
    paused.room.saved = 200;
    add("strategies-paused", strategy::strategies(&look, &paused));
    for done in Done::ALL {
        let page = StrategiesPage {
            done: Some(done),
            ..full.clone()
        };
        let name = format!("strategies-done-{}", done.name());
        add(&name, strategy::strategies(&look, &page));
    }
    let fault = StrategyFault::Document(setting.text("A volume is above 0."));
    let faults = [
        ("quota", StrategyFault::Quota(5)),
        ("saved", StrategyFault::Saved(200)),
        ("document", fault),
        ("place", StrategyFault::Place),
        ("live", StrategyFault::Live),
        ("archived", StrategyFault::Archived),
        ("conflict", StrategyFault::Conflict),
    ];
    for (name, fault) in faults {
        let page = StrategiesPage {
            fault: Some(fault),
            ..full.clone()
        };
        let name = format!("strategies-fault-{name}");
        add(&name, strategy::strategies(&look, &page));
    }
    let look = setting.trader("/strategies/s1");
    let one = page(setting);
    add("strategy", strategy::strategy(&look, &one));
    let refused = StrategyPage {
        fault: Some(StrategyFault::Conflict),
        ..one.clone()
    };
    add("strategy-refused", strategy::strategy(&look, &refused));
    let mut old = one.clone();
    if let Some(compared) = &mut old.compared {
        compared.sentences = None;
    }
    add("strategy-no-words", strategy::strategy(&look, &old));
    let mut same = one.clone();
    if let Some(compared) = &mut same.compared {
        compared.document = Vec::new();
    }
    add("strategy-same", strategy::strategy(&look, &same));
    let mut first = one;
    first.line = lines(setting).remove(4);
    first.versions.truncate(1);
    first.unknown = Vec::new();
    first.gone = Vec::new();
    first.is_cut = false;
    first.compared = None;
    add("strategy-first", strategy::strategy(&look, &first));
}
