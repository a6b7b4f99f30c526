//! The broker's side: positions, deals and waiting orders with MetaTrader's numbers, around the one
//! definition of fills, [`Paper`]. What happens here follows from the steps alone, so that a book of
//! steps leads to the same account again.

use crate::{
    constant,
    order::{Reply, Request, Transaction, What},
};
use backtest::{
    market::Market,
    paper::{Paper, PaperPosition, PaperTrade, Quote, Refusal},
    venue::{Mode, Venue},
};
use serde::Serialize;
use trading::{
    session::{AccountState, PositionId},
    symbol::{ExitReason, Side, Trade},
};

/// A position as MetaTrader has it: one fill of the paper broker's, or several.
#[derive(Debug, Clone)]
pub(crate) struct Position {
    pub(crate) ticket: u64,
    pub(crate) magic: i64,
    pub(crate) comment: String,
    pub(crate) time_ms: i64,
    pieces: Vec<PositionId>,
}

/// The same with its numbers of now.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    pub(crate) ticket: u64,
    pub(crate) magic: i64,
    pub(crate) comment: String,
    #[serde(rename = "time")]
    pub(crate) time_ms: i64,
    pub(crate) side: Side,
    pub(crate) volume: f64,
    pub(crate) price: f64,
    pub(crate) stop: f64,
    pub(crate) target: f64,
    pub(crate) current: f64,
    pub(crate) profit: f64,
    pub(crate) swap: f64,
}

/// An execution.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Deal {
    pub(crate) ticket: u64,
    pub(crate) order: u64,
    pub(crate) position: u64,
    /// None where money was paid in.
    pub(crate) side: Option<Side>,
    pub(crate) entry: i32,
    pub(crate) reason: i32,
    pub(crate) volume: f64,
    pub(crate) price: f64,
    pub(crate) profit: f64,
    pub(crate) commission: f64,
    pub(crate) swap: f64,
    pub(crate) magic: i64,
    /// Milliseconds UTC.
    #[serde(rename = "time")]
    pub(crate) time_ms: i64,
    pub(crate) comment: String,
}

/// A round trip with MetaTrader's numbers beside it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Round {
    pub(crate) position: u64,
    pub(crate) magic: i64,
    pub(crate) comment: String,
    #[serde(flatten)]
    pub(crate) trade: Trade,
}

/// An order that lies at the server.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) ticket: u64,
    pub(crate) request: Request,
}

#[derive(Debug)]
pub(crate) struct Broker {
    paper: Paper<'static>,
    market: &'static Market<'static>,
    bar_ms: i64,
    is_netting: bool,
    contract_size: f64,
    leverage: f64,
    volume: trading::symbol::SymbolSpec,
    /// Positions are opened in two pieces, so that one can be closed in part.
    is_splitting: bool,
    has_begun: bool,
    is_at_close: bool,
    next: u64,
    positions: Vec<Position>,
    pub(crate) waiting: Vec<Waiting>,
    pub(crate) deals: Vec<Deal>,
    pub(crate) rounds: Vec<Round>,
    told: Vec<Transaction>,
}

impl Broker {
    pub(crate) fn new(
        market: &'static Market<'static>,
        venue: &Venue,
        bar_ms: i64,
        is_splitting: bool,
    ) -> Self {
        let mut broker = Self {
            paper: Paper::new(market, venue),
            market,
            bar_ms,
            is_netting: venue.account.mode == Mode::Netting,
            contract_size: venue.money_per_price(),
            leverage: venue.account.leverage,
            volume: venue.symbol.clone(),
            is_splitting,
            has_begun: false,
            is_at_close: false,
            next: 1_001,
            positions: Vec::new(),
            waiting: Vec::new(),
            deals: Vec::new(),
            rounds: Vec::new(),
            told: Vec::new(),
        };
        let ticket = broker.ticket();
        let time_ms = market.bars.time.first().copied().unwrap_or_default();
        broker.deals.push(Deal {
            ticket,
            order: 0,
            position: 0,
            side: None,
            entry: constant::DEAL_ENTRY_IN,
            reason: constant::DEAL_REASON_CLIENT,
            volume: 0.0,
            price: 0.0,
            profit: venue.account.balance,
            commission: 0.0,
            swap: 0.0,
            magic: 0,
            time_ms,
            comment: "initial deposit".to_owned(),
        });
        broker
    }

    fn ticket(&mut self) -> u64 {
        let ticket = self.next;
        self.next += 1;
        ticket
    }

    /// The next bar opens; false when history is over.
    pub(crate) fn next_bar(&mut self) -> bool {
        if !self.paper.next_bar() {
            return false;
        }
        self.has_begun = true;
        self.is_at_close = false;
        true
    }

    /// The bar's prices work.
    pub(crate) fn walk(&mut self) {
        self.is_at_close = true;
        for closed in self.paper.walk() {
            let reason = match closed.trade.exit {
                ExitReason::StopLoss => constant::DEAL_REASON_SL,
                ExitReason::TakeProfit => constant::DEAL_REASON_TP,
                _ => constant::DEAL_REASON_SO,
            };
            let name = match reason {
                constant::DEAL_REASON_SL => "sl",
                constant::DEAL_REASON_TP => "tp",
                _ => "so",
            };
            let digits = self.volume.digits as usize;
            let comment = format!("[{name} {:.digits$}]", closed.trade.exit_price);
            self.settle(&closed, 0, reason, comment, None);
        }
    }

    pub(crate) fn bar(&self) -> usize {
        self.paper.bar()
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.has_begun
    }

    pub(crate) fn is_at_close(&self) -> bool {
        self.is_at_close
    }

    pub(crate) fn market(&self) -> &'static Market<'static> {
        self.market
    }

    pub(crate) fn quote(&self) -> Quote {
        self.paper.quote()
    }

    /// The time of the tick that is shown, milliseconds UTC.
    pub(crate) fn now_ms(&self) -> i64 {
        let opened = self.market.bars.time[self.bar()];
        if self.is_at_close {
            opened + self.bar_ms - 1
        } else {
            opened
        }
    }

    pub(crate) fn account(&self) -> AccountState {
        self.paper.account()
    }

    pub(crate) fn margin(&self) -> f64 {
        if self.leverage <= 0.0 {
            return 0.0;
        }
        let worth = |p: PaperPosition| p.volume * self.contract_size * p.price;
        self.paper.positions().map(worth).sum::<f64>() / self.leverage
    }

    /// What happened since the last call.
    pub(crate) fn take_told(&mut self) -> Vec<Transaction> {
        std::mem::take(&mut self.told)
    }

    pub(crate) fn positions(&self) -> Vec<Shown> {
        self.positions
            .iter()
            .filter_map(|p| self.shown(p))
            .collect()
    }

    fn shown(&self, position: &Position) -> Option<Shown> {
        let pieces: Vec<PaperPosition> = position
            .pieces
            .iter()
            .filter_map(|id| self.paper.position(*id))
            .collect();
        let first = pieces.first()?;
        let quote = self.paper.quote();
        let volume: f64 = pieces.iter().map(|p| p.volume).sum();
        let price = if pieces.iter().all(|p| p.price == first.price) {
            first.price
        } else {
            pieces.iter().map(|p| p.price * p.volume).sum::<f64>() / volume
        };
        Some(Shown {
            ticket: position.ticket,
            magic: position.magic,
            comment: position.comment.clone(),
            time_ms: position.time_ms,
            side: first.side,
            volume: self.volume.round_volume(volume).unwrap_or(volume),
            price,
            stop: first.stop.unwrap_or(0.0),
            target: first.target.unwrap_or(0.0),
            current: match first.side {
                Side::Buy => quote.bid,
                Side::Sell => quote.ask,
            },
            profit: pieces.iter().map(|p| p.profit).sum(),
            swap: pieces.iter().map(|p| p.swap).sum(),
        })
    }

    /// Lays a request at the server, to be filled later.
    pub(crate) fn place(&mut self, request: Request) -> Reply {
        let ticket = self.ticket();
        self.tell(constant::TRADE_TRANSACTION_ORDER_ADD, 0, ticket, 0);
        self.waiting.push(Waiting { ticket, request });
        Reply {
            order: ticket,
            ..Reply::only(constant::TRADE_RETCODE_PLACED)
        }
    }

    /// Fills a request that lies at the server. Nothing where there is none.
    pub(crate) fn fill(&mut self, ticket: u64) {
        let Some(place) = self.waiting.iter().position(|w| w.ticket == ticket) else {
            return;
        };
        let request = self.waiting.remove(place).request;
        self.carry_out(&request, 1.0, Some(ticket));
    }

    /// Carries a request out, this share of its volume.
    pub(crate) fn perform(&mut self, request: &Request, share: f64) -> Reply {
        self.carry_out(request, share, None)
    }

    fn carry_out(&mut self, request: &Request, share: f64, order: Option<u64>) -> Reply {
        match request.what {
            What::Open {
                side,
                volume,
                stop,
                target,
            } => self.open(request, order, side, volume, share, stop, target),
            What::Close { position, volume } => self.close(request, order, position, volume, share),
            What::Levels {
                position,
                stop,
                target,
            } => self.set_levels(position, stop, target),
            What::Remove { order } => {
                let before = self.waiting.len();
                self.waiting.retain(|w| w.ticket != order);
                Reply::only(if self.waiting.len() < before {
                    constant::TRADE_RETCODE_DONE
                } else {
                    constant::TRADE_RETCODE_INVALID_ORDER
                })
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "an order's parts")]
    fn open(
        &mut self,
        request: &Request,
        order: Option<u64>,
        side: Side,
        volume: f64,
        share: f64,
        stop: Option<f64>,
        target: Option<f64>,
    ) -> Reply {
        let held = self.is_netting.then(|| self.positions.first()).flatten();
        let held = held.map(|position| position.ticket);
        if self.volume.round_volume(volume) != Some(volume) {
            return Reply::only(constant::TRADE_RETCODE_INVALID_VOLUME);
        }
        let Some(filled) = self.volume.round_volume(volume * share) else {
            return Reply::only(constant::TRADE_RETCODE_INVALID_VOLUME);
        };
        let mut pieces = Vec::new();
        for volume in self.split(filled) {
            match self.paper.open(side, volume, stop, target) {
                Ok(position) => pieces.push(position),
                Err(refusal) if pieces.is_empty() => return Reply::only(retcode(refusal)),
                Err(_) => break,
            }
        }
        let order = order.unwrap_or_else(|| self.ticket());
        let time_ms = self.now_ms();
        let number = held.unwrap_or(order);
        let ids = pieces.iter().map(|piece| piece.id);
        match self.positions.iter_mut().find(|p| Some(p.ticket) == held) {
            Some(position) => position.pieces.extend(ids),
            None => self.positions.push(Position {
                ticket: number,
                magic: request.magic,
                comment: request.comment.clone(),
                time_ms,
                pieces: ids.collect(),
            }),
        }
        if held.is_some() {
            // One position has one stop and one target: those of the last order.
            self.set_levels(number, stop, target);
        }
        let price = pieces[0].price;
        let deal = self.ticket();
        self.deals.push(Deal {
            ticket: deal,
            order,
            position: number,
            side: Some(side),
            entry: constant::DEAL_ENTRY_IN,
            reason: reason_of(request),
            volume: filled,
            price,
            profit: 0.0,
            commission: -pieces.iter().map(|piece| piece.commission).sum::<f64>(),
            swap: 0.0,
            magic: request.magic,
            time_ms,
            comment: request.comment.clone(),
        });
        self.tell(constant::TRADE_TRANSACTION_HISTORY_ADD, 0, order, number);
        self.tell(constant::TRADE_TRANSACTION_DEAL_ADD, deal, order, number);
        let is_whole = filled == volume;
        Reply {
            deal,
            order,
            volume: filled,
            price,
            ..Reply::only(if is_whole {
                constant::TRADE_RETCODE_DONE
            } else {
                constant::TRADE_RETCODE_DONE_PARTIAL
            })
        }
    }

    /// Two volumes where positions are opened in pieces and there is enough for two.
    fn split(&self, volume: f64) -> Vec<f64> {
        let half = self.volume.round_volume(volume / 2.0);
        let rest = half.and_then(|half| self.volume.round_volume(volume - half + 1e-9));
        match (half, rest) {
            (Some(half), Some(rest)) if self.is_splitting => vec![half, rest],
            _ => vec![volume],
        }
    }

    fn close(
        &mut self,
        request: &Request,
        order: Option<u64>,
        ticket: u64,
        volume: f64,
        share: f64,
    ) -> Reply {
        let Some(position) = self.positions.iter().find(|p| p.ticket == ticket).cloned() else {
            return Reply::only(constant::TRADE_RETCODE_POSITION_CLOSED);
        };
        let open = self.shown(&position).map_or(0.0, |shown| shown.volume);
        if volume > open + 1e-9 {
            return Reply::only(constant::TRADE_RETCODE_INVALID_CLOSE_VOLUME);
        }
        if self.is_at_close {
            return Reply::only(constant::TRADE_RETCODE_MARKET_CLOSED);
        }
        let wanted = volume * share + 1e-9;
        let order = order.unwrap_or_else(|| self.ticket());
        let mut reply = Reply::only(constant::TRADE_RETCODE_DONE);
        reply.order = order;
        for piece in position.pieces {
            let piece_volume = self.paper.position(piece).map_or(0.0, |p| p.volume);
            if reply.volume + piece_volume > wanted {
                break;
            }
            let Some(closed) = self.paper.close(piece) else {
                break;
            };
            reply.volume += closed.trade.volume;
            reply.price = closed.trade.exit_price;
            let comment = request.comment.clone();
            reply.deal = self.settle(
                &closed,
                order,
                reason_of(request),
                comment,
                Some(request.magic),
            );
        }
        if reply.deal == 0 {
            return Reply::only(constant::TRADE_RETCODE_REJECT);
        }
        if reply.volume + 1e-9 < volume {
            reply.retcode = constant::TRADE_RETCODE_DONE_PARTIAL as u32;
        }
        reply
    }

    fn set_levels(&mut self, ticket: u64, stop: Option<f64>, target: Option<f64>) -> Reply {
        let Some(position) = self.positions.iter().find(|p| p.ticket == ticket) else {
            return Reply::only(constant::TRADE_RETCODE_POSITION_CLOSED);
        };
        let is_there = |p: PaperPosition| p.stop == stop && p.target == target;
        let pieces = position.pieces.clone();
        let mut has_changed = false;
        for piece in pieces {
            if self.paper.position(piece).is_some_and(is_there) {
                continue;
            }
            has_changed = true;
            if !self.paper.set_levels(piece, stop, target) {
                return Reply::only(constant::TRADE_RETCODE_INVALID_STOPS);
            }
        }
        if !has_changed {
            return Reply::only(constant::TRADE_RETCODE_NO_CHANGES);
        }
        self.tell(constant::TRADE_TRANSACTION_POSITION, 0, 0, ticket);
        Reply::only(constant::TRADE_RETCODE_DONE)
    }

    /// Books a closed piece; returns the deal's ticket.
    fn settle(
        &mut self,
        closed: &PaperTrade,
        order: u64,
        reason: i32,
        comment: String,
        magic: Option<i64>,
    ) -> u64 {
        let order = if order == 0 { self.ticket() } else { order };
        let deal = self.ticket();
        let holds = |position: &&mut Position| position.pieces.contains(&closed.id);
        let time_ms = self.now_ms();
        let (ticket, own, first_comment) = match self.positions.iter_mut().find(holds) {
            Some(position) => {
                position.pieces.retain(|piece| *piece != closed.id);
                (position.ticket, position.magic, position.comment.clone())
            }
            None => (0, 0, String::new()),
        };
        self.positions
            .retain(|position| !position.pieces.is_empty());
        self.deals.push(Deal {
            ticket: deal,
            order,
            position: ticket,
            side: Some(closed.trade.side.opposite()),
            entry: constant::DEAL_ENTRY_OUT,
            reason,
            volume: closed.trade.volume,
            price: closed.trade.exit_price,
            profit: closed.trade.gross,
            commission: -closed.commission,
            swap: closed.trade.swap,
            magic: magic.unwrap_or(own),
            time_ms,
            comment,
        });
        self.rounds.push(Round {
            position: ticket,
            magic: own,
            comment: first_comment,
            trade: closed.trade,
        });
        self.tell(constant::TRADE_TRANSACTION_HISTORY_ADD, 0, order, ticket);
        self.tell(constant::TRADE_TRANSACTION_DEAL_ADD, deal, order, ticket);
        deal
    }

    fn tell(&mut self, kind: i32, deal: u64, order: u64, position: u64) {
        self.told.push(Transaction {
            kind,
            deal,
            order,
            position,
        });
    }
}

fn reason_of(request: &Request) -> i32 {
    if request.is_person {
        constant::DEAL_REASON_CLIENT
    } else {
        constant::DEAL_REASON_EXPERT
    }
}

fn retcode(refusal: Refusal) -> i32 {
    match refusal {
        Refusal::Closed => constant::TRADE_RETCODE_MARKET_CLOSED,
        Refusal::Volume => constant::TRADE_RETCODE_INVALID_VOLUME,
        Refusal::Levels => constant::TRADE_RETCODE_INVALID_STOPS,
        Refusal::OtherSide => constant::TRADE_RETCODE_HEDGE_PROHIBITED,
        Refusal::NoMargin => constant::TRADE_RETCODE_NO_MONEY,
    }
}
