//! Technical indicators: one per file, each with one definition and two faces.
//!
//! An indicator is a small state machine: [`Indicator::update`] takes the next bar or value and
//! returns the outputs at that bar. That is the streaming face. The columnar face,
//! [`Indicator::extend`], runs the same state over a block of columns; where a file overrides it
//! for speed, a property test proves both equal to the last bit.
//!
//! "No value yet" is NaN, on input and output. An indicator gives NaN for its first
//! [`Definition::warm_up`] bars and numbers from then on, unless its definition says otherwise.

/// Builds an indicator that most strategies do without. The web app cuts what `part_` functions alone
/// need out of its module (`tools/web/src/split.rs`) and fetches it when a strategy has such a one.
macro_rules! seldom {
    (|$settings:pat_param| $body:expr) => {{
        #[inline(never)]
        fn part_indicators_build(
            $settings: &$crate::indicator::Settings,
        ) -> Box<dyn $crate::indicator::Series> {
            $body
        }
        part_indicators_build
    }};
}

mod average;
mod catalogue;
mod input;
pub mod lanes;
mod recent;
mod series;
mod settings;
#[cfg(test)]
mod testing;
mod window;

pub mod ac;
pub mod ad;
pub mod adx;
pub mod alligator;
pub mod ama;
pub mod ao;
pub mod atr;
pub mod bears_power;
pub mod bollinger;
pub mod bulls_power;
pub mod cci;
pub mod chaikin;
pub mod dema;
pub mod demarker;
pub mod doji;
pub mod donchian;
pub mod ema;
pub mod engulfing;
pub mod envelopes;
pub mod force;
pub mod fractals;
pub mod frama;
pub mod highest;
pub mod hma;
pub mod ichimoku;
pub mod inside_bar;
pub mod keltner;
pub mod lowest;
pub mod macd;
pub mod mfi;
pub mod momentum;
pub mod morning_star;
pub mod obv;
pub mod osma;
pub mod parabolic_sar;
pub mod pin_bar;
pub mod pivot;
pub mod price;
pub mod roc;
pub mod rsi;
pub mod rvi;
pub mod sma;
pub mod smma;
pub mod stddev;
pub mod stochastic;
pub mod supertrend;
pub mod tema;
pub mod trix;
pub mod vidya;
pub mod vwap;
pub mod wma;
pub mod wpr;

pub use catalogue::{
    Choice, ChoiceValue, Definition, InputKind, Output, Parameter, ParameterKind, Placement, Text,
    all, find,
};
pub use input::{Candle, Columns, DayCandle, Input};
pub use series::{Series, boxed};
pub use settings::Settings;

/// The catalogue, in the order of the files' names.
static ALL: &[&Definition] = &[
    &ac::DEFINITION,
    &ad::DEFINITION,
    &adx::DEFINITION,
    &alligator::DEFINITION,
    &ama::DEFINITION,
    &ao::DEFINITION,
    &atr::DEFINITION,
    &bears_power::DEFINITION,
    &bollinger::DEFINITION,
    &bulls_power::DEFINITION,
    &cci::DEFINITION,
    &chaikin::DEFINITION,
    &dema::DEFINITION,
    &demarker::DEFINITION,
    &doji::DEFINITION,
    &donchian::DEFINITION,
    &ema::DEFINITION,
    &engulfing::DEFINITION,
    &envelopes::DEFINITION,
    &force::DEFINITION,
    &fractals::DEFINITION,
    &frama::DEFINITION,
    &highest::DEFINITION,
    &hma::DEFINITION,
    &ichimoku::DEFINITION,
    &inside_bar::DEFINITION,
    &keltner::DEFINITION,
    &lowest::DEFINITION,
    &macd::DEFINITION,
    &mfi::DEFINITION,
    &momentum::DEFINITION,
    &morning_star::DEFINITION,
    &obv::DEFINITION,
    &osma::DEFINITION,
    &parabolic_sar::DEFINITION,
    &pin_bar::DEFINITION,
    &pivot::DEFINITION,
    &price::DEFINITION,
    &roc::DEFINITION,
    &rsi::DEFINITION,
    &rvi::DEFINITION,
    &sma::DEFINITION,
    &smma::DEFINITION,
    &stddev::DEFINITION,
    &stochastic::DEFINITION,
    &supertrend::DEFINITION,
    &tema::DEFINITION,
    &trix::DEFINITION,
    &vidya::DEFINITION,
    &vwap::DEFINITION,
    &wma::DEFINITION,
    &wpr::DEFINITION,
];

/// Whether an indicator is no `seldom!` one: what the first strategy of the web app has, and what
/// exits measure distances by.
pub fn is_common(kind: &str) -> bool {
    ["adx", "atr", "macd"].contains(&kind)
}

/// The longest period that a document may ask for, in bars.
pub const MAX_PERIOD: f64 = 10_000.0;

/// A technical indicator as a state machine over bars.
pub trait Indicator: Clone + Send + Sync + std::fmt::Debug + 'static {
    /// What it reads at each bar: a value of its source (`f64`), or the bar ([`Candle`]).
    type Input: Input;
    /// What it gives at each bar: `[f64; N]`, in the order of [`Definition::outputs`].
    type Output: Values;

    /// Takes the next bar and returns the outputs at it, NaN where there is none yet.
    fn update(&mut self, input: Self::Input) -> Self::Output;

    /// Warm indicators side by side, where a file has its step for lanes; `None` where it has not,
    /// or while one of them is not warm. Only the outputs `wanted`, as bits, have to be written.
    fn pack(_lanes: &[&Self; lanes::LANES], _wanted: u32) -> Option<Box<dyn lanes::Packed>> {
        None
    }

    /// Takes a block of bars and writes the outputs at each of them. Must equal as many calls of
    /// [`Indicator::update`], to the last bit, however history is cut into blocks.
    #[inline]
    fn extend(&mut self, columns: &Columns<'_>, out: &mut [&mut [f64]]) {
        extend_by_update(self, columns, out);
    }
}

/// The columnar face by definition: one update a bar.
#[inline]
pub fn extend_by_update<I: Indicator>(
    indicator: &mut I,
    columns: &Columns<'_>,
    out: &mut [&mut [f64]],
) {
    let len = columns.len();
    let columns = columns.head(len);
    for column in out.iter_mut() {
        *column = &mut std::mem::take(column)[..len];
    }
    // A local copy lets the optimiser keep the state in registers.
    let mut state = indicator.clone();
    for i in 0..len {
        let values = state.update(I::Input::read(&columns, i));
        for (column, value) in out.iter_mut().zip(values.as_slice()) {
            column[i] = *value;
        }
    }
    *indicator = state;
}

/// A fixed number of outputs.
pub trait Values: Copy + 'static {
    /// How many.
    const COUNT: usize;
    /// The outputs in order.
    fn as_slice(&self) -> &[f64];
}

impl<const N: usize> Values for [f64; N] {
    const COUNT: usize = N;
    #[inline(always)]
    fn as_slice(&self) -> &[f64] {
        self
    }
}
