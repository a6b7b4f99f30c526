//! Deals become trades: the one rule of when a position is closed and what its trade brought, for
//! reports and for what versions of strategies earned. Pure: deals in, trades out.
//!
//! A trade is closed when as much of its position was closed as was opened, with everything that
//! was moved since. A position that is turned around ends a trade, whose cost the turn is, and
//! begins another. What was never seen to be opened is a trade by what is known of it.
//!
//! Whose a trade is (a strategy's, a version's) is asked of the deal that closed it: its own, else
//! that of what opened the position. Stops are carried out by the broker, who knows of neither.

use protocol::{
    api::report::{Deal, Entry},
    id::BrokerAccountId,
};
use std::collections::BTreeMap;

/// Lots that are none: volumes are sums of decimal fractions.
const DUST: f64 = 1e-7;

/// What a deal did to a position. Positions of different accounts have the same tickets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move<T> {
    /// At which account at a broker.
    pub at: BrokerAccountId,
    /// The ticket of the position; 0 where it has none.
    pub position: i64,
    /// What the deal did.
    pub entry: Entry,
    /// Of how many lots.
    pub volume: f64,
    /// Everything that it moved: profit, commission, swap and fee.
    pub net: f64,
    /// Whose it is by its own word.
    pub whose: Option<T>,
}

impl<T> Move<T> {
    /// That of a deal.
    pub fn of(at: BrokerAccountId, deal: &Deal, whose: Option<T>) -> Self {
        Self {
            at,
            position: deal.position,
            entry: deal.entry,
            volume: deal.volume,
            net: deal.profit + deal.commission + deal.swap + deal.fee,
            whose,
        }
    }
}

/// What a deal was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step<T> {
    /// Whose it is: its own word, else that of what opened its position.
    pub whose: Option<T>,
    /// The net profit of the trade that it closed, if it closed one.
    pub closed: Option<f64>,
}

/// A position that something is open of.
#[derive(Debug, Clone, Copy)]
struct Open<T> {
    volume: f64,
    net: f64,
    whose: Option<T>,
}

/// Positions that are open while deals go by. What is kept grows with what is open.
#[derive(Debug)]
pub struct Rounds<T>(BTreeMap<(BrokerAccountId, i64), Open<T>>);

impl<T> Default for Rounds<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Copy> Rounds<T> {
    /// Whose a position is that something is open of.
    pub fn opener(&self, at: BrokerAccountId, position: i64) -> Option<T> {
        self.0.get(&(at, position)).and_then(|open| open.whose)
    }

    /// The next deal, in order of time.
    pub fn push(&mut self, one: &Move<T>) -> Step<T> {
        let key = (one.at, one.position);
        let alone = |closed| Step {
            whose: one.whose,
            closed,
        };
        match one.entry {
            Entry::Balance => alone(None),
            // Without a position nothing says what belongs together.
            Entry::In if one.position == 0 => alone(None),
            Entry::Out | Entry::OutBy | Entry::InOut if one.position == 0 => alone(Some(one.net)),
            Entry::In => {
                let open = self.0.entry(key).or_insert(Open {
                    volume: 0.0,
                    net: 0.0,
                    whose: None,
                });
                open.volume += one.volume;
                open.net += one.net;
                open.whose = open.whose.or(one.whose);
                Step {
                    whose: one.whose.or(open.whose),
                    closed: None,
                }
            }
            Entry::Out | Entry::OutBy => {
                let Some(open) = self.0.get_mut(&key) else {
                    // What opened it was never reported: this much of it is known.
                    return alone(Some(one.net));
                };
                open.volume -= one.volume;
                open.net += one.net;
                let whose = one.whose.or(open.whose);
                let closed = (open.volume <= DUST).then_some(open.net);
                if closed.is_some() {
                    self.0.remove(&key);
                }
                Step { whose, closed }
            }
            Entry::InOut => {
                let before = self.0.remove(&key);
                let (opened, net, opener) = before.map_or((0.0, 0.0, None), |before| {
                    (before.volume, before.net, before.whose)
                });
                let whose = one.whose.or(opener);
                let volume = one.volume - opened;
                if volume > DUST {
                    // What it cost to turn around is borne by what was closed.
                    let net = 0.0;
                    let open = Open { volume, net, whose };
                    self.0.insert(key, open);
                }
                Step {
                    whose,
                    closed: Some(net + one.net),
                }
            }
        }
    }
}
