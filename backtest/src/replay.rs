//! The same backtest the way a live account sees it: through a [`Session`], one bar after the
//! other, nothing known in advance and no bar skipped. Slower than [`crate::engine`] and equal to
//! it, trade for trade, which is what its tests are for.

use crate::{
    broker::Broker,
    engine::{Finer, Ledger, Outcome},
    market::Market,
    venue::Venue,
};
use std::sync::Arc;
use trading::{
    session::{Command, Event, Session},
    strategy::plan::Plan,
};

/// Replays history to a session, with a broker that fills at the open of the next bar.
pub fn replay(
    plan: &Arc<Plan>,
    values: &[f64],
    venue: &Venue,
    market: &Market<'_>,
    finer: Option<Finer<'_>>,
    ledger: &mut impl Ledger,
) -> Outcome {
    let mut session = Session::new(
        Arc::clone(plan),
        values.to_vec(),
        &venue.symbol,
        venue.money_per_price(),
    );
    let mut broker = Broker::new(market, venue);
    let mut outcome = Outcome::default();
    let mut commands: Vec<Command> = Vec::new();
    let mut answers: Vec<Event> = Vec::new();
    // A session may not answer a fill with an order: what it says outside a close is kept apart.
    let mut unasked: Vec<Command> = Vec::new();
    for bar in 0..market.len() as u32 {
        for command in commands.drain(..) {
            match command {
                Command::Open(order) => match broker.open(&order, bar) {
                    Some(opened) => answers.push(Event::Opened(opened)),
                    None => {
                        outcome.rejected += 1;
                        answers.push(Event::Rejected(order.position));
                    }
                },
                Command::MoveStop(position, stop) => broker.move_stop(position, stop),
                Command::Close(position, reason) => {
                    if let Some((trade, closed)) = broker.close(position, reason, bar) {
                        ledger.record(&trade);
                        answers.push(Event::Closed(closed));
                    }
                }
            }
        }
        let inside = finer.map(|finer| finer.inside(market.bars.time[bar as usize]));
        broker.touch(bar, inside.as_ref(), |trade, closed| {
            ledger.record(&trade);
            answers.push(Event::Closed(closed));
        });
        for event in answers.drain(..) {
            session.on(event, &mut unasked);
        }
        let mut closed = market.bars.get(bar as usize);
        closed.spread = market.spread(bar as usize);
        let account = broker.account(bar);
        session.on(Event::BarClosed(closed, account), &mut commands);
    }
    debug_assert!(unasked.is_empty(), "a session decides at closes only");
    broker.end(|trade| ledger.record(&trade));
    outcome
}
