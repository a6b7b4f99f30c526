//! What goes wrong with an order: by its number, or by chance.

use serde::{Deserialize, Serialize};

/// Which requests are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// All.
    #[default]
    Any,
    /// Those that open.
    Open,
    /// Those that close.
    Close,
    /// Those that change levels.
    Levels,
}

/// What goes wrong with the nth request.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// Which requests are counted.
    #[serde(default)]
    pub of: Of,
    /// The number of the first request that it befalls, from 1.
    pub nth: u64,
    /// How many it befalls.
    #[serde(default = "once")]
    pub times: u64,
    /// What.
    pub what: What,
}

const fn once() -> u64 {
    1
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The server answers with this code and does nothing.
    Retcode(u32),
    /// The answer is lost, the order is not: the terminal hears of it after so many timers.
    Lost {
        /// Timers until the terminal knows.
        timers: u64,
    },
    /// The order and its answer are lost.
    Gone,
    /// The server keeps the order so many timers, then fills it.
    Placed {
        /// Timers until it is filled.
        timers: u64,
    },
    /// Only this share of the volume is filled.
    Partial(f64),
    /// The answer takes so long. The order is filled at once.
    Slow {
        /// Milliseconds.
        ms: u64,
    },
}

/// Chances of troubles, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Chances {
    /// A requote.
    pub requote: f64,
    /// A rejection.
    pub reject: f64,
    /// A lost answer to an order that was filled.
    pub lost: f64,
    /// An order that never arrived.
    pub gone: f64,
    /// An order that the server keeps for two timers.
    pub placed: f64,
}

/// Numbers by chance, the same for the same seed (SplitMix64).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Counts requests and says what befalls each.
#[derive(Debug)]
pub(crate) struct Fate {
    troubles: Vec<Trouble>,
    chances: Chances,
    dice: Dice,
    counts: [u64; 4],
}

impl Fate {
    pub(crate) fn new(troubles: Vec<Trouble>, chances: Chances, seed: u64) -> Self {
        Self {
            troubles,
            chances,
            dice: Dice::new(seed),
            counts: [0; 4],
        }
    }

    /// Counts from the next request on.
    pub(crate) fn add(&mut self, mut trouble: Trouble) {
        trouble.nth += self.counts[trouble.of as usize];
        self.troubles.push(trouble);
    }

    /// How many requests there were.
    pub(crate) fn count(&self) -> u64 {
        self.counts[Of::Any as usize]
    }

    /// What befalls the next request.
    pub(crate) fn next(&mut self, of: Of) -> Option<What> {
        for counted in [Of::Any, of] {
            self.counts[counted as usize] += 1;
        }
        let mine = self.troubles.iter().find(|trouble| {
            let count = self.counts[trouble.of as usize];
            let is_meant = trouble.of == Of::Any || trouble.of == of;
            is_meant && (trouble.nth..trouble.nth + trouble.times).contains(&count)
        });
        mine.map(|trouble| trouble.what)
            .or_else(|| self.by_chance(of))
    }

    fn by_chance(&mut self, of: Of) -> Option<What> {
        if self.chances == Chances::default() {
            return None;
        }
        let chances = self.chances;
        let mut drawn = self.dice.share();
        let mut is_drawn = |chance: f64| {
            drawn -= chance;
            drawn < 0.0
        };
        if is_drawn(chances.requote) {
            Some(What::Retcode(10_004))
        } else if is_drawn(chances.reject) {
            Some(What::Retcode(10_006))
        } else if is_drawn(chances.lost) {
            Some(What::Lost { timers: 2 })
        } else if is_drawn(chances.gone) {
            Some(What::Gone)
        } else if is_drawn(chances.placed) && of == Of::Open {
            Some(What::Placed { timers: 2 })
        } else {
            None
        }
    }
}
