//! Plans, what an account has, and how more is bought.

use serde::{Deserialize, Serialize};
use trading::time::Time;

/// For how long is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Interval {
    /// A month.
    Month,
    /// A year.
    Year,
}

/// In which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Currency {
    /// US dollars.
    Usd,
    /// Indonesian rupiah.
    Idr,
}

/// What a plan costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Price {
    /// For how long.
    pub interval: Interval,
    /// In which money.
    pub currency: Currency,
    /// In the smallest unit of the money.
    pub minor: i64,
    /// How many decimal places that unit is of the money: 2 for cents, 0 for rupiah.
    pub decimals: u32,
}

/// How much of something a plan allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Allowed {
    /// `live_strategies`, `accounts`, `saved_strategies`, `backtests_per_day`,
    /// `sweeps_per_day` or `ai_calls_per_day`.
    pub quota: String,
    /// How many; none where there is no limit.
    pub limit: Option<u64>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Its name.
    pub id: String,
    /// How many days are free for who has never had a trial.
    pub trial_days: u32,
    /// What it costs, as far as it can be bought now; nothing for the free one.
    pub prices: Vec<Price>,
    /// What it allows.
    pub allows: Vec<Allowed>,
}

/// The plans on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plans {
    /// From the least to the best.
    pub plans: Vec<Plan>,
    /// Whether no money moves: this server has no keys of any provider.
    pub is_test: bool,
}

/// How much of something was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// As in [`Allowed`].
    pub quota: String,
    /// How many.
    pub used: u64,
    /// How many are allowed; none where there is no limit.
    pub limit: Option<u64>,
}

/// What an account has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subscription {
    /// The plan that counts.
    pub plan: String,
    /// `free`, `trialing`, `active`, `renewing`, `ending`, `past_due`, `unpaid`, `reversed` or
    /// `ended`.
    pub state: String,
    /// When the period or the grace ends; none on the free plan.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub ends_at: Option<Time>,
    /// How often it is renewed, where it is a subscription.
    pub interval: Option<Interval>,
    /// Whether it is renewed, and charged for, when the period ends. Not once it was cancelled.
    pub is_renewed: bool,
    /// `stripe`, `midtrans` or `test`; none on the free plan.
    pub provider: Option<String>,
    /// Whether a trial is still to be had.
    pub may_try: bool,
    /// What was used of what the plan allows.
    pub usage: Vec<Usage>,
}

/// What is to be bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCheckout {
    /// Which plan.
    pub plan: String,
    /// For how long.
    pub interval: Interval,
    /// In which money.
    pub currency: Currency,
}

/// The provider's page of cards and invoices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portal {
    /// To be opened in a browser within minutes.
    pub url: String,
}

/// How buying goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checkout {
    /// The provider's page, to be opened in a browser; none where nothing more is to be done.
    pub url: Option<String>,
}
