//! What the worker does with a request. Pure: the clock comes in with the call.

use super::{
    message::{Answer, HistoryKey, Job, Outcome, Place, Request, RunFault},
    terms,
};
use backtest::{
    run,
    statistics::{Input, Statistics},
};
use std::collections::BTreeMap;
use trading::{
    bar::Bars,
    strategy::{
        plan,
        validate::{self, Fault},
    },
};

/// The worker's memory.
#[derive(Debug, Default)]
pub struct Desk {
    histories: BTreeMap<HistoryKey, Bars>,
}

impl Desk {
    /// Answers a request. `parts` came with it; `clock` gives milliseconds.
    pub fn answer(
        &mut self,
        request: Request,
        parts: &[Vec<u8>],
        clock: &dyn Fn() -> f64,
    ) -> Answer {
        match request {
            Request::Load { history } => self.load(history, parts),
            Request::Run { id, job } => {
                let start = clock();
                let outcome = self.run(&job).map(|mut outcome| {
                    outcome.elapsed_ms = clock() - start;
                    outcome
                });
                Answer::Done { id, outcome }
            }
        }
    }

    fn load(&mut self, history: HistoryKey, parts: &[Vec<u8>]) -> Answer {
        let bytes = parts.first().map_or(&[][..], Vec::as_slice);
        match protocol::bars::decode(bytes) {
            Ok(bars) => {
                let count = bars.len();
                self.histories.insert(history.clone(), bars);
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

    fn run(&self, job: &Job) -> Result<Outcome, RunFault> {
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
        let bars = self
            .histories
            .get(&job.history)
            .ok_or_else(|| RunFault::History {
                history: job.history.clone(),
                why: String::new(),
            })?;
        let venue = terms::venue(job.terms, &document.symbol).ok_or_else(|| RunFault::Terms {
            symbol: document.symbol.as_str().to_owned(),
        })?;
        let run = run::run(&plan, &plan.values(), &venue, bars, None);
        if run.warm >= bars.len() {
            return Err(RunFault::TooShort { bars: bars.len() });
        }
        let statistics = Statistics::compute(&Input {
            trades: &run.trades,
            bars,
            equity: &run.equity,
            initial_balance: venue.account.balance,
            lot_value: venue.money_per_price(),
        });
        Ok(Outcome {
            bars: bars.len(),
            trades: statistics.trades,
            net_profit: statistics.net_profit,
            currency: venue.account.currency,
            refused: run.outcome.rejected,
            elapsed_ms: 0.0,
        })
    }
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
    use super::{Answer, Desk, HistoryKey, Job, Outcome, Request, RunFault};
    use protocol::run::Terms;
    use trading::{language::Language, timeframe::Timeframe};

    const GOLD: &str = include_str!("../../../strategies/gold-macd-adx.json");

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
        let answer = desk.answer(Request::Load { history: key() }, &[bytes], &|| 0.0);
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
        };
        match desk.answer(Request::Run { id: 7, job }, &[], &|| 0.0) {
            Answer::Done { id: 7, outcome } => outcome,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn gold_trades_as_the_golden_list_does() {
        let mut desk = desk();
        assert_eq!(run(&mut desk, Terms::Ideal, GOLD).unwrap().trades, 1_677);
        let typical = run(&mut desk, Terms::Typical, GOLD).unwrap();
        assert!((typical.net_profit - -5216.0).abs() < 1.0, "{typical:?}");
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
        let answer = desk.answer(Request::Load { history: key() }, &[vec![1, 2]], &|| 0.0);
        assert!(matches!(answer, Answer::NotLoaded { .. }));
        // What was there before a damaged history came is still there.
        assert_eq!(run(&mut desk, Terms::Ideal, GOLD).unwrap().trades, 1_677);
    }
}
