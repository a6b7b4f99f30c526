//! A backtest on the server's history, by the engine that the command line and the browser use. It
//! changes nothing, so that it needs no Idempotency-Key; how much is done at once is limited.

use super::{
    asker::{ANYBODY, By},
    body::Given,
    refusal::{Answer, Refusal},
};
use crate::serve::{
    Context,
    history::Histories,
    request_id::carried,
    single::{Inside, Single},
};
use app::engine::terms;
use axum::Json;
use backtest::{
    run,
    statistics::{Input, Statistics},
    venue::Venue,
};
use billing::quota::Quota;
use protocol::{
    api::{
        backtest::{Backtest, Figures, MAX_BARS, MAX_TRADES, NewBacktest, TestedTrade},
        market::{BrokerSpec, MAX_READ},
        problem::ProblemCode,
    },
    run::Terms,
    strategy::MAX_DOCUMENT,
};
use std::{
    sync::{Arc, LazyLock},
    thread::available_parallelism,
    time::Duration,
};
use storage::KeptPart;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::timeout,
};
use trading::{
    bar::Bars,
    strategy::{
        Document,
        plan::{self, Plan},
        validate::{check, validate},
    },
    symbol::Trade,
    time::Time,
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// How long somebody may wait for their turn.
const TURN: Duration = Duration::from_secs(5);
/// How long a test may take. The engine knows no clock and offers no way to stop it half way: it
/// is told to be too slow, and its places are free only when it is done.
const PATIENCE: Duration = Duration::from_secs(20);

/// Half of the machine, and one test at least: pages and executors have the rest.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new((cores / 2).max(1)))
});

/// One test of each account: nobody takes all the places.
static TESTING: Single = Single::new();

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(test))
}

/// Tests a strategy on the server's history of its symbol, or on that of an account at a broker with
/// its terms (404 `not-found` where there is none of this symbol). It says what would have happened, never
/// what will. One at a time of each account, and as many a day as its plan allows (409
/// `quota-exceeded`). Needs no Idempotency-Key. For everybody who is known.
#[utoipa::path(post, path = "/backtest", tag = "backtest", request_body = NewBacktest,
    responses((status = 200, description = "What came of it", body = Backtest),
        (status = 404, description = ""),
        (status = 409, description = "The plan allows no more today"),
        (status = 422, description = "The document, the terms or the history do not go together")))]
async fn test(by: By<ANYBODY>, Given(new): Given<NewBacktest>) -> Answer<Json<Backtest>> {
    if new.document.len() > MAX_DOCUMENT {
        return Err(Refusal::of(ProblemCode::TooLarge));
    }
    let Some(inside) = TESTING.enter(by.account) else {
        let why = "one backtest at a time: another of yours is not done";
        return Err(Refusal::with(ProblemCode::TooManyAttempts, why).after(5));
    };
    let turn = timeout(TURN, PLACES.clone().acquire_owned()).await;
    let Ok(Ok(place)) = turn else {
        return Err(Refusal::of(ProblemCode::Busy).after(5));
    };
    match timeout(PATIENCE, carried(attended(&by, new, (place, inside)))).await {
        Ok(done) => Ok(Json(done?)),
        Err(_) => Err(Refusal::of(ProblemCode::TooSlow)),
    }
}

/// Somebody's place in the machine, and that nothing else of theirs is tested.
type Places = (OwnedSemaphorePermit, Inside);

async fn attended(by: &By<ANYBODY>, new: NewBacktest, places: Places) -> Answer<Backtest> {
    let histories = by.context.histories.clone();
    let document = document(&new)?;
    let own = own(by, &new, &document).await?;
    // The places go along: they are free when the work is done, whoever waits for it.
    let work = spawn_blocking(move || (ready(&histories, document, own, &new), places));
    let (ready, places) = work.await.map_err(Refusal::failed)?;
    // What cannot be tested is not counted.
    let ready = ready?;
    let till = &by.context.till;
    till.use_one(by.account, Quota::BacktestsPerDay).await?;
    let work = spawn_blocking(move || (tested(&ready), places));
    let (tested, _places) = work.await.map_err(Refusal::failed)?;
    tested
}

/// What a broker says of the symbol, and its bars as they lie there.
struct Own {
    spec: BrokerSpec,
    parts: Vec<KeptPart>,
}

/// The broker's data that the test is to be on.
async fn own(by: &By<ANYBODY>, new: &NewBacktest, document: &Document) -> Answer<Option<Own>> {
    let Some(of) = new.broker_account else {
        return Ok(None);
    };
    let markets = &by.context.desk.storage().markets;
    let (symbol, timeframe) = (&document.symbol, document.timeframe);
    let spec = markets.spec(by.account, of, symbol).await?;
    let parts = markets.newest(by.account, of, (symbol, timeframe), MAX_READ);
    let parts = parts.await?;
    Ok(Some(Own { spec, parts }))
}

/// The document as it is to be tested.
fn document(new: &NewBacktest) -> Answer<Document> {
    let mut document = validate(&new.document).map_err(|faults| Refusal::of_document(&faults))?;
    if let Some(symbol) = &new.symbol {
        document.symbol = symbol.clone();
    }
    if let Some(timeframe) = new.timeframe {
        document.timeframe = timeframe;
    }
    for (name, value) in &new.parameters {
        let known = document.parameters.get_mut(name.as_str());
        let parameter = known.ok_or_else(|| {
            Refusal::invalid(format!("the document has no parameter named {name:?}"))
        })?;
        parameter.value = *value;
    }
    terms::adapt(new.terms, &mut document);
    let faults = check(&document);
    if faults.is_empty() {
        Ok(document)
    } else {
        Err(Refusal::of_document(&faults))
    }
}

/// All that a test takes.
struct Ready {
    document: Document,
    plan: Plan,
    venue: Venue,
    bars: Bars,
}

fn ready(
    histories: &Histories,
    document: Document,
    own: Option<Own>,
    new: &NewBacktest,
) -> Answer<Ready> {
    let plan = plan::compile(&document).map_err(|error| Refusal::invalid(error.to_string()))?;
    let (symbol, timeframe) = (document.symbol.as_str(), document.timeframe);
    let bars = match &own {
        Some(own) => {
            let bars = KeptPart::whole(&own.parts, MAX_READ)?;
            (!bars.is_empty()).then_some(bars)
        }
        None => histories.bars(symbol, timeframe).map_err(Refusal::failed)?,
    };
    let bars = bars.ok_or_else(|| {
        Refusal::invalid(format!("there is no {timeframe} history of {symbol} here"))
    })?;
    let venue = match &own {
        Some(own) if new.terms == Terms::Typical => Some(terms::broker::venue(&own.spec, &bars)),
        _ => terms::venue(new.terms, &document.symbol),
    };
    let mut venue = venue.ok_or_else(|| {
        Refusal::invalid("nobody knows the costs of this symbol: test it on ideal terms")
    })?;
    if let Some(balance) = new.balance {
        venue.account.balance = balance;
    }
    venue
        .check()
        .map_err(|error| Refusal::invalid(error.to_string()))?;
    if bars.len() > MAX_BARS {
        return Err(Refusal::invalid(format!("{MAX_BARS} bars are the most")));
    }
    Ok(Ready {
        document,
        plan,
        venue,
        bars,
    })
}

fn tested(ready: &Ready) -> Answer<Backtest> {
    let Ready {
        document,
        plan,
        venue,
        bars,
    } = ready;
    let run = run::run(plan, &plan.values(), venue, bars, None);
    if run.warm >= bars.len() {
        return Err(Refusal::invalid(
            "the history ends before the indicators have their first numbers",
        ));
    }
    let statistics = Statistics::compute(&Input {
        trades: &run.trades,
        bars,
        equity: &run.equity,
        initial_balance: venue.account.balance,
        lot_value: venue.money_per_price(),
    });
    Ok(Backtest {
        name: document.name.clone(),
        symbol: document.symbol.as_str().to_owned(),
        timeframe: document.timeframe,
        bars: count(bars.len()),
        from: bars.time.first().copied().map(Time),
        to: bars.time.last().copied().map(Time),
        currency: venue.account.currency.clone(),
        warm_up_bars: count(run.warm),
        refused_entries: run.outcome.rejected,
        figures: figures(&statistics),
        left_out: count(run.trades.len().saturating_sub(MAX_TRADES)),
        trades: run.trades.iter().take(MAX_TRADES).map(trade).collect(),
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn figures(all: &Statistics) -> Figures {
    Figures {
        trades: all.trades,
        winning_trades: all.winning_trades,
        losing_trades: all.losing_trades,
        initial_balance: all.initial_balance,
        final_equity: all.final_equity,
        net_profit: all.net_profit,
        return_percent: all.return_percent,
        profit_factor: all.profit_factor,
        expectancy: all.expectancy,
        win_rate_percent: all.win_rate_percent,
        max_drawdown: all.max_drawdown,
        max_drawdown_percent: all.max_drawdown_percent,
        recovery_factor: all.recovery_factor,
        sharpe: all.sharpe,
        sortino: all.sortino,
        cagr_percent: all.cagr_percent,
        exposure_percent: all.exposure_percent,
    }
}

fn trade(one: &Trade) -> TestedTrade {
    TestedTrade {
        side: one.side.name().to_owned(),
        volume: one.volume,
        entry_time: one.entry_time,
        exit_time: one.exit_time,
        entry_price: one.entry_price,
        exit_price: one.exit_price,
        profit: one.profit,
        exit: one.exit.name().to_owned(),
    }
}
