//! Orders at the paper terminal, with the Expert Advisor's conduct.

use super::{MAGIC, PaperTerminal};
use backtest::paper::Refusal;
use protocol::link::{
    FromTerminal,
    executor::{Close, CloseAll, Modify, Open},
    part::{CommandNumber, Deal, DealEntry, DealReason, DealSide, Outcome, Ticket},
    terminal::Receipt,
};
use trading::symbol::Side;

/// MetaTrader's codes.
const DONE: u32 = 10_009;
const REJECTED: u32 = 10_006;
const BAD_VOLUME: u32 = 10_014;
const BAD_STOPS: u32 = 10_016;
const CLOSED: u32 = 10_018;
const NO_MONEY: u32 = 10_019;
const NO_POSITION: u32 = 10_036;

impl PaperTerminal<'_> {
    pub(super) fn open(&mut self, order: &Open) -> Vec<FromTerminal> {
        if let Some(known) = self.receipts.get(&order.command.0.get()) {
            return vec![FromTerminal::Receipt(known.clone())];
        }
        if order.symbol != self.spec.symbol || order.stop_distance <= 0.0 {
            return vec![self.refused(order.command, REJECTED, "symbol or stop")];
        }
        let held = u32::try_from(self.paper.positions().count()).unwrap_or(u32::MAX);
        let is_guarded = self
            .guard
            .as_ref()
            .is_some_and(|guard| order.volume > guard.max_volume || held >= guard.max_positions);
        if is_guarded {
            return vec![self.refused(order.command, REJECTED, "the guard refuses")];
        }
        let quote = self.paper.quote();
        let seen = match order.side {
            Side::Buy => quote.ask,
            Side::Sell => quote.bid,
        };
        let (stop, target) = self.levels(order, seen);
        let opened = match self.paper.open(order.side, order.volume, stop, target) {
            Ok(opened) => opened,
            Err(why) => {
                let code = match why {
                    Refusal::Closed => CLOSED,
                    Refusal::Volume => BAD_VOLUME,
                    Refusal::Levels => BAD_STOPS,
                    Refusal::OtherSide => REJECTED,
                    Refusal::NoMargin => NO_MONEY,
                };
                return vec![self.refused(order.command, code, &why.to_string())];
            }
        };
        // The fill may be another price than was seen.
        let (stop, target) = self.levels(order, opened.price);
        self.paper.set_levels(opened.id, stop, target);
        self.comments.insert(opened.id, order.command.comment());
        let deal = Deal {
            ticket: self.next_ticket(),
            order: Ticket(0),
            position: self.ticket(opened.id),
            symbol: self.spec.symbol.to_string(),
            side: match order.side {
                Side::Buy => DealSide::Buy,
                Side::Sell => DealSide::Sell,
            },
            entry: DealEntry::In,
            reason: DealReason::Program,
            volume: opened.volume,
            price: opened.price,
            profit: 0.0,
            commission: -opened.commission,
            swap: 0.0,
            fee: 0.0,
            magic: MAGIC,
            time: self.now(),
            comment: order.command.comment(),
        };
        self.deals.push(deal.clone());
        let receipt = Receipt {
            deal: deal.ticket,
            position: deal.position,
            volume: opened.volume,
            price: opened.price,
            stop: stop.unwrap_or(0.0),
            target: target.unwrap_or(0.0),
            ..self.receipt(order.command)
        };
        vec![FromTerminal::Deal(deal), self.keep(receipt)]
    }

    /// Stop and target around a price.
    fn levels(&self, order: &Open, price: f64) -> (Option<f64>, Option<f64>) {
        let grid = self.spec.grid();
        let sign = order.side.sign();
        let target = (order.target_distance > 0.0)
            .then(|| grid.nearest(price + order.target_distance * sign));
        (
            Some(grid.nearest(price - order.stop_distance * sign)),
            target,
        )
    }

    pub(super) fn modify(&mut self, order: &Modify) -> Vec<FromTerminal> {
        if let Some(known) = self.receipts.get(&order.command.0.get()) {
            return vec![FromTerminal::Receipt(known.clone())];
        }
        let id = self.position_of(order.position);
        if self.paper.position(id).is_none() {
            return vec![self.refused(order.command, NO_POSITION, "the position is not there")];
        }
        let level = |level: f64| (level != 0.0).then_some(level);
        if !self
            .paper
            .set_levels(id, level(order.stop), level(order.target))
        {
            return vec![self.refused(order.command, BAD_STOPS, "the stop cannot lie there")];
        }
        let receipt = Receipt {
            position: order.position,
            stop: order.stop,
            target: order.target,
            ..self.receipt(order.command)
        };
        vec![self.keep(receipt)]
    }

    pub(super) fn close(&mut self, order: &Close) -> Vec<FromTerminal> {
        if let Some(known) = self.receipts.get(&order.command.0.get()) {
            return vec![FromTerminal::Receipt(known.clone())];
        }
        let id = self.position_of(order.position);
        if self.paper.position(id).is_none() {
            return vec![self.refused(order.command, NO_POSITION, "the position is not there")];
        }
        let Some(closed) = self.paper.close(id) else {
            return vec![self.refused(order.command, CLOSED, "the market is closed")];
        };
        let deal = self.record(&closed, Some(order.command.comment()));
        let receipt = Receipt {
            deal: deal.ticket,
            position: order.position,
            volume: deal.volume,
            price: deal.price,
            ..self.receipt(order.command)
        };
        vec![FromTerminal::Deal(deal), self.keep(receipt)]
    }

    pub(super) fn close_all(&mut self, order: &CloseAll) -> Vec<FromTerminal> {
        if let Some(known) = self.receipts.get(&order.command.0.get()) {
            return vec![FromTerminal::Receipt(known.clone())];
        }
        let open: Vec<_> = self.paper.positions().map(|open| open.id).collect();
        let mut says = Vec::new();
        let mut left = 0;
        for id in open {
            match self.paper.close(id) {
                Some(closed) => {
                    let deal = self.record(&closed, Some(order.command.comment()));
                    says.push(FromTerminal::Deal(deal));
                }
                None => left += 1,
            }
        }
        if left > 0 {
            says.push(self.refused(order.command, CLOSED, "the market is closed"));
        } else {
            let receipt = self.receipt(order.command);
            says.push(self.keep(receipt));
        }
        says
    }

    /// A receipt of something that was done.
    fn receipt(&self, command: CommandNumber) -> Receipt {
        Receipt {
            command,
            outcome: Outcome::Done,
            retcode: DONE,
            text: String::new(),
            order: Ticket(0),
            deal: Ticket(0),
            position: Ticket(0),
            volume: 0.0,
            price: 0.0,
            stop: 0.0,
            target: 0.0,
            time: self.now(),
        }
    }

    fn refused(&mut self, command: CommandNumber, retcode: u32, text: &str) -> FromTerminal {
        let receipt = Receipt {
            outcome: Outcome::Refused,
            retcode,
            text: text.to_owned(),
            ..self.receipt(command)
        };
        self.keep(receipt)
    }

    fn keep(&mut self, receipt: Receipt) -> FromTerminal {
        self.receipts
            .insert(receipt.command.0.get(), receipt.clone());
        FromTerminal::Receipt(receipt)
    }
}
