//! The honest simulator: a broker over price history, what a strategy would have earned there, and
//! what that is worth knowing. Pure: no clock, no files, no threads of its own (sweeps may use
//! several cores behind the feature `parallel`).

mod broker;
pub mod engine;
pub mod equity;
mod extremes;
pub mod levels;
pub mod market;
pub mod paper;
pub mod replay;
pub mod report;
pub mod run;
pub mod statistics;
pub mod sweep;
pub mod venue;
