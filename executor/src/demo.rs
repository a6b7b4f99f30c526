//! The paper terminal at work: history passes at a pace, as if it were now.

use crate::{
    drive::{Inside, now},
    paper::PaperTerminal,
};
use backtest::{market::Market, venue::Venue};
use protocol::{
    bars::{self, BarsFault},
    link::{FromExecutor, FromTerminal, Nonce},
};
use std::time::Duration;
use tokio::{sync::mpsc, time::timeout_at};
use trading::{bar::Bars, timeframe::Timeframe};

/// Gold, an hour a bar: the end of the history that Phoenix ships.
const GOLD: &[u8] = include_bytes!("../demo/XAUUSD-H1.bars");
/// Bars that have passed when it begins: indicators see them.
const PASSED: usize = 2_000;

/// The history that passes.
///
/// # Errors
/// When the bytes in the program are damaged.
pub fn history() -> Result<Bars, BarsFault> {
    bars::decode(GOLD)
}

/// Lets a history pass to whoever listens, a bar each `pace`. Ends with the history, or when nobody
/// listens any more. It works in a thread of its own: a bar waits for its answer.
pub fn play(bars: &Bars, venue: &Venue, pace: Duration, to: &mpsc::UnboundedSender<Inside>) {
    let market = Market::new(bars, venue);
    let mut terminal =
        PaperTerminal::new(&market, venue, Timeframe::H1).with_tickets_after(now().0);
    terminal.skip(PASSED.min(bars.len() / 2));
    let (ear, mut hears) = mpsc::unbounded_channel();
    let hello = Box::new(terminal.hello(Nonce([0; 32])));
    let mut says = vec![Inside::Arrived(hello, ear)];
    says.extend(terminal.standing().into_iter().map(Inside::Says));
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
    else {
        return;
    };
    loop {
        for said in says.drain(..) {
            if to.send(said).is_err() {
                return;
            }
        }
        // Commands come at any time; a bar passes when its time has come.
        let next = tokio::time::Instant::now() + pace;
        while let Ok(heard) = runtime.block_on(async { timeout_at(next, hears.recv()).await }) {
            let Some(message) = heard else { return };
            answer(&mut terminal, message, to);
        }
        let Some(opened) = terminal.opens() else {
            // Nobody may be there to hear it.
            let _ = to.send(Inside::Left);
            return;
        };
        let waits = opened
            .iter()
            .any(|said| matches!(said, FromTerminal::Bar(_)));
        for said in opened {
            if to.send(Inside::Says(said)).is_err() {
                return;
            }
        }
        if waits && !wait(&mut terminal, &mut hears, to) {
            return;
        }
        says.extend(terminal.passes().into_iter().map(Inside::Says));
    }
}

/// Does what it is told until a bar is answered; false when nobody is there any more.
fn wait(
    terminal: &mut PaperTerminal<'_>,
    hears: &mut mpsc::UnboundedReceiver<FromExecutor>,
    to: &mpsc::UnboundedSender<Inside>,
) -> bool {
    loop {
        match hears.blocking_recv() {
            Some(FromExecutor::Answered(_)) => return true,
            Some(message) => answer(terminal, message, to),
            None => return false,
        }
    }
}

fn answer(
    terminal: &mut PaperTerminal<'_>,
    message: FromExecutor,
    to: &mpsc::UnboundedSender<Inside>,
) {
    for said in terminal.on(message) {
        // Whoever asked may be gone.
        let _ = to.send(Inside::Says(said));
    }
}
