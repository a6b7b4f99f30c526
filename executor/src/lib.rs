//! The executor: evaluates strategies beside the terminal, and drives its Expert Advisor.

pub mod paper;
pub mod trade;
