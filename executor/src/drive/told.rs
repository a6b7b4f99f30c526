//! What of everything that is done people are told.

use super::Drive;
use crate::{
    note::Matter,
    service::{Out, Service},
    trade::Tell,
};
use protocol::{
    api::text::{MAX_REMARK, Remark},
    link::FromExecutor,
};
use trading::time::MINUTE;

/// For how long the server is told of the last trouble, in milliseconds.
const FRESH: i64 = 10 * MINUTE;

pub(super) fn matter(out: &Out, service: &Service) -> Option<Matter> {
    Some(match out {
        Out::Send(_, FromExecutor::Open(order)) => Matter::Ordered {
            side: order.side,
            volume: order.volume,
            symbol: order.symbol.to_string(),
        },
        Out::Closed(seat, run, done) => Matter::Closed {
            done: *done,
            decimals: service.decimals(*seat, *run),
        },
        Out::Tell(seat, tell) => told(tell, |run| service.name(*seat, run)),
        Out::Cannot(strategy, why) => Matter::Cannot {
            strategy: strategy.to_string(),
            why: why.clone(),
        },
        Out::Given(_, Ok(())) => Matter::Obeyed,
        Out::Given(_, Err(why)) => Matter::Disobeyed { why: why.clone() },
        Out::Journal(fault) => Matter::Journal {
            why: fault.to_string(),
        },
        Out::End(_, why) => Matter::Left { why: why.clone() },
        Out::Send(..) | Out::Report | Out::Ended(_) => return None,
    })
}

fn told(tell: &Tell, name: impl Fn(u32) -> String) -> Matter {
    match tell {
        Tell::Limited { run, limit } => Matter::Limited {
            strategy: name(*run),
            limit: *limit,
        },
        Tell::Refused { run, retcode, text } => Matter::Refused {
            strategy: name(*run),
            retcode: *retcode,
            text: text.clone(),
        },
        Tell::Orphan { ticket } => Matter::Orphan { ticket: *ticket },
        Tell::Lost { ticket, .. } => Matter::Lost { ticket: *ticket },
        Tell::Late { ticket, .. } => Matter::Late { ticket: *ticket },
        Tell::Cannot { run, why } => Matter::Cannot {
            strategy: name(*run),
            why: why.clone(),
        },
        Tell::Notice { text } => Matter::Notice { text: text.clone() },
    }
}

impl Drive {
    /// What else heartbeats say: the last trouble, as long as it is fresh.
    pub(super) fn remark(&self) -> Remark {
        let since = super::now().0 - FRESH;
        let mut fresh = self.notes.iter().rev().filter(|note| note.at.0 >= since);
        let found = fresh.find(|note| note.matter.is_trouble());
        let words = found.map(|note| note.matter.say(self.language));
        let words: String = words.unwrap_or_default().chars().take(MAX_REMARK).collect();
        words.parse().unwrap_or_default()
    }
}
