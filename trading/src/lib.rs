//! The pure core of Phoenix: what a market is, what an indicator is, what a strategy says and what
//! it decides. No clock, no randomness, no files, no threads: everything comes in with the call,
//! so that browser, server, executor and tests decide alike to the last bit.

pub mod bar;
pub mod decimal;
pub mod few;
pub mod indicator;
pub mod language;
pub mod resample;
pub mod session;
pub mod strategy;
pub mod symbol;
pub mod time;
pub mod timeframe;
pub mod zone;
