//! What a session remembers besides its indicators, in a form that can be kept: whoever runs one for
//! weeks writes it down at every decision, and goes on after a crash as if nothing had happened.

use super::{
    Distances, PositionId,
    desk::{Desk, Held, Moving},
};
use crate::symbol::Side;
use serde::{Deserialize, Serialize};

/// What a session remembers. Indicators are not in it: they follow from the bars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// How many bars it has seen.
    pub bars: u32,
    /// Number of the next position.
    pub next_position: u64,
    /// Whether a person wants no entries.
    pub is_paused: bool,
    /// Entries are not allowed before this bar.
    pub cooldown_until: u32,
    /// Positions that are open, or ordered to be.
    pub positions: Vec<HeldMemory>,
    /// What limits per day remember, where there are such limits.
    pub day: Option<DayMemory>,
}

/// A position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldMemory {
    /// Its number.
    pub position: u64,
    /// Its side.
    pub side: Side,
    /// The bar during which it was opened.
    pub entry_bar: u32,
    /// Whether it is open, not only ordered.
    pub is_open: bool,
    /// For strategies whose stops move.
    pub moving: Option<MovingMemory>,
}

/// What break-even and trailing know of a position. Prices and distances in price units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovingMemory {
    /// Distance of the stop at entry.
    pub stop_distance: Option<f64>,
    /// Distance of the target.
    pub target_distance: Option<f64>,
    /// Gain at which the stop moves to the entry price, and how far beyond.
    pub break_even: Option<(f64, f64)>,
    /// Distance at which the stop follows, and the gain at which it begins; without one, at once.
    pub trail: Option<(f64, Option<f64>)>,
    /// The price at entry.
    pub entry_price: f64,
    /// The stop as it is now.
    pub stop: Option<f64>,
    /// The best close since.
    pub best_close: f64,
}

/// A day's counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayMemory {
    /// Days since 1970 on the strategy's clock; none before the first decision.
    pub day: Option<i64>,
    /// Entries on it.
    pub entries: u32,
    /// What closed trades of it brought, in account money.
    pub realised: f64,
}

impl Desk {
    /// What it remembers; the number of bars is the session's.
    pub(super) fn memory(&self, bars: u32) -> Memory {
        let moving = |id: PositionId| self.moving.iter().find(|moving| moving.position == id);
        Memory {
            bars,
            next_position: self.next_position,
            is_paused: self.is_paused,
            cooldown_until: self.cooldown_until,
            positions: self
                .positions
                .iter()
                .map(|held| HeldMemory {
                    position: held.position.0,
                    side: held.side,
                    entry_bar: held.entry_bar,
                    is_open: held.is_open,
                    moving: moving(held.position).map(of_moving),
                })
                .collect(),
            day: self.days.as_ref().map(|days| DayMemory {
                day: (days.day != i64::MIN).then_some(days.day),
                entries: days.entries,
                realised: days.realised,
            }),
        }
    }

    /// Remembers it.
    pub(super) fn recall(&mut self, memory: &Memory) {
        self.next_position = memory.next_position;
        self.is_paused = memory.is_paused;
        self.cooldown_until = memory.cooldown_until;
        self.positions.clear();
        self.moving.clear();
        for held in &memory.positions {
            let position = PositionId(held.position);
            self.positions.push(Held {
                position,
                entry_bar: held.entry_bar,
                side: held.side,
                is_open: held.is_open,
            });
            let moving = held.moving.as_ref();
            self.moving
                .extend(moving.map(|moving| to_moving(position, moving)));
        }
        if let (Some(days), Some(kept)) = (&mut self.days, &memory.day) {
            days.day = kept.day.unwrap_or(i64::MIN);
            days.entries = kept.entries;
            days.realised = kept.realised;
        }
    }
}

fn of_moving(moving: &Moving) -> MovingMemory {
    let Distances {
        stop,
        target,
        break_even,
        trail,
    } = moving.distances;
    MovingMemory {
        stop_distance: stop,
        target_distance: target,
        break_even,
        trail: trail.map(|(distance, after)| (distance, after.is_finite().then_some(after))),
        entry_price: moving.entry_price,
        stop: moving.stop,
        best_close: moving.best_close,
    }
}

fn to_moving(position: PositionId, memory: &MovingMemory) -> Moving {
    let trail = memory.trail;
    Moving {
        position,
        distances: Distances {
            stop: memory.stop_distance,
            target: memory.target_distance,
            break_even: memory.break_even,
            trail: trail.map(|(distance, after)| (distance, after.unwrap_or(f64::NEG_INFINITY))),
        },
        entry_price: memory.entry_price,
        stop: memory.stop,
        best_close: memory.best_close,
        // To look once more than needed does no harm.
        next_move: None,
    }
}
