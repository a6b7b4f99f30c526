//! What a plan allows. The one place where it is enforced: the caller counts, [`check`] judges.

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
    /// Parameter sweeps that were started since midnight UTC.
    SweepsPerDay,
    /// Calls of the language model since midnight UTC.
    AiCallsPerDay,
}

impl Quota {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::LiveStrategies,
        Self::Accounts,
        Self::SavedStrategies,
        Self::SweepsPerDay,
        Self::AiCallsPerDay,
    ];

    /// Its name in the file of plans.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LiveStrategies => "live_strategies",
            Self::Accounts => "accounts",
            Self::SavedStrategies => "saved_strategies",
            Self::SweepsPerDay => "sweeps_per_day",
            Self::AiCallsPerDay => "ai_calls_per_day",
        }
    }

    /// Whether the count starts again every day at midnight UTC.
    pub const fn daily(self) -> bool {
        matches!(self, Self::SweepsPerDay | Self::AiCallsPerDay)
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
    /// Whether it is time to say so: a fifth or less is left.
    pub fn near(&self) -> bool {
        match (self.limit, self.left) {
            (Limit::Of(limit), Some(left)) => left <= limit / 5,
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

/// Whether one more may be used, by somebody who uses `used` already. Returns how it is *after* it.
///
/// Counting and using must be one transaction of the caller's, or two requests at once both pass.
///
/// # Errors
/// [`Exceeded`] when the plan allows no more.
pub fn check(plan: &Plan, quota: Quota, used: u64) -> Result<Allowance, Exceeded> {
    match plan.quotas.limit(quota) {
        Limit::Of(limit) if used >= limit => Err(Exceeded {
            plan: plan.id.clone(),
            quota,
            used,
            limit,
        }),
        _ => Ok(allowance(plan, quota, used.saturating_add(1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plans;
    use proptest::prelude::*;

    #[test]
    fn the_last_one_is_allowed_and_the_next_is_not() {
        let plans = Plans::default();
        let free = plans.free();
        let last = check(free, Quota::SweepsPerDay, 2).unwrap();
        assert_eq!((last.used, last.left), (3, Some(0)));
        assert!(last.near());
        let no = check(free, Quota::SweepsPerDay, 3).unwrap_err();
        assert_eq!(
            no.to_string(),
            "plan free allows 3 sweeps_per_day, 3 are used"
        );
        let pro = plans.get(&"pro".parse().unwrap()).unwrap();
        let much = check(pro, Quota::SavedStrategies, u64::MAX).unwrap();
        assert_eq!((much.left, much.near()), (None, false));
    }

    proptest! {
        #[test]
        fn checking_agrees_with_what_was_shown(used in 0_u64..2_000, kind in 0_usize..5, plan in 0_usize..3) {
            let plans = Plans::default();
            let plan = &plans.all()[plan];
            let shown = allowance(plan, Quota::ALL[kind], used);
            let checked = check(plan, Quota::ALL[kind], used);
            prop_assert_eq!(checked.is_ok(), shown.left != Some(0));
        }
    }
}
