//! Deals become trades: a trade is closed when as much of its position was closed as was opened.

use super::figure::net_of;
use protocol::{
    api::report::{Entry, KeptDeal},
    id::{BrokerAccountId, StrategyId},
};
use std::collections::BTreeMap;

/// Lots that are none: volumes are sums of decimal fractions.
const DUST: f64 = 1e-7;

/// A position that something is open of.
#[derive(Debug, Default)]
struct Open {
    volume: f64,
    net: f64,
    strategy: Option<StrategyId>,
}

/// What a deal was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// Which strategy it belongs to: its own, else that of what opened its position. Stops and
    /// targets are carried out by the broker, who knows of no strategy.
    pub(super) strategy: Option<StrategyId>,
    /// The net profit of the trade that it closed, if it closed one.
    pub(super) closed: Option<f64>,
}

/// Positions that are open while deals go by.
#[derive(Debug, Default)]
pub(super) struct Rounds(BTreeMap<(BrokerAccountId, i64), Open>);

impl Rounds {
    /// The next deal, in order of time.
    pub(super) fn push(&mut self, kept: &KeptDeal) -> Step {
        let deal = &kept.deal;
        let key = (kept.broker_account, deal.position);
        let alone = |closed| Step {
            strategy: deal.strategy,
            closed,
        };
        match deal.entry {
            Entry::Balance => alone(None),
            // Without a position nothing says what belongs together.
            Entry::In if deal.position == 0 => alone(None),
            Entry::Out | Entry::OutBy | Entry::InOut if deal.position == 0 => {
                alone(Some(net_of(deal)))
            }
            Entry::In => {
                let open = self.0.entry(key).or_default();
                open.volume += deal.volume;
                open.net += net_of(deal);
                open.strategy = open.strategy.or(deal.strategy);
                Step {
                    strategy: deal.strategy.or(open.strategy),
                    closed: None,
                }
            }
            Entry::Out | Entry::OutBy => {
                let Some(open) = self.0.get_mut(&key) else {
                    // What opened it was never reported: this much of it is known.
                    return alone(Some(net_of(deal)));
                };
                open.volume -= deal.volume;
                open.net += net_of(deal);
                let strategy = deal.strategy.or(open.strategy);
                let closed = (open.volume <= DUST).then_some(open.net);
                if closed.is_some() {
                    self.0.remove(&key);
                }
                Step { strategy, closed }
            }
            Entry::InOut => {
                let before = self.0.remove(&key).unwrap_or_default();
                let strategy = deal.strategy.or(before.strategy);
                let volume = deal.volume - before.volume;
                if volume > DUST {
                    // What it cost to turn around is borne by what was closed.
                    let net = 0.0;
                    let open = Open {
                        volume,
                        net,
                        strategy,
                    };
                    self.0.insert(key, open);
                }
                Step {
                    strategy,
                    closed: Some(before.net + net_of(deal)),
                }
            }
        }
    }
}
