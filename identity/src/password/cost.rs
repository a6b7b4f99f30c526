//! How much work a hash is.

use super::hash::{HashingFailed, OUTPUT};
use argon2::Params;

/// How dear it is to try a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// What OWASP's Password Storage Cheat Sheet asks of Argon2id: 19 MiB, two passes, one lane.
    /// Some 25 ms of one core.
    pub const OWASP: Self = Self {
        memory_kib: 19_456,
        passes: 2,
        lanes: 1,
    };

    /// As little as Argon2 permits. For tests: it guards nothing.
    pub const LEAST: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    /// A cost of one's own: memory in KiB (8 a lane to 256 MiB), passes (1 to 16), lanes (1 to 16).
    /// `None` beyond that: a hash from a database that somebody changed must not eat the server.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        if lanes < 1
            || lanes > 16
            || passes < 1
            || passes > 16
            || memory_kib < 8 * lanes
            || memory_kib > 256 * 1024
        {
            return None;
        }
        Some(Self {
            memory_kib,
            passes,
            lanes,
        })
    }

    pub(super) fn params(self) -> Result<Params, HashingFailed> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(OUTPUT))
            .map_err(|_| HashingFailed)
    }
}

impl Default for Cost {
    fn default() -> Self {
        Self::OWASP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_has_bounds() {
        for (m, t, p) in [
            (7, 1, 1),
            (15, 1, 2),
            (8, 0, 1),
            (8, 1, 0),
            (262_145, 1, 1),
            (8, 17, 1),
            (4_096, 1, 17),
        ] {
            assert_eq!(Cost::new(m, t, p), None);
        }
        assert_eq!(Cost::new(19_456, 2, 1), Some(Cost::default()));
    }
}
