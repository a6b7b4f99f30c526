//! What a plan allows of what is counted, and how much of it is used. Who counts what
//! is written in the server's `till/quota.rs`.

use crate::plan::{Plan, PlanId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quota {
    /// Strategies that trade at this moment.
    LiveStrategies,
    /// Trading accounts that are linked.
    Accounts,
    /// Strategies that are kept.
    SavedStrategies,
    /// Backtests that the server ran since midnight UTC.
    BacktestsPerDay,
    /// Parameter sweeps that the server ran since midnight UTC. It runs none yet.
    SweepsPerDay,
    /// Calls of the language model since midnight UTC.
    AiCallsPerDay,
}

impl Quota {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::LiveStrategies,
        Self::Accounts,
        Self::SavedStrategies,
        Self::BacktestsPerDay,
        Self::SweepsPerDay,
        Self::AiCallsPerDay,
    ];

    /// Its name in the file of plans.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LiveStrategies => "live_strategies",
            Self::Accounts => "accounts",
            Self::SavedStrategies => "saved_strategies",
            Self::BacktestsPerDay => "backtests_per_day",
            Self::SweepsPerDay => "sweeps_per_day",
            Self::AiCallsPerDay => "ai_calls_per_day",
        }
    }

    /// Whether the count starts again every day at midnight UTC.
    pub const fn daily(self) -> bool {
        matches!(
            self,
            Self::BacktestsPerDay | Self::SweepsPerDay | Self::AiCallsPerDay
        )
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// So many.
    Of(u64),
    /// As many as somebody likes.
    Unlimited,
}

/// What is used and what is left of a quota: shown to the user before they hit the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Of what.
    pub quota: Quota,
    /// How many are used.
    pub used: u64,
    /// How many are allowed.
    pub limit: Limit,
    /// How many more are allowed; nothing if there is no limit. Zero too for those who have more
    /// than their plan allows, such as after a downgrade: nothing is taken away, nothing is added.
    pub left: Option<u64>,
}

impl Allowance {
    /// Whether it is nearly used, and time to say so: a fifth or less is left. Of what a plan does
    /// not allow at all nothing is.
    pub fn near(&self) -> bool {
        match (self.limit, self.left) {
            (Limit::Of(limit), Some(left)) => limit > 0 && left <= limit / 5,
            _ => false,
        }
    }
}

/// The plan allows no more of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("plan {plan} allows {limit} {quota}, {used} are used")]
pub struct Exceeded {
    /// Which plan.
    pub plan: PlanId,
    /// Of what.
    pub quota: Quota,
    /// How many are used.
    pub used: u64,
    /// How many are allowed.
    pub limit: u64,
}

/// What is used and left of a quota.
pub fn allowance(plan: &Plan, quota: Quota, used: u64) -> Allowance {
    let limit = plan.quotas.limit(quota);
    let left = match limit {
        Limit::Of(limit) => Some(limit.saturating_sub(used)),
        Limit::Unlimited => None,
    };
    Allowance {
        quota,
        used,
        limit,
        left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plans;
    use proptest::prelude::*;

    #[test]
    fn little_is_said_in_time() {
        let said = |limit, used: u64| Allowance {
            quota: Quota::BacktestsPerDay,
            used,
            limit: Limit::Of(limit),
            left: Some(limit.saturating_sub(used)),
        };
        for (limit, used, is_near) in [
            (0, 0, false),
            (1, 0, false),
            (1, 1, true),
            (5, 3, false),
            (5, 4, true),
            (200, 159, false),
            (200, 160, true),
            (200, 999, true),
        ] {
            assert_eq!(said(limit, used).near(), is_near, "{used} of {limit}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_left_of_what_is_used_up(used in 0_u64..20_000, kind in 0_usize..6, plan in 0_usize..3) {
            let plans = Plans::default();
            let plan = &plans.all()[plan];
            let shown = allowance(plan, Quota::ALL[kind], used);
            match plan.quotas.limit(Quota::ALL[kind]) {
                Limit::Of(limit) => prop_assert_eq!(shown.left == Some(0), used >= limit),
                Limit::Unlimited => prop_assert_eq!((shown.left, shown.near()), (None, false)),
            }
        }
    }
}
