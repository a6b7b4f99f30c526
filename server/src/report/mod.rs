//! What was earned: deals and equity added up by day, week, month or strategy, each account at a
//! broker for itself. Pages and files show it. What versions of a strategy earned is added up by
//! `storage::Strategies::earned`; when a trade is closed and what it brought both ask of
//! `storage::Rounds`, so that they count the same trades.
//!
//! | file | what |
//! |---|---|
//! | `period.rs` | days, weeks and months in UTC |
//! | `figure.rs` | the numbers of a line |
//! | `drawdown.rs` | the deepest fall of equity |
//! | `reckoner.rs` | all of it at once, deal by deal |
//!
//! Money is counted when it moves: profit, commission and swap belong to the time of their deal. A
//! trade belongs to the time of the deal that closed it, with everything that its position ever
//! earned or cost. So the sums of the two differ where a position is open across a border.

mod drawdown;
mod figure;
mod period;
mod reckoner;

pub(crate) use drawdown::Drawdown;
pub(crate) use figure::Figures;
pub(crate) use period::{By, day_of, day_text};
pub(crate) use reckoner::{Group, Row};

use protocol::id::AccountId;
use reckoner::Reckoner;
use std::ops::Range;
use storage::{BrokerPlace, Result, Storage};
use trading::time::Time;

/// How much is read at once.
const PART: i64 = 5_000;
/// The most deals of a report.
const MOST_DEALS: usize = 200_000;
/// The most equity snapshots of a report.
const MOST_SNAPSHOTS: usize = 600_000;

/// A report.
#[derive(Debug)]
pub(crate) struct Report {
    /// The newest period or the first strategy first; of each, one line an account at a broker.
    pub(crate) rows: Vec<Row>,
    /// Whether there was more than a report takes in: then it lacks the last of it.
    pub(crate) is_cut: bool,
}

/// Reckons a report of a stretch of time. Equity is only read where `has_drawdown` asks for it.
pub(crate) async fn reckon(
    storage: &Storage,
    account: AccountId,
    by: By,
    span: &Range<Time>,
    has_drawdown: bool,
    places: &[BrokerPlace],
) -> Result<Report> {
    let mut reckoner = Reckoner::new(by);
    let mut room = MOST_DEALS;
    let mut after = None;
    loop {
        let part = storage
            .reports
            .deals_before(account, span, after, PART)
            .await?;
        part.iter().for_each(|deal| reckoner.before(deal));
        room = room.saturating_sub(part.len());
        after = part.last().map(|deal| deal.id);
        if (part.len() as i64) < PART || room == 0 {
            break;
        }
    }
    after = None;
    loop {
        let part = storage.reports.deals_in(account, span, after, PART).await?;
        part.iter().for_each(|deal| reckoner.deal(deal));
        room = room.saturating_sub(part.len());
        after = part.last().map(|deal| deal.id);
        if (part.len() as i64) < PART || room == 0 {
            break;
        }
    }
    let mut is_cut = room == 0;
    if has_drawdown && by != By::Strategy {
        let mut room = MOST_SNAPSHOTS;
        for place in places {
            let (of, mut after) = (place.account.id, None);
            loop {
                let part = storage
                    .reports
                    .equity_in(account, of, span, after, PART)
                    .await?;
                part.iter().for_each(|one| reckoner.equity(of, one));
                room = room.saturating_sub(part.len());
                after = part.last().map(|one| one.at);
                if (part.len() as i64) < PART || room == 0 {
                    break;
                }
            }
        }
        is_cut |= room == 0;
    }
    Ok(Report {
        rows: reckoner.rows(),
        is_cut,
    })
}
