//! What the worker does with a request. Pure: the clock comes in with the call.

use super::{
    import,
    message::{
        Answer, BEYOND, Headline, HistoryKey, Job, Outcome, Place, Request, RunFault, TradeRow,
    },
    plot, terms,
};
use crate::words::{fill, outcome as words};
use backtest::{
    levels::levels,
    market::Market,
    report::{Report, figure::figures, html},
    run::{self, Run},
    statistics::{Input, Statistics},
    venue::Venue,
};
use protocol::run::Terms;
use std::{collections::BTreeMap, sync::Arc};
use trading::{
    bar::Bars,
    strategy::{
        Document,
        describe::describe,
        evaluate::{SignalTable, evaluate},
        plan::{self, Plan},
        validate::{self, Fault},
    },
};

/// The highest price that is tested on. No market has one near it, in no currency.
const MOST: f64 = 1e12;

/// The worker's memory.
#[derive(Debug, Default)]
pub struct Desk {
    histories: BTreeMap<HistoryKey, Kept>,
}

/// A history.
#[derive(Debug)]
struct Kept {
    bars: Bars,
    /// The terms, where it is a broker's own.
    own: Option<Arc<Venue>>,
}

/// An answer and what travels beside it.
pub type Reply = (Answer, Vec<Part>);

/// Something large beside an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// One value a bar.
    Column(Vec<f64>),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A run with all that belongs to it.
struct Done<'a> {
    document: Document,
    plan: Plan,
    venue: Arc<Venue>,
    is_own_broker: bool,
    market: Market<'a>,
    table: SignalTable,
    run: Run,
    statistics: Statistics,
}

impl Desk {
    /// Answers a request. `parts` came with it; `clock` gives milliseconds.
    pub fn answer(
        &mut self,
        request: Request,
        parts: &[Vec<u8>],
        clock: &dyn Fn() -> f64,
    ) -> Reply {
        match request {
            Request::Load { history } => (self.load(history, parts), Vec::new()),
            Request::Run { id, job } => {
                let start = clock();
                let mut columns = Vec::new();
                let outcome = self.run(&job).map(|done| {
                    let mut outcome = done.outcome(&job);
                    columns = outcome
                        .take_columns()
                        .into_iter()
                        .map(Part::Column)
                        .collect();
                    outcome.elapsed_ms = clock() - start;
                    Box::new(outcome)
                });
                (Answer::Done { id, outcome }, columns)
            }
            Request::Import { file } => {
                let bytes = parts.first().map_or(&[][..], Vec::as_slice);
                match import::part_files_import(bytes, &file) {
                    Ok((imported, bars)) => {
                        let part = Part::Bytes(protocol::bars::encode(&bars));
                        let kept = Kept { bars, own: None };
                        self.histories.insert(imported.history.clone(), kept);
                        let outcome = Ok(imported);
                        (Answer::Imported { outcome }, vec![part])
                    }
                    Err(why) => (Answer::Imported { outcome: Err(why) }, Vec::new()),
                }
            }
            Request::Report { job } => {
                let html = self.run(&job).map(|done| done.report(&job));
                (Answer::Reported { html }, Vec::new())
            }
        }
    }

    fn load(&mut self, history: HistoryKey, parts: &[Vec<u8>]) -> Answer {
        let bytes = parts.first().map_or(&[][..], Vec::as_slice);
        match protocol::bars::decode(bytes) {
            Ok(bars) => {
                let count = bars.len();
                let spec = parts.get(1);
                let own = spec.and_then(|spec| part_files_broker(spec, &bars));
                self.histories.insert(history.clone(), Kept { bars, own });
                Answer::Loaded {
                    history,
                    bars: count,
                }
            }
            Err(fault) => Answer::NotLoaded {
                history,
                why: fault.to_string(),
            },
        }
    }

    fn run(&self, job: &Job) -> Result<Done<'_>, RunFault> {
        let told = |faults: Vec<Fault>| RunFault::Document {
            faults: faults.iter().map(|fault| place(fault, job)).collect(),
        };
        let mut document = validate::validate(&job.document).map_err(told)?;
        terms::adapt(job.terms, &mut document);
        let faults = validate::check(&document);
        if !faults.is_empty() {
            return Err(told(faults));
        }
        let plan = plan::compile(&document).map_err(|error| RunFault::Plan {
            why: error.to_string(),
        })?;
        let kept = self
            .histories
            .get(&job.history)
            .ok_or_else(|| RunFault::History {
                history: job.history.clone(),
                why: String::new(),
            })?;
        let bars = &kept.bars;
        // As no market has them: sums of such prices are beyond every number.
        if bars.high.iter().any(|high| *high > MOST) {
            return Err(RunFault::History {
                history: job.history.clone(),
                why: BEYOND.to_owned(),
            });
        }
        let own = kept.own.clone().filter(|_| job.terms == Terms::Typical);
        let is_own_broker = kept.own.is_some();
        let venue = own.or_else(|| terms::venue(job.terms, &document.symbol).map(Arc::new));
        let venue = venue.ok_or_else(|| RunFault::Terms {
            symbol: document.symbol.as_str().to_owned(),
        })?;
        let values = plan.values();
        let market = Market::new(bars, &venue);
        let table = evaluate(&plan, &values, bars, |bar| market.spread(bar));
        if table.warm >= bars.len() {
            return Err(RunFault::TooShort { bars: bars.len() });
        }
        let run = run::run_signals(&plan, &values, &venue, &market, None, &table);
        let statistics = Statistics::compute(&Input {
            trades: &run.trades,
            bars,
            equity: &run.equity,
            initial_balance: venue.account.balance,
            lot_value: venue.money_per_price(),
        });
        Ok(Done {
            document,
            plan,
            venue,
            is_own_broker,
            market,
            table,
            run,
            statistics,
        })
    }
}

impl Done<'_> {
    fn outcome(self, job: &Job) -> Outcome {
        let figures = self.told(job, |report| figures(report, job.language));
        let values = self.plan.values();
        let (plan, venue, s) = (&self.plan, &self.venue, &self.statistics);
        let levels = levels(plan, &values, venue, &self.market, &self.table, &self.run);
        let rows = self.run.trades.iter().zip(levels);
        Outcome {
            bars: self.market.bars.len(),
            warm: self.run.warm,
            currency: venue.account.currency.clone(),
            digits: venue.symbol.digits,
            is_own_broker: self.is_own_broker,
            initial_balance: venue.account.balance,
            refused: self.run.outcome.rejected,
            headline: Headline {
                trades: s.trades,
                net_profit: s.net_profit,
                return_percent: s.return_percent,
                max_drawdown_percent: s.max_drawdown_percent,
                profit_factor: s.profit_factor,
                win_rate_percent: s.win_rate_percent,
                sharpe: s.sharpe,
            },
            figures,
            trades: rows
                .map(|(trade, levels)| TradeRow {
                    trade: *trade,
                    levels,
                })
                .collect(),
            monthly: s.monthly.clone(),
            plots: plot::plots(plan, &values, self.market.bars, job.language),
            elapsed_ms: 0.0,
            equity: self.run.equity,
        }
    }

    fn report(&self, job: &Job) -> String {
        self.told(job, |report| part_files_report(report, job))
    }

    /// Tells it as a report.
    fn told<T>(&self, job: &Job, tell: impl FnOnce(&Report<'_>) -> T) -> T {
        let sections = describe(&self.document, job.language).sections;
        let lines = sections.into_iter().flat_map(|section| section.lines);
        let sentences: Vec<String> = lines.map(|line| line.text).collect();
        tell(&Report {
            title: &self.document.name,
            symbol: self.document.symbol.as_str(),
            timeframe: self.plan.timeframe.name(),
            currency: &self.venue.account.currency,
            digits: self.venue.symbol.digits,
            strategy_sentences: &sentences,
            statistics: &self.statistics,
            trades: &self.run.trades,
            equity: &self.run.equity,
            times: &self.market.bars.time,
            in_sample: false,
            notes: &self.notes(job),
        })
    }

    /// What the reader must know of how it came about.
    fn notes(&self, job: &Job) -> Vec<String> {
        let language = job.language;
        let terms = match job.terms {
            Terms::Ideal => words::IDEAL_HINT,
            Terms::Typical if self.is_own_broker => words::BROKER_HINT,
            Terms::Typical => words::TYPICAL_HINT,
        };
        let refused = match self.run.outcome.rejected {
            0 => None,
            1 => Some(language.text(words::REFUSED_ONE).to_owned()),
            many => Some(fill(
                language.text(words::REFUSED),
                &[language.number(f64::from(many))],
            )),
        };
        std::iter::once(language.text(terms).to_owned())
            .chain(refused)
            .collect()
    }
}

#[inline(never)]
fn part_files_report(report: &Report<'_>, job: &Job) -> String {
    html::render(report, job.language)
}

/// The terms of a broker's own history; none where what it says cannot be read or tested on.
#[inline(never)]
fn part_files_broker(spec: &[u8], bars: &Bars) -> Option<Arc<Venue>> {
    let spec = serde_json::from_slice(spec).ok()?;
    let venue = terms::broker::venue(&spec, bars);
    venue.check().is_ok().then(|| Arc::new(venue))
}

fn place(fault: &Fault, job: &Job) -> Place {
    let text = fault.text(job.language);
    Place {
        pointer: text.pointer,
        code: text.code.to_owned(),
        message: text.message,
        hint: text.hint,
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, BEYOND, Desk, HistoryKey, Job, Outcome, Request, RunFault};
    use protocol::run::Terms;
    use trading::{language::Language, timeframe::Timeframe};

    const GOLD: &str = include_str!("../../../strategies/gold-macd-adx.json");
    const TURTLE: &str = include_str!("../../../strategies/gold-turtle-breakout.json");

    fn key() -> HistoryKey {
        HistoryKey {
            symbol: "XAUUSD".to_owned(),
            timeframe: Timeframe::H1,
        }
    }

    fn desk() -> Desk {
        let bars = history::sample::bars("XAUUSD").unwrap().unwrap();
        let bytes = protocol::bars::encode(&bars);
        let mut desk = Desk::default();
        let (answer, _) = desk.answer(Request::Load { history: key() }, &[bytes], &|| 0.0);
        assert_eq!(
            answer,
            Answer::Loaded {
                history: key(),
                bars: bars.len()
            }
        );
        desk
    }

    fn run(desk: &mut Desk, terms: Terms, document: &str) -> Result<Outcome, RunFault> {
        let job = Job {
            history: key(),
            terms,
            document: document.to_owned(),
            language: Language::En,
            needs: Vec::new(),
        };
        match desk.answer(Request::Run { id: 7, job }, &[], &|| 0.0) {
            (Answer::Done { id: 7, outcome }, columns) => outcome.map(|mut outcome| {
                let columns = columns.into_iter().map(|part| match part {
                    super::Part::Column(column) => column,
                    super::Part::Bytes(_) => Vec::new(),
                });
                outcome.put_columns(columns.collect());
                *outcome
            }),
            (other, _) => panic!("{other:?}"),
        }
    }

    #[test]
    fn gold_trades_as_the_golden_list_does() {
        let mut desk = desk();
        let ideal = run(&mut desk, Terms::Ideal, GOLD).unwrap();
        assert_eq!(ideal.headline.trades, 1_677);
        assert_eq!(ideal.trades.len(), 1_677);
        assert_eq!(ideal.equity.len(), ideal.bars);
        let names: Vec<String> = ideal
            .plots
            .iter()
            .map(|plot| format!("{} {}", plot.indicator, plot.output))
            .collect();
        assert_eq!(
            names,
            [
                "MACD(12, 26, 9) MACD line",
                "MACD(12, 26, 9) MACD signal",
                "ADX(14) ADX"
            ]
        );
        assert!(
            ideal
                .plots
                .iter()
                .all(|plot| plot.values.len() == ideal.bars)
        );
        let typical = run(&mut desk, Terms::Typical, GOLD).unwrap();
        let profit = typical.headline.net_profit;
        assert!((profit - -5216.0).abs() < 1.0, "{profit}");
    }

    #[test]
    fn a_brokers_own_history_is_tested_on_its_own_terms() {
        let mut desk = desk();
        let typical = run(&mut desk, Terms::Typical, GOLD).unwrap();
        assert!(!typical.is_own_broker);
        let bars = history::sample::bars("XAUUSD").unwrap().unwrap();
        let spec = r#"{
            "symbol": "XAUUSD", "digits": 2, "tick_size": 0.01, "tick_value": 16000.0,
            "contract_size": 100.0, "volume_min": 0.01, "volume_max": 50.0, "volume_step": 0.01,
            "stops_level": 0.0, "freeze_level": 0.0, "profit_currency": "USD", "swap_mode": 1,
            "swap_long": -70.0, "swap_short": 10.0, "triple": 3, "account_currency": "IDR",
            "is_hedging": true, "time_zone": "America/New_York+7"
        }"#;
        let load = |desk: &mut Desk, parts: &[Vec<u8>]| {
            desk.answer(Request::Load { history: key() }, parts, &|| 0.0)
        };
        let bytes = protocol::bars::encode(&bars);
        load(&mut desk, &[bytes.clone(), spec.as_bytes().to_vec()]);
        let own = run(&mut desk, Terms::Typical, GOLD).unwrap();
        assert!(own.is_own_broker);
        assert_eq!((own.currency.as_str(), own.digits), ("IDR", 2));
        assert_ne!(own.headline.net_profit, typical.headline.net_profit);
        // Ideal terms are nobody's, and a history that is not the broker's has not its terms.
        let ideal = run(&mut desk, Terms::Ideal, GOLD).unwrap();
        assert_eq!(
            (ideal.currency.as_str(), ideal.headline.trades),
            ("USD", 1_677)
        );
        load(&mut desk, &[bytes]);
        let after = run(&mut desk, Terms::Typical, GOLD).unwrap();
        assert_eq!(after.headline, typical.headline);
    }

    #[test]
    fn stops_and_targets_lie_on_their_sides() {
        let mut desk = desk();
        let outcome = run(&mut desk, Terms::Typical, TURTLE).unwrap();
        assert!(!outcome.trades.is_empty());
        for row in &outcome.trades {
            let stop = row.levels.stop.expect("a stop");
            let below = stop < row.trade.entry_price;
            assert_eq!(below, row.trade.side == trading::symbol::Side::Buy);
        }
    }

    #[test]
    fn a_report_is_a_whole_document() {
        let job = Job {
            history: key(),
            terms: Terms::Typical,
            document: GOLD.to_owned(),
            language: Language::Id,
            needs: Vec::new(),
        };
        let (answer, _) = desk().answer(Request::Report { job }, &[], &|| 0.0);
        let Answer::Reported { html: Ok(html) } = answer else {
            panic!("{answer:?}");
        };
        assert!(html.starts_with("<!doctype html>") && html.contains("lang=\"id\""));
        assert!(html.contains(Language::Id.text(crate::words::outcome::TYPICAL_HINT)));
    }

    #[test]
    fn prices_beyond_every_number_are_told() {
        let mut bars = history::sample::bars("XAUUSD").unwrap().unwrap();
        let columns = [
            &mut bars.open,
            &mut bars.high,
            &mut bars.low,
            &mut bars.close,
        ];
        for column in columns {
            for price in column {
                *price *= 1e300;
            }
        }
        let bytes = protocol::bars::encode(&bars);
        let mut desk = Desk::default();
        desk.answer(Request::Load { history: key() }, &[bytes], &|| 0.0);
        let fault = run(&mut desk, Terms::Ideal, GOLD).err();
        let beyond = RunFault::History {
            history: key(),
            why: BEYOND.to_owned(),
        };
        assert!(fault == Some(beyond));
    }

    #[test]
    fn what_cannot_be_run_says_why() {
        let mut desk = desk();
        let faults = run(&mut desk, Terms::Ideal, "{").unwrap_err();
        assert!(matches!(faults, RunFault::Document { faults } if faults.len() == 1));
        let unknown = GOLD.replace("XAUUSD", "ABCXYZ");
        let fault = run(&mut desk, Terms::Typical, &unknown).unwrap_err();
        assert_eq!(
            fault,
            RunFault::Terms {
                symbol: "ABCXYZ".to_owned()
            }
        );
        let fault = run(&mut Desk::default(), Terms::Ideal, GOLD).unwrap_err();
        assert!(matches!(fault, RunFault::History { .. }));
        let (answer, _) = desk.answer(Request::Load { history: key() }, &[vec![1, 2]], &|| 0.0);
        assert!(matches!(answer, Answer::NotLoaded { .. }));
        // What was there before a damaged history came is still there.
        assert_eq!(
            run(&mut desk, Terms::Ideal, GOLD).unwrap().headline.trades,
            1_677
        );
    }
}
