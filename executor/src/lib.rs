//! What runs on the trader's own computer: it evaluates strategies and has the Expert Advisor in
//! MetaTrader carry out what they decide.

pub mod link;
