//! What was asked of the terminal, and what it answers.

use super::{Account, Coming, Effects, Slot, Stage, Tell, Write};
use protocol::link::{
    FromExecutor, executor as say,
    part::Position,
    terminal::{Deals, Failed, History, Positions, Spec},
};
use trading::time::{DAY, SECOND, Time};

/// How far before the newest deal that is known deals are asked for again: some arrive late.
const DEALS_AGAIN: i64 = 7 * DAY;

/// How long to wait between two questions for deals, in milliseconds.
const DEALS_PAUSE: i64 = 2 * SECOND;

/// A question that was not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// For what the broker says of the symbol of this run.
    Spec(u32),
    /// For the bars of this run.
    Bars(u32),
    /// For deals.
    Deals,
    /// For what the broker may call the symbol of this run.
    Symbols(u32),
}

/// How an account stands, for people and for the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<'a> {
    /// What is open, whoever opened it.
    pub positions: &'a [Position],
    /// When that was so.
    pub at: Time,
}

impl Account {
    /// How it stands, once that is known.
    pub fn standing(&self) -> Option<Standing<'_>> {
        self.positions.as_ref().map(|told| Standing {
            positions: &told.positions,
            at: told.time,
        })
    }

    /// Asks for what the broker recorded, unless that was done a moment ago.
    pub(super) fn ask_deals(&mut self, now: Time, out: &mut Effects) {
        let is_early = |asked: Time| now.0 - asked.0 < DEALS_PAUSE;
        if self.asks_deals() || self.deals_asked.is_some_and(is_early) {
            return;
        }
        self.deals_asked = Some(now);
        let request = self.ask(Asked::Deals);
        let since = self.newest_deal.map_or(Time(0), |newest| {
            Time(newest.0.saturating_sub(DEALS_AGAIN).max(0))
        });
        out.sends
            .push(FromExecutor::DealsRequest(say::DealsRequest {
                request,
                since,
            }));
    }

    pub(super) fn asks_deals(&self) -> bool {
        self.asked.values().any(|asked| *asked == Asked::Deals)
    }

    pub(super) fn on_deals(&mut self, page: Deals, now: Time, out: &mut Effects) {
        if self.asked.get(&page.request.0) != Some(&Asked::Deals) {
            return;
        }
        self.deals.extend(page.deals);
        if !page.is_last {
            return;
        }
        self.asked.remove(&page.request.0);
        self.has_deals = true;
        let deals = std::mem::take(&mut self.deals);
        for deal in &deals {
            self.on_deal(deal, out);
        }
        // What orders became is looked for in all of them, known or not.
        self.recorded = deals;
        self.go_live(now, out);
        self.look_after(now, out);
    }

    pub(super) fn on_positions(&mut self, positions: Positions, now: Time, out: &mut Effects) {
        for slot in &mut self.slots {
            if let Stage::Live(run) = &mut slot.stage {
                run.seen(&positions.positions);
            }
        }
        self.positions = Some(positions);
        self.go_live(now, out);
        self.tell_orphans(now, out);
    }

    pub(super) fn on_spec(&mut self, spec: &Spec, now: Time, out: &mut Effects) {
        let mut answered = false;
        for slot in &mut self.slots {
            if let Stage::Coming(coming) = &mut slot.stage
                && slot.terms.symbol == spec.symbol
            {
                coming.spec = Some(spec.clone());
                answered = true;
            }
        }
        if answered {
            let slots = &self.slots;
            self.asked.retain(|_, asked| match asked {
                Asked::Spec(run) => slots
                    .iter()
                    .any(|slot| slot.terms.number == *run && lacks_spec(slot)),
                _ => true,
            });
            self.go_live(now, out);
        }
    }

    pub(super) fn on_history(&mut self, page: History, now: Time, out: &mut Effects) {
        let Some(&Asked::Bars(run)) = self.asked.get(&page.request.0) else {
            return;
        };
        let is_last = page.is_last;
        if let Some(coming) = self.coming(run) {
            coming.pages.extend(page.bars);
            coming.has_bars |= is_last;
        }
        if is_last {
            self.asked.remove(&page.request.0);
            self.go_live(now, out);
        }
    }

    pub(super) fn on_failed(&mut self, failed: &Failed, out: &mut Effects) {
        match self.asked.remove(&failed.request.0) {
            Some(Asked::Spec(run)) => {
                self.fail(run, failed.text.clone(), out);
                self.ask_names(run, out);
            }
            Some(Asked::Bars(run)) => self.fail(run, failed.text.clone(), out),
            // See `look_after`.
            Some(Asked::Deals | Asked::Symbols(_)) | None => {}
        }
    }

    /// A run cannot trade here.
    pub(super) fn fail(&mut self, run: u32, why: String, out: &mut Effects) {
        if let Some(at) = self.place_of(run) {
            let before = std::mem::replace(&mut self.slots[at].stage, Stage::Failed);
            if let Stage::Coming(coming) = before {
                // Deals that it has not heard are known by nobody.
                let unheard = coming.deals.into_iter();
                out.writes.extend(unheard.map(|deal| Write::Deal {
                    deal: Box::new(deal),
                    run: Some(run),
                }));
            }
            out.tells.push(Tell::Cannot { run, why });
        }
    }

    fn coming(&mut self, run: u32) -> Option<&mut Coming> {
        let at = self.place_of(run)?;
        match &mut self.slots[at].stage {
            Stage::Coming(coming) => Some(coming),
            _ => None,
        }
    }
}

const fn lacks_spec(slot: &Slot) -> bool {
    matches!(&slot.stage, Stage::Coming(coming) if coming.spec.is_none())
}
