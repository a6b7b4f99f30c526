//! What runs on the trader's own computer: it evaluates strategies and has the Expert Advisor in
//! MetaTrader carry out what they decide.
//!
//! ```text
//! drive     messages in and out
//!   link      the ZeroMQ end that Expert Advisors come to
//!   uplink    the end towards the server
//!   attach    the key for it
//!   relay     what is said between service and uplink
//! service   everything together, without a network
//!   trade     what a strategy's live account is made of, without input or output
//!   journal   what is on disk
//! share     what the server is told of the broker
//! status    how everything stands
//! note      what happened, for people
//! page      the status page on this computer
//! refusal   why the program does not begin
//! settings  what the trader has set
//! paper     a terminal that trades on paper, for trying and for tests
//! demo      that terminal at work
//! terminal_key the pairing key where Expert Advisors read it
//! secret_file files that nobody else may read
//! alone     one program at a time
//! logbook   what the program says
//! tray      the icon beside the clock
//! console   the window that the program was started from, on Windows
//! ```

pub mod alone;
pub mod attach;
#[cfg(windows)]
pub mod console;
pub mod demo;
pub mod drive;
pub mod journal;
pub mod link;
pub mod logbook;
pub mod note;
pub mod page;
pub mod paper;
pub mod refusal;
pub mod relay;
pub mod secret_file;
pub mod service;
pub mod settings;
pub mod share;
pub mod status;
pub mod terminal_key;
pub mod trade;
pub mod tray;
pub mod uplink;
