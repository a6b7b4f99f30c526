//! The plans: what they cost, what they allow, and what somebody has of them.

mod offer;
mod overview;
mod part;
mod pricing;
mod standing;
mod usage;

pub use overview::billing;
pub use pricing::pricing;

use crate::Notice;
use trading::time::Time;

/// For how long is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Interval {
    /// Its name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// What a plan costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// For how long.
    pub interval: Interval,
    /// The code of the currency: `USD` or `IDR`.
    pub currency: &'static str,
    /// How much, in the minor unit of the currency.
    pub minor: i64,
    /// How many decimal places the minor unit is: 2 for USD, 0 for IDR.
    pub decimals: u32,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// Strategies that trade at this moment.
    LiveStrategies,
    /// Trading accounts that are linked.
    Accounts,
    /// Strategies that are kept.
    SavedStrategies,
    /// Backtests that the server ran since midnight UTC.
    BacktestsPerDay,
    /// Parameter sweeps that the server ran since midnight UTC.
    SweepsPerDay,
    /// Calls of the language model since midnight UTC.
    AiCallsPerDay,
}

/// How much of something a plan allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allow {
    /// Of what.
    pub quota: Quota,
    /// How much; nothing if there is no limit.
    pub limit: Option<u64>,
}

/// A plan, as it is shown to who may choose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCard {
    /// Its name: `free`, `trader`, `pro` or another.
    pub id: String,
    /// How many days are free for who has never had a trial; zero where there is none.
    pub trial_days: u32,
    /// What it costs; nothing where it is free.
    pub prices: Vec<Price>,
    /// What it allows.
    pub allows: Vec<Allow>,
}

/// What the page of prices shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricingPage {
    /// The plans, from the least to the best.
    pub plans: Vec<PlanCard>,
    /// The currency in which prices are shown.
    pub currency: &'static str,
    /// Whether no money moves.
    pub is_test: bool,
}

/// How it stands with who has or had a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Has never had anything but the free plan.
    Free,
    /// On trial.
    Trialing,
    /// Paid, and renewed by itself at the end.
    Active,
    /// The period is over and nothing was heard of the renewal yet.
    Renewing,
    /// Paid, and over at the end.
    Ending,
    /// The last payment failed. The plan counts until the end of the grace.
    PastDue,
    /// The last payment failed and the grace is over.
    Unpaid,
    /// The money went back.
    Reversed,
    /// Had something that is over.
    Ended,
}

/// How much of something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Of what.
    pub quota: Quota,
    /// How much.
    pub used: u64,
    /// How much is allowed; nothing if there is no limit.
    pub limit: Option<u64>,
}

/// What the page of one's own plan shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingPage {
    /// The plan that counts.
    pub plan: String,
    /// How it stands.
    pub state: State,
    /// When the period or the grace ends.
    pub ends: Option<Time>,
    /// Renewed how often, where it is.
    pub interval: Option<Interval>,
    /// Who took the money: `stripe`, `midtrans` or `test`.
    pub provider: Option<&'static str>,
    /// What is used.
    pub used: Vec<Used>,
    /// What can be bought, from the least to the best.
    pub plans: Vec<PlanCard>,
    /// The currency in which prices are shown.
    pub currency: &'static str,
    /// Whether a trial is still to be had.
    pub may_try: bool,
    /// Whether there is a page for cards and invoices.
    pub has_portal: bool,
    /// Whether there is something to be cancelled.
    pub can_cancel: bool,
    /// Whether there is a cancellation to be taken back.
    pub can_resume: bool,
    /// Whether no money moves.
    pub is_test: bool,
    /// Sent with every form, so that one that is sent twice is done once.
    pub key: String,
    /// What has just been done.
    pub notice: Option<Notice>,
    /// What has just been refused.
    pub fault: Option<BillingFault>,
    /// Whether they come from paying, and nothing was heard of the payment yet.
    pub waits: bool,
}

/// Why a plan was not bought or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillingFault {
    /// It is not on sale, or there is nothing to be changed.
    NotSold,
    /// A running subscription keeps its currency.
    Currency,
    /// Another page of the same account is asking the provider.
    Busy,
    /// A payment in rupiah that was begun can still be made.
    Open,
    /// Many payments in rupiah were begun within the hour.
    Often,
    /// A checkout of before was paid meanwhile.
    Paid,
    /// The provider could not be reached or said no. Nothing was charged.
    Provider {
        /// Where the log says more.
        reference: String,
    },
    /// The database is out of reach.
    Away {
        /// Where the log says more.
        reference: String,
    },
}
