//! The paper terminal at work: history passes at a pace, as if it were now.

use crate::{
    drive::{Inside, now},
    paper::PaperTerminal,
};
use backtest::{market::Market, venue::Venue};
use protocol::{
    bars::{self, BarsFault},
    link::{FromExecutor, FromTerminal, Nonce, part::Ticket},
};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};
use tokio::{sync::mpsc, time::timeout_at};
use trading::{bar::Bars, time::Time, timeframe::Timeframe};

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
    let mouth = Mouth {
        to,
        opened: RefCell::default(),
    };
    if to.send(Inside::Arrived(hello, ear)).is_err() {
        return;
    }
    let mut says = terminal.standing();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
    else {
        return;
    };
    loop {
        if !says.drain(..).all(|said| mouth.say(said)) {
            return;
        }
        let Some(opened) = terminal.opens() else {
            // Nobody may be there to hear it.
            let _ = to.send(Inside::Left);
            return;
        };
        let waits = opened
            .iter()
            .any(|said| matches!(said, FromTerminal::Bar(_)));
        if !opened.into_iter().all(|said| mouth.say(said)) {
            return;
        }
        if waits && !wait(&mut terminal, &mut hears, &mouth) {
            return;
        }
        // While a bar forms commands come at any time, and are carried out at its first price.
        let over = tokio::time::Instant::now() + pace;
        while let Ok(heard) = runtime.block_on(async { timeout_at(over, hears.recv()).await }) {
            let Some(message) = heard else { return };
            answer(&mut terminal, message, &mouth);
        }
        says = terminal.passes();
    }
}

/// Does what it is told until a bar is answered; false when nobody is there any more.
fn wait(
    terminal: &mut PaperTerminal<'_>,
    hears: &mut mpsc::UnboundedReceiver<FromExecutor>,
    says: &Mouth<'_>,
) -> bool {
    loop {
        match hears.blocking_recv() {
            Some(FromExecutor::Answered(_)) => return true,
            Some(message) => answer(terminal, message, says),
            None => return false,
        }
    }
}

fn answer(terminal: &mut PaperTerminal<'_>, message: FromExecutor, says: &Mouth<'_>) {
    for said in terminal.on(message) {
        // Whoever asked may be gone.
        let _ = says.say(said);
    }
}

/// Says things as if they were now: what trades in old history appears among today's deals.
struct Mouth<'a> {
    to: &'a mpsc::UnboundedSender<Inside>,
    /// When positions were first told of.
    opened: RefCell<BTreeMap<Ticket, Time>>,
}

impl Mouth<'_> {
    /// False when nobody listens.
    fn say(&self, mut message: FromTerminal) -> bool {
        match &mut message {
            FromTerminal::Deal(deal) => deal.time = now(),
            FromTerminal::Positions(all) => {
                let mut opened = self.opened.borrow_mut();
                all.time = now();
                for one in &mut all.positions {
                    one.time = *opened.entry(one.ticket).or_insert_with(now);
                }
                opened.retain(|ticket, _| all.positions.iter().any(|one| one.ticket == *ticket));
            }
            _ => {}
        }
        self.to.send(Inside::Says(message)).is_ok()
    }
}
