//! A simulated MetaTrader 5: one process is one terminal with the Expert Advisor on one chart.
//!
//! The EA is the real source from `mql5/`, translated to C++ and compiled by `build.rs`. Everything
//! that it asks of MetaTrader is answered here, in Rust: [`door`] is the border, [`terminal`] the
//! terminal behind it, and the broker's fills are those of [`backtest::paper`].

mod book;
mod broker;
mod calendar;
mod clock;
pub mod command;
mod constant;
mod door;
pub mod history;
mod info;
pub mod ordeal;
mod order;
pub mod program;
mod rates;
pub mod replay;
pub mod report;
pub mod scenario;
mod socket;
pub mod source;
pub mod terminal;
pub mod token;
pub mod translate;
mod trouble;

pub use door::{action_of, say_retcode, say_sentence};
